#!/bin/sh
# scribelint status: one row per lecture, in four formats; what is in the repository harms none.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# commit_on DAY MESSAGE: at noon UTC of that day.
commit_on() {
    GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z" commit_all "$2"
}

# pull_request NUMBER FILE DAY…: a branch off main with a version of FILE of each day, left as
# "topic" and as the ref of that pull request.
pull_request() {
    ref=refs/pull/$1/head file=$2
    shift 2
    git checkout -q -b topic
    for day; do
        echo "%PDF of $file, $day" | write "$file"
        commit_on "$day" 'Add the note'
    done
    git update-ref "$ref" HEAD
    git checkout -q main
}

# --- A course of four lectures -------------------------------------------------------------------

repo_init course
write .scribelint.yml <<'END'
course: {timezone: America/Los_Angeles, year: 2024}
deadline: {days: 10}
END
write _config.yml <<'END'
collections: {modules: {output: false}}
END
write _modules/week-01.md <<'END'
---
title: Week 1
---

Jan 8
: **1**{: .label} Disks
  : [Slides](assets/s1.pdf) &#8226; [Notes](assets/scribe_notes/jan8_scribe.pdf)

Jan 10
: **2**{: .label} Tapes
  : [Slides](assets/s2.pdf) &#8226; [Notes](#)

Jan 12
: **3**{: .label} Networks
  : [Slides](assets/s3.pdf) &#8226; [Notes](assets/scribe_notes/jan12.pdf)

Jan 15
: No lecture

Jan 17
: **4**{: .label} Clouds
  : [Slides](assets/s4.pdf) &#8226; [Notes](#)
END
commit_on 2024-01-08 'Start'

# Handed in on time, revised after the deadline, squashed much later.
pull_request 1 assets/scribe_notes/jan8_scribe.pdf 2024-01-15 2024-01-20
git merge -q --squash topic >/dev/null
commit_on 2024-02-01 'Add the note of Jan 8 (#1)'
git branch -q -D topic
# Never merged.
pull_request 2 assets/scribe_notes/jan17_scribe.pdf 2024-01-22
git branch -q -D topic
# The last second by the course's clocks is the day after by UTC.
echo '%PDF of Jan 10' | write assets/scribe_notes/jan10_scribe.pdf
write assets/scribe_notes/feb_30.pdf </dev/null
GIT_AUTHOR_DATE='2024-01-21T07:59:59Z' commit_all 'Add the note of Jan 10'

remember_state
expect_status 0 scribelint status
cat >"$TEMP/expected" <<'END'
#  date    title     note       due     in time
1  Jan 8   Disks     linked     Jan 18  revised 28 hours late
           assets/scribe_notes/jan8_scribe.pdf (first Jan 15 04:00, last Jan 20 04:00)
           commits by Scribe
2  Jan 10  Tapes     submitted  Jan 20  on time
           assets/scribe_notes/jan10_scribe.pdf
           commits by Scribe
3  Jan 12  Networks  problem    Jan 22
           links assets/scribe_notes/jan12.pdf, which is not there
4  Jan 17  Clouds    none       Jan 27
           not merged: #2

Of no lecture:
  assets/scribe_notes/feb_30.pdf (an empty file)

4 lectures: 2 with a note (1 linked), 2 without; 0 late; 1 with a problem
END
expect_same_file "$TEMP/expected" "$OUTPUT"
expect_unchanged

# From anywhere, also of a bare clone; rows without a lecture on demand.
git clone -q --mirror . ../mirror.git
expect_status 0 scribelint status -C _modules
expect_same_file "$TEMP/expected" "$OUTPUT"
expect_status 0 scribelint status -C ../mirror.git
expect_same_file "$TEMP/expected" "$OUTPUT"
expect_status 0 scribelint -C ../mirror.git status --all
expect_output_contains '-  Jan 15'
expect_output_contains 'no lecture'
expect_status 0 scribelint status --color always
expect_output_contains "$(printf '\033[32mlinked\033[0m')"

# As of an older commit what was to come is not missing.
expect_status 0 scribelint status --head main~2
expect_output_contains '1  Jan 8   Disks     problem'
expect_output_contains '4  Jan 17  Clouds    not yet  Jan 27'
expect_output_contains '4 lectures: 0 with a note (0 linked), 2 without, 2 not due yet'

# Without the refs of pull requests nothing is said that only they tell, but how to get them.
git clone -q . ../clone
expect_status 0 scribelint status -C ../clone
expect_output_contains '1  Jan 8   Disks     linked     Jan 18  ?'
expect_output_contains '2  Jan 10  Tapes     submitted  Jan 20  on time'
expect_output_lacks '#2'
expect_output_contains 'which are not in this clone; get them with:'
sed -n 's/^  \(git fetch .*\)/\1/p' "$OUTPUT" >"$TEMP/fetch"
expect_equal 'one command' 1 "$(wc -l <"$TEMP/fetch" | tr -d ' ')"
(cd ../clone && sh "$TEMP/fetch" 2>/dev/null)
expect_status 0 scribelint status -C ../clone
expect_same_file "$TEMP/expected" "$OUTPUT"

# --- For programs --------------------------------------------------------------------------------

expect_status 0 scribelint status --format csv
tr -d '\r' <"$OUTPUT" >"$TEMP/table.csv"
expect_equal 'lines end in CR LF' "$(wc -l <"$TEMP/table.csv" | tr -d ' ')" \
    "$(grep -c "$(printf '\r')\$" "$OUTPUT")"
cat >"$TEMP/expected.csv" <<'END'
"lecture","date","title","speaker","note","files","scribes","scribes from","due","in time","first","last","pull requests","problems"
"1","2024-01-08","Disks","","linked","assets/scribe_notes/jan8_scribe.pdf","Scribe","commits","2024-01-18 23:59:59 -0800","late-revision","2024-01-15 04:00:00 -0800","2024-01-20 04:00:00 -0800","",""
"2","2024-01-10","Tapes","","submitted","assets/scribe_notes/jan10_scribe.pdf","Scribe","commits","2024-01-20 23:59:59 -0800","on-time","2024-01-20 23:59:59 -0800","2024-01-20 23:59:59 -0800","",""
"3","2024-01-12","Networks","","problem","","","","2024-01-22 23:59:59 -0800","","","","","links assets/scribe_notes/jan12.pdf, which is not there"
"4","2024-01-17","Clouds","","none","","","","2024-01-27 23:59:59 -0800","","","","#2",""
"","","","","stray","assets/scribe_notes/feb_30.pdf","","","","","","","","an empty file"
END
expect_same_file "$TEMP/expected.csv" "$TEMP/table.csv"
expect_status 0 scribelint status --format markdown
expect_output_contains '| 1 | Jan 8 | Disks |  | linked<br>assets/scribe\_notes/jan8\_scribe.pdf | commits by Scribe | Jan 18 | revised 28 hours late (first Jan 15 04:00, last Jan 20 04:00) |'
expect_output_contains '<br>not merged: #2 |  | Jan 27 | |'
expect_status 0 scribelint status --format json
expect_output_contains '"state": "linked"'
expect_output_contains '"lateness": "late-revision"'
expect_output_contains '"due": "2024-01-18T23:59:59-08:00"'

# One lecture, with every field.
repo_init ../two-people
write _data/lectures.yml <<'END'
- {date: 2024-01-08, title: Disks, lecturer: Ada Prof}
END
echo '%PDF' | write assets/scribe_notes/jan8_scribe.pdf
commit_on 2024-01-10 'Start

Co-authored-by: Mia Poe <1+mia@users.noreply.github.com>'
expect_status 0 scribelint status --format json
sed 's/^  "head": "[0-9a-f]*"/  "head": "ID"/' "$OUTPUT" >"$TEMP/table.json"
cat >"$TEMP/expected.json" <<'END'
{
  "version": 1,
  "head": "ID",
  "summary": {
    "lectures": 1,
    "with_note": 1,
    "linked": 0,
    "without_note": 0,
    "not_yet": 0,
    "late": 0,
    "problems": 0
  },
  "lectures": [
    {
      "number": 1,
      "label": null,
      "date": "2024-01-08",
      "date_text": "2024-01-08",
      "title": "Disks",
      "speaker": "Ada Prof",
      "status": "held",
      "path": "_data/lectures.yml",
      "line": 1,
      "state": "submitted",
      "link": null,
      "due": null,
      "problems": [],
      "notes": [
        {
          "path": "assets/scribe_notes/jan8_scribe.pdf",
          "linked": false,
          "empty": false,
          "lateness": null,
          "first": null,
          "last": null
        }
      ],
      "scribes": [
        {
          "name": "Scribe",
          "account": null
        },
        {
          "name": "Mia Poe",
          "account": "mia"
        }
      ],
      "scribes_from": "commits",
      "pull_requests": []
    }
  ],
  "other_notes": [],
  "fetch": null,
  "undecided": []
}
END
expect_same_file "$TEMP/expected.json" "$TEMP/table.json"

# --- When it was written -------------------------------------------------------------------------

# At the head of one pull request another one's branch may hold main's squash of it, made late; and
# what somebody uploads again later was handed in when it came first.
cd ../course || exit 1
pull_request 3 assets/scribe_notes/jan17_scribe.pdf 2024-02-05
git branch -q -D topic
git checkout -q -b again
cp assets/scribe_notes/jan10_scribe.pdf assets/scribe_notes/copy_of_jan10.pdf
commit_on 2024-03-01 'Once more'
git update-ref refs/pull/4/head HEAD
git checkout -q main
git branch -q -D again
expect_status 0 scribelint status --head refs/pull/1/head
expect_output_contains 'revised 28 hours late'
expect_status 0 scribelint status
expect_output_contains '1  Jan 8   Disks     linked     Jan 18  revised 28 hours late'
expect_output_contains '2  Jan 10  Tapes     submitted  Jan 20  on time'

# --- Text that would do harm ---------------------------------------------------------------------

repo_init ../hostile
ESCAPE=$(printf '\033')
BELL=$(printf '\007')
write _data/lectures.yml <<'END'
- {date: 2024-01-08, title: "\e[31mred\a \"quoted\", a|b\n::error::x ##[error]y", lecturer: "@alice *b* <b>"}
- {date: 2024-01-10, title: "日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語", lecturer: "[x](http://e.org)"}
END
commit_on 2024-01-10 'Start'
for format in text markdown csv json; do
    expect_status 0 scribelint status --format $format
    expect_output_lacks "$ESCAPE"
    expect_output_lacks "$BELL"
    expect_output_lacks '##[error]'
    expect_equal "$format: no command begins a line" 0 \
        "$(grep -c '^[[:space:]]*::' "$OUTPUT" || :)"
done
run scribelint status --format csv
expect_equal 'a row a line' 3 "$(wc -l <"$OUTPUT" | tr -d ' ')"
expect_output_contains '""quoted"", a|b ::error::x'
run scribelint status --format markdown
expect_output_contains 'a\|b'
expect_output_contains '\#<!-- -->\#<!-- -->\[error\]'
expect_output_contains '@<!-- -->alice'
# Titles are cut by columns: of 39 wide characters not all fit.
run scribelint status
expect_output_contains '日本語…'

# --- Links to the pages of notes -----------------------------------------------------------------

repo_init ../pages
write _config.yml <<'END'
baseurl: /os
collections: {weeks: {output: false}, texts: {output: true, permalink: "/t/:name/"}}
END
write index.md <<'END'
---
title: Home
---
{% for week in site.weeks %}{{ week.content }}{% endfor %}
END
write _weeks/01.md <<'END'
---
title: Week 1
---

Mon, Jan 5
: Sets
  : [Video](https://v.example/1), [Class notes]({{ '/t/jan-05/' | relative_url }})

Wed, Jan 7
: Maps
  : [Video](https://v.example/2), [Class notes]({{ '/t/jan-07/' | relative_url }})
END
write _texts/jan-05.md <<'END'
---
title: Sets
authors: [Al Bo]
---
Text.
END
write .scribelint.yml <<'END'
course: {year: 2026}
notes:
  - files: "_texts/*.md"
END
commit_on 2026-01-08 'Start'
expect_status 0 scribelint status --head main
expect_output_contains '1  Jan 5  Sets   linked'
expect_output_contains '_texts/jan-05.md'
expect_output_contains '2  Jan 7  Maps   problem'
expect_output_contains 'links t/jan-07, which is not there'

# --- What ends it --------------------------------------------------------------------------------

expect_status 2 scribelint status --format pdf
expect_status 2 scribelint status extra
expect_status 2 scribelint status --head no-such-revision
expect_status 2 scribelint status -C ../nowhere
repo_init ../empty
write index.md <<'END'
Welcome.
END
commit_all 'Start'
expect_status 3 scribelint status
finish
