#!/bin/sh
# scribelint init: a configuration found out from what a course has, for courses of several shapes.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# expect_value TEXT: the configuration on disk has TEXT in some line.
expect_value() {
    if grep -qF -e "$1" .scribelint.yml; then
        pass "proposed: $1"
    else
        fail "proposed: $1" .scribelint.yml
    fi
}

expect_no_value() {
    if grep -v '^ *#' .scribelint.yml | grep -qF -e "$1"; then
        fail "not proposed: $1" .scribelint.yml
    else
        pass "not proposed: $1"
    fi
}

# expect_init: it writes the file and nothing else, and what it writes is a configuration whose
# globs match something.
expect_init() {
    print_state | grep -v '\./\.scribelint\.yml$' >"$TEMP/before"
    expect_status 0 scribelint init
    cp "$OUTPUT" "$TEMP/report"
    print_state | grep -v '\./\.scribelint\.yml$' >"$TEMP/after"
    expect_same_file "$TEMP/before" "$TEMP/after"
    expect_status 0 scribelint config --config .scribelint.yml
    expect_output_lacks 'matches no file'
    cp "$TEMP/report" "$OUTPUT"
}

# merge_pull NUMBER TITLE: what is in the working tree, as a pull request merged on GitHub.
merge_pull() {
    git checkout -q -b "topic-$1"
    commit_all "$2"
    git checkout -q main
    git merge -q --no-ff "topic-$1" -m "Merge pull request #$1 from scribe/topic-$1"
}

# --- Markdown notes in a folder of their own, the schedule as a table -----------------------------------

# lecture_note NUMBER TITLE
lecture_note() {
    write "notes/lecture$1.md" <<END
---
title: "Lecture $1. $2"
scribes: [Ada, Ben, Cy]
---

# What it is about

![a picture](img/lecture$1/one.png)
END
    write "notes/img/lecture$1/one.png" <<END
$1
END
}

repo_init table
write _config.yml <<'END'
title: "CS 9: Machines & 'Minds'"
END
write index.md <<'END'
---
title: Home
---
Spring 2024
END
write schedule.md <<'END'
---
title: Schedule
---

| Date | # | Topic | Notes |
|------|---|-------|-------|
| Jan 16 | 1 | First | |
| Jan 18 | 2 | Second | |
| Jan 23 | 3 | Third | |
| Jan 25 | 4 | Fourth | |
END
write policies.md <<'END'
# Policies

Projects are done in groups of five and are due 3 weeks after the lecture on planning.
Office hours end at 5pm.

## Scribing

Teams of two to **four** students scribe one lecture. The notes are between three and
six pages long. They are due at 5 pm ET, ten days after the lecture. Late notes are
accepted within 20 days after the lecture at half the credit.
END
write notes/README.md <<'END'
Notes of the lectures.
END
git remote add origin https://user:secret@git.example.com/staff/cs9.git
commit_all 'Start'
for number in 01 02 03 04; do
    lecture_note "$number" "A title"
    [ "$number" = 04 ] || sed -i.old "s/^| \(.*\) | ${number#0} | \(.*\) | |$/| \1 | ${number#0} | \2 | [Notes](notes\/lecture$number.md) |/" schedule.md
    rm -f schedule.md.old
    merge_pull "${number#0}" "Lecture $number"
done

expect_init
expect_value "name: 'CS 9: Machines & ''Minds'''  # _config.yml: title"
expect_value 'repository: staff/cs9  # guess: the URL of the remote "origin"'
expect_no_value secret
expect_value 'timezone: America/New_York  # policies.md:9: "They are due at 5 pm ET, ten days after the lecture."'
expect_value 'year: 2024'
expect_value 'schedule.md'
expect_value 'days: 10  # policies.md:9: "They are due at 5 pm ET'
expect_value 'time: "17:00:00"'
expect_value 'min: 2  # policies.md:8: "Teams of two to four students scribe one lecture."'
expect_value 'max: 4'
expect_value 'at least 3, at most 6'
expect_value "files: 'notes/*lecture*.md'  # 4 are there; the schedule links 3"
expect_value "name: 'lecture{nn}.md'  # 4 of 4 notes"
expect_value "title: 'Lecture {nn}. {title}'  # 4 of 4 notes"
expect_value '- title  # 4 of 4 notes'
expect_value '- scribes  # 4 of 4 notes'
expect_value "- 'notes/img/{stem}/'  # 4 of 4 notes with pictures"
expect_value '- schedule.md  # 3 of 4 merged scribe pull requests touch it'
expect_output_contains 'Only 4 merged scribe pull requests were found'
expect_output_contains 'Merge pull request #4 from scribe/topic-4'
expect_output_contains 'What to do next:'
expect_output_contains 'git add .scribelint.yml'

# It is there now: it is not written over.
cp .scribelint.yml "$TEMP/first.yml"
echo '# mine' >>.scribelint.yml
remember_state
expect_status 2 scribelint init
expect_error_contains '.scribelint.yml is there already; --force'
expect_unchanged
expect_status 0 scribelint init --stdout
expect_same_file "$TEMP/first.yml" "$OUTPUT"
expect_error_contains 'What to do next:'
expect_unchanged
expect_status 0 scribelint init --force
expect_same_file "$TEMP/first.yml" .scribelint.yml

# Only what is committed counts, wherever one stands.
rm .scribelint.yml
git rm -rq --cached notes
rm -rf notes
mkdir below
(cd below && scribelint init >/dev/null)
expect_same_file "$TEMP/first.yml" .scribelint.yml
git reset -q --hard

# Neither a link nor a folder is followed or replaced.
rm .scribelint.yml
ln -s elsewhere .scribelint.yml
expect_status 2 scribelint init --force
expect_error_contains 'is there and no file'
rm .scribelint.yml

# The report finds what the pull request had wrong.
lecture_note 05 'A title'
sed -i.old 's/^scribes.*//; s/^title.*/title: Fifth/' notes/lecture05.md
rm notes/lecture05.md.old
rm -r notes/img/lecture05
merge_pull 5 'Fifth lecture'
expect_status 0 scribelint init
expect_output_contains 'Of the last 5 merged scribe pull requests'
expect_output_contains '[image-missing]'
expect_value "title: 'Lecture {nn}. {title}'  # 4 of 5 notes"
expect_value '- scribes  # 4 of 5 notes'
expect_output_contains '[metadata-missing]'

# Staff pulling their own branch is no pull request.
git checkout -q -b local HEAD~1
commit_all 'Something of the staff'
git merge -q main -m "Merge branch 'main' of git.example.com:staff/cs9"
expect_status 0 scribelint init --stdout
if grep -qF "Merge branch 'main' of" "$ERRORS"; then
    fail 'a merge by git pull is left out' "$ERRORS"
else
    pass 'a merge by git pull is left out'
fi
cd ..

git clone -q --bare table bare.git
cd bare.git
remember_state
expect_status 2 scribelint init
expect_error_contains 'scribelint init --stdout'
expect_status 0 scribelint init --stdout
expect_output_contains "files: 'notes/*lecture*.md'"
expect_unchanged
cd ..

# --- A collection, a data file with keys of its own, squash commits ---------------------------------------

repo_init collection
write _config.yml <<'END'
collections: {notes: {output: true}}
timezone: Europe/Berlin
repository: uni/compilers
END
write README.md <<'END'
# Compilers

Welcome.
END
write _data/plan.yml <<'END'
- {gehalten: 2025-04-14, worum: What a compiler is, wer: Bo}
- {gehalten: 2025-04-16, worum: Words and tokens, wer: Bo}
- {gehalten: 2025-04-21, worum: Trees and grammars, wer: Bo}
- {gehalten: 2025-04-23, worum: Types and their errors, wer: Bo}
END
write pages/course.markdown <<'END'
---
title: For scribes
---

Two scribes per lecture. Notes are handed in no later than 1 week after the lecture, by midnight.
At most 10 pages.

Name the file `<yyyy>-<mm>-<dd>.md`.
END
write templates/notes-template.md <<'END'
---
title: Title
date: YYYY-MM-DD
authors: [You]
---
END
commit_all 'Start'
for day in 14 16 21 23; do
    write "_notes/2025-04-$day.md" <<END
---
title: Title of the day
date: 2025-04-$day
authors: [Ada, Ben]
---

# Text

<img src="{{ '/assets/notes/2025-04-$day/a.png' | relative_url }}" alt="a">
END
    write "assets/notes/2025-04-$day/a.png" <<END
$day
END
    commit_all "Notes of April $day (#$day)"
done
expect_init
expect_value 'name: Compilers  # the first heading of README.md'
expect_value 'repository: uni/compilers  # _config.yml: repository'
expect_value 'timezone: Europe/Berlin  # _config.yml: timezone'
expect_value 'year: 2025'
expect_value "'_data/plan.yml'  # 4 lectures"
expect_value 'date: gehalten'
expect_value 'title: worum'
expect_value 'days: 7  # pages/course.markdown:5'
expect_value 'time: "23:59:59"'
expect_value 'min: 2'
expect_value 'max: 2'
expect_value 'at most 10'
expect_value "files: '_notes/*.md'  # 4 are there"
expect_value "name: '{yyyy}-{mm}-{dd}.md'"
expect_value 'template: templates/notes-template.md'
expect_value '- authors  # the template and 4 of 4 notes'
expect_value "- 'assets/notes/{stem}/'  # 4 of 4 notes with pictures"
expect_no_value 'Title {n}'
expect_output_contains 'Notes of April 23 (#23)'
expect_output_contains 'schedule    4 lectures'
cd ..

# --- PDFs whose names have blanks, module pages --------------------------------------------------------------

repo_init modules
write _config.yml <<'END'
title: Course Website
description: Networks, Winter 2023
END
for week in 1 2; do
    write "_modules/week-0$week.md" <<END
---
title: Week $week
---

Jan $((week * 7 + 3))
: **$((2 * week - 1))**{: .label} A lecture
  : [Slides](slides/lecture$((2 * week - 1)).pdf) &#8226; [Notes](<scribes/Lecture $((2 * week - 1)).pdf>)

Jan $((week * 7 + 5))
: **$((2 * week))**{: .label} A lecture
  : [Slides](slides/lecture$((2 * week)).pdf) &#8226; [Notes](#)
END
done
write logistics.md <<'END'
# Logistics

Scribes work in pairs. See the calendar for when notes are due.
All times are in PT.
END
for number in 1 2 3; do
    write "slides/lecture$number.pdf" <<END
slides $number
END
done
commit_all 'Start'
for number in 1 2 3; do
    write "scribes/Lecture $number.pdf" <<END
notes $number
END
    commit_all "Notes of lecture $number"
done
write scribes/lec4-final.pdf <<'END'
notes 4
END
commit_all 'Lecture 4 (#4)'
expect_init
expect_value "name: 'Networks, Winter 2023'  # _config.yml: description"
expect_value 'year: 2023'
expect_value "'_modules/*.md'  # 4 lectures in 2 files"
expect_value "files: 'scribes/*.pdf'  # 4 are there"
expect_value "name: 'Lecture {n}.pdf'  # 3 of 4 notes"
expect_value 'timezone: America/Los_Angeles  # logistics.md:4'
expect_value 'min: 2  # logistics.md:3: "Scribes work in pairs."'
expect_value '# logistics.md:3: "See the calendar for when notes are due."'
expect_no_value 'deadline:'
expect_no_value 'slides'
expect_output_contains 'Only 4 merged scribe pull requests were found'
expect_output_contains '[note-name]'
cd ..

# --- Before the first note -----------------------------------------------------------------------------------

repo_init early
expect_status 2 scribelint init
expect_error_contains 'no commit yet'
write scribe_notes/README.md <<'END'
Upload your PDF here. File naming: sep30_notes.pdf (adjust the date). Submit it within three days of
the lecture.
END
write index.md <<'END'
---
layout: home
---
END
commit_all 'Start'
expect_status 0 scribelint init
expect_value "files: 'scribe_notes/*.pdf'  # no note is there yet; scribe_notes/README.md:1 tells"
expect_value "name: '{mon}{d}_notes.pdf'"
expect_value 'days: 3  # scribe_notes/README.md:1'
expect_value '# No schedule was found'
expect_no_value 'team:'
expect_no_value 'course:'
expect_output_contains 'No merged scribe pull request was found'
expect_status 0 scribelint config --config .scribelint.yml
cd ..

# --- Nothing of a course, and names that could break YAML ------------------------------------------------------

repo_init bare_site
write index.html <<'END'
<p>Hello.</p>
END
commit_all 'Start'
expect_status 0 scribelint init
expect_status 0 scribelint config --config .scribelint.yml
expect_no_value ':'
expect_value '# No notes were found'
cd ..

repo_init hostile
printf 'title: "a: b # c\\u001b[31m\\n##[error]x\\u2028 '"''"' \\"q\\" {n}"\n' >_config.yml
mkdir -p 'scribe: [no]tes {a,b}* #x'
for number in 1 2 3; do
    printf '%s\n' --- "title: \"'Le}c: #{ $number: *x\"" 'a: &b' --- Text >"scribe: [no]tes {a,b}* #x/lecture $number.md"
done
write syllabus.md <<'END'
# Scribes

Due 5 days after the lecture: "quoted" # ##[error]forged
::error::x {{ y }}
END
commit_all '::error::Start (#1)'
expect_status 0 scribelint init
if grep -qF -e '##[error]' -e "$(printf '\033')" .scribelint.yml "$OUTPUT" ||
    grep -q '^ *::error' "$OUTPUT" .scribelint.yml; then
    fail 'nothing forged' .scribelint.yml
else
    pass 'nothing forged'
fi
expect_value 'days: 5'
expect_status 0 scribelint config --config .scribelint.yml
expect_output_lacks 'matches no file'

# --- A shallow clone -------------------------------------------------------------------------------------------

cd ..
git clone -q --depth 1 "file://$PWD/modules" shallow
cd shallow
expect_status 0 scribelint init
expect_value "files: 'scribes/*.pdf'"
expect_output_contains 'in the history that this clone has'
expect_status 2 scribelint init extra
expect_status 0 scribelint init --help
finish
