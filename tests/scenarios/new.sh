#!/bin/sh
# scribelint new: the note of a lecture, begun under the right name; check has nothing to say of it
# but what its scribe has to write.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# expect_for_scribe [RULE...]: check finds something, and nothing but these rules and those about
# what the scribe must write or the staff link.
expect_for_scribe() {
    run scribelint check --worktree --format json
    found=$(awk -F'"' '/^      "rule": / { print $4 }' "$OUTPUT" | LC_ALL=C sort -u)
    for rule in $found; do
        case " metadata-placeholder template-text-left template-prose-left heading-empty section-empty \
note-not-linked $* " in
        *" $rule "*) ;;
        *) found=unexpected:$rule ;;
        esac
    done
    case $found in
    unexpected:*) fail "only what the scribe must write, not ${found#*:}" "$OUTPUT" ;;
    *metadata-placeholder*) pass 'only what the scribe must write' ;;
    *) fail 'what the scribe must write is found' "$OUTPUT" ;;
    esac
}

# expect_files FILE...: what is on disk and not in HEAD, ignored files aside.
expect_files() {
    expect_equal 'files made' "$*" "$(git status --porcelain -uall | sed 's/^?? //' | paste -sd ' ' -)"
}

# --- Posts with a template, a data file, a roster, a deadline ------------------------------------

repo_init posts
write _config.yml <<'END_OF_FILE'
title: Systems
END_OF_FILE
write _data/lectures.yml <<'END_OF_FILE'
- {date: 10/2, lecturer: Ada, title: "Storage", notes: ""}
- {date: 10/7, lecturer: Ada, title: "Networks: \"TCP\", 'IP' & more # all", notes: ""}
- {date: 10/9, lecturer: "Grace Hopper (guest)", title: Files, notes: ""}
- {date: 10/14, title: No class}
- {date: 10/16, lecturer: Ada, title: Trees, notes: ""}
- {date: 10/16, lecturer: Ada, title: Graphs, notes: ""}
- {date: 10/21, lecturer: Ada, title: "../../../../etc/passwd", notes: ""}
END_OF_FILE
write roster.csv <<'END_OF_FILE'
Lecture,Scribe 1,Scribe 2,Scribe 3
2,Ann Lee,Bo O'Ray,Cy: Fox
END_OF_FILE
write .scribelint.yml <<'END_OF_FILE'
course: {year: 2025, timezone: America/Los_Angeles}
deadline: {days: 10}
roster: {file: roster.csv}
notes:
  - files: "_posts/*-lecture-*.md"
    template: "_posts/*template.md"
    title: "Lecture {n}: {title}"
    assets: ["assets/img/lecture-{nn}/"]
END_OF_FILE
write _posts/2020-01-01-notes-template.md <<'END_OF_FILE'
---
layout: distill  # keep
title: Template
description: What the lecture is about, in a sentence.
date: 2020-01-01

lecturers:
  - name: Ada Lovelace   # who spoke
    url: "https://example.org/ada"

authors:
  - name: Author 1  # in full
    url: "#"  # optional
  - name: Author 2
    url: "#"

editors:
  - name: Editor 1
    url: "#"
---

## Words

Write whole sentences, and say what a figure shows before you show it.
END_OF_FILE
commit_all 'A course'

remember_state
expect_status 0 scribelint new 2 --dry-run
expect_unchanged
cp "$OUTPUT" "$TEMP/printed"
expect_error_contains 'would make _posts/2025-10-07-lecture-02.md, from the template _posts/2020-01-01-notes-template.md'
expect_status 0 scribelint new 2
expect_files _posts/2025-10-07-lecture-02.md
expect_same_file "$TEMP/printed" _posts/2025-10-07-lecture-02.md
expect_output_contains 'made assets/img/lecture-02/ for its images, empty'
expect_output_contains 'lecture 2, Oct 7, 2025: Networks'
expect_output_contains '_data/lectures.yml:2)'
expect_output_contains 'due      2025-10-17 23:59:59 -0700'
expect_output_contains "scribes  Ann Lee, Bo O'Ray, Cy: Fox"
expect_output_contains '  git add _posts/2025-10-07-lecture-02.md'
expect_equal 'image folder' yes "$([ -d assets/img/lecture-02 ] && echo yes)"
head -n 21 _posts/2025-10-07-lecture-02.md >"$TEMP/head"
write "$TEMP/expected" <<'END_OF_FILE'
---
layout: distill  # keep
title: 'Lecture 2: Networks: "TCP", ''IP'' & more # all'
description: What the lecture is about, in a sentence.
date: 2025-10-07

lecturers:
  - name: Ada Lovelace   # who spoke
    url: "https://example.org/ada"

authors:
  - name: Ann Lee  # in full
    url: "#"  # optional
  - name: Bo O'Ray
    url: "#"
  - name: "Cy: Fox"
    url: "#"

editors:
  - name: Editor 1
    url: "#"
END_OF_FILE
expect_same_file "$TEMP/expected" "$TEMP/head"
expect_equal 'the body is kept' "$(sed -n '/^## Words/,$p' _posts/2020-01-01-notes-template.md)" \
    "$(sed -n '/^## Words/,$p' _posts/2025-10-07-lecture-02.md)"
expect_for_scribe

# --- Never a second one ---------------------------------------------------------------------------

remember_state
for asked in 2 'oct 7' 2025-10-07 10/7 'lecture 2' '#2'; do
    expect_status 2 scribelint new "$asked"
    expect_error_contains 'lecture 2, Oct 7, 2025 has a note already: "_posts/2025-10-07-lecture-02.md"'
done
expect_unchanged
mv _posts/2025-10-07-lecture-02.md _posts/2025-10-07-my-lecture-2.md
expect_status 2 scribelint new 2
expect_error_contains 'has a note already: "_posts/2025-10-07-my-lecture-2.md"'
rm _posts/2025-10-07-my-lecture-2.md

# Git ignores it, and it is there all the same; so is one in other letters.
echo '_posts/*lecture-01.md' >.git/info/exclude
echo mine >_posts/2025-10-02-lecture-01.md
expect_status 2 scribelint new 1
expect_error_contains '"_posts/2025-10-02-lecture-01.md" is there already'
expect_equal 'left alone' mine "$(cat _posts/2025-10-02-lecture-01.md)"
rm .git/info/exclude _posts/2025-10-02-lecture-01.md
echo x >_posts/2025-10-02-LECTURE-01.md
expect_status 2 scribelint new 1
expect_error_contains '"_posts/2025-10-02-LECTURE-01.md"'
rm _posts/2025-10-02-LECTURE-01.md

# --- A guest; people by hand; from a folder below --------------------------------------------------

mkdir -p deep/down
expect_status 0 scribelint new 'Oct 9, 2025' -C deep/down --author 'Zoë "Z" Ng' --author=Di
expect_output_contains 'guest: Grace Hopper'
sed -n '/^lecturers/,/^editors/p' _posts/2025-10-09-lecture-03.md >"$TEMP/head"
write "$TEMP/expected" <<'END_OF_FILE'
lecturers:
  - name: Grace Hopper   # who spoke
    url: "#"

authors:
  - name: 'Zoë "Z" Ng'  # in full
    url: "#"  # optional
  - name: Di
    url: "#"

editors:
END_OF_FILE
expect_same_file "$TEMP/expected" "$TEMP/head"
expect_for_scribe
rm -r _posts/2025-10-09-lecture-03.md assets deep

# --- What is no lecture ----------------------------------------------------------------------------

remember_state
expect_refused() {
    expect_status 2 scribelint new "$1"
    expect_error_contains "$2"
}
expect_refused 'oct 8' 'the schedule has no lecture on Oct 8; nearest are Oct 7 (2) and Oct 9 (3)'
expect_refused 'oct 14' 'but "No class"; nearest are Oct 16'
expect_refused 'oct 16' 'Oct 16 is several lectures: Oct 16 (4) and Oct 16 (5); give the number'
expect_refused 2024-10-07 'the schedule has no lecture on Oct 7, 2024'
expect_refused 40 'the schedule has no lecture 40; it has 1 to 6'
expect_refused 0 '"0" names no lecture'
expect_refused 99999999999999999999 'names no lecture'
expect_refused '../x' '"../x" names no lecture'
expect_refused next 'no lecture from today on is without a note'
expect_status 2 scribelint new
expect_status 2 scribelint new 1 2
expect_status 2 scribelint new 1 --author ''
expect_status 2 scribelint new 1 --number 2
expect_error_contains 'the schedule has lecture 1 there, not 2'
expect_status 2 scribelint new 1 --number x
expect_status 2 scribelint new 1 --config /nowhere
expect_unchanged

# --- Nothing leads out ------------------------------------------------------------------------------

write form.yml <<'END_OF_FILE'
course: {year: 2025}
notes: [{files: "_posts/**", name: "{nn}-{text}.md"}]
END_OF_FILE
expect_status 0 scribelint new 6 --config form.yml
expect_files '_posts/06-etc-passwd.md form.yml'
rm _posts/06-etc-passwd.md
mkdir "$TEMP/elsewhere"
mkdir -p assets
ln -s "$TEMP/elsewhere" assets/img
expect_status 2 scribelint new 1
expect_error_contains '"assets/img" is no folder of this repository'
expect_equal 'nothing outside' '' "$(ls "$TEMP/elsewhere")"
rm -r assets form.yml

# --- The next one: past rows, and one that has a note, are passed over -------------------------------

write _data/lectures.yml <<'END_OF_FILE'
- {date: 2001-10-02, lecturer: Ada, title: Storage}
- {date: 2098-10-07, lecturer: Ada, title: Networks}
- {date: 2098-10-09, lecturer: Ada, title: Files}
END_OF_FILE
commit_all 'Dates to come'
expect_status 0 scribelint new next
expect_status 0 scribelint new next
expect_files '_posts/2098-10-07-lecture-02.md _posts/2098-10-09-lecture-03.md'
expect_status 2 scribelint new next

# --- Bare: only printed ------------------------------------------------------------------------------

git clone -q --bare . ../bare
cd ../bare
remember_state
expect_status 2 scribelint new 1
expect_error_contains '--dry-run prints it'
expect_status 0 scribelint new 1 --dry-run
expect_output_contains 'title: "Lecture 1: Storage"'
expect_unchanged
cd ..

# --- Posts without a template: required keys, sections -------------------------------------------------

repo_init plain
write _modules/week-01.md <<'END_OF_FILE'
---
title: Week 1
---

Jan 6
: **1**{: .label} Git
  : [Slides](assets/1.pdf)

Jan 8
: **2**{: .label} "Trees" --> and more
  : [Slides](assets/2.pdf)
END_OF_FILE
write .scribelint.yml <<'END_OF_FILE'
course: {year: 2025}
notes:
  - files: "_posts/*-lecture-*.md"
    title: "Lecture {n}: {title}"
    metadata: {required: [title, date, lecturers, authors, editors]}
    sections: [{heading: "summary|conclusions?"}, {heading: "further reading"}, {heading: '(?:a|b)\s+c'}]
    assets: ["img/{stem}/"]
END_OF_FILE
commit_all 'A course'
expect_status 0 scribelint new 2
expect_files _posts/2025-01-08-lecture-02.md
expect_output_contains 'without a template: the course has none'
expect_equal 'sections' '## Summary ## Further reading' \
    "$(grep '^#' _posts/2025-01-08-lecture-02.md | paste -sd ' ' -)"
expect_equal 'image folder' yes "$([ -d img/2025-01-08-lecture-02 ] && echo yes)"
expect_for_scribe section-missing

# --- A folder of notes, named in a way of their own; no configuration of the name ----------------------

repo_init ../folder
write index.md <<'END_OF_FILE'
---
title: Home
---

| Date | Topic | Lecturer |
|---|---|---|
| Jan 6, 2025 | Git | Ada |
| Jan 8, 2025 | Trees | Ada |
| Jan 13, 2025 | Graphs | Ada |
END_OF_FILE
for number in 1 2; do
    write notes/lecture$number-jan$((4 + 2 * number)).md <<END_OF_FILE
---
layout: note
title: Lecture $number
scribes: [Ann Lee]
---
Text.
END_OF_FILE
done
write .scribelint.yml <<'END_OF_FILE'
notes: [{files: "notes/*.md", metadata: {required: [scribes]}}]
END_OF_FILE
commit_all 'A course'
expect_status 0 scribelint new 3
expect_files notes/lecture3-jan13.md
expect_equal 'the layout of the others' 'layout: note' "$(sed -n 2p notes/lecture3-jan13.md)"
expect_for_scribe

# --- A collection with a folder for each lecture ---------------------------------------------------------

repo_init ../collection
write _config.yml <<'END_OF_FILE'
collections: {lectures: {output: true}}
END_OF_FILE
write _data/lectures.yml <<'END_OF_FILE'
- {date: 2025-01-06, title: Git}
- {date: 2025-01-08, title: Trees}
- {date: 2025-01-13, title: Graphs}
END_OF_FILE
for number in 01 02; do
    write _lectures/lecture-$number/notes.md <<END_OF_FILE
---
title: "Lecture ${number#0}: A title"
author: Ann Lee and Bo Ray
---
Text.
END_OF_FILE
done
write _templates/note.md <<'END_OF_FILE'
---
title: "Lecture X: Title"
permalink: /x/
lecture: 0
author:
---
END_OF_FILE
write .scribelint.yml <<'END_OF_FILE'
notes: [{files: "_lectures/*/notes.md", template: _templates/note.md}]
END_OF_FILE
commit_all 'A course'
expect_status 0 scribelint new 3 --author 'Ann Lee' --author 'Bo Ray'
expect_files _lectures/lecture-03/notes.md
expect_output_contains 'the template has a "permalink"'
write "$TEMP/expected" <<'END_OF_FILE'
---
title: "Lecture 3: Graphs"
permalink: /x/
lecture: 3
author: "Ann Lee, Bo Ray"
date: 2025-01-13
---
END_OF_FILE
expect_same_file "$TEMP/expected" _lectures/lecture-03/notes.md
expect_output_lacks 'could not be filled in'
expect_status 0 scribelint check --worktree
expect_output_contains 'note-not-linked'
expect_output_contains '1 notice introduced'

# A template that names its people in no form that is known: said, not passed over.
rm -r _lectures/lecture-03
printf -- '---\ntitle: T\nauthors: {first: Author 1}\n---\n' >_templates/note.md
commit_all 'Another template'
expect_status 0 scribelint new 3 --author 'Ann Lee'
expect_output_contains 'the scribes could not be filled in; name them in the note'

# --- PDF notes: told, not made ----------------------------------------------------------------------------

repo_init ../pdf
write _modules/week-01.md <<'END_OF_FILE'
---
title: Week 1
---

Sep 30
: **1**{: .label} Git
  : [Notes](assets/scribe_notes/sep30_scribe.pdf)

Oct 7
: **1**{: .label} Trees
END_OF_FILE
write syllabus.md <<'END_OF_FILE'
Scribes use [the LaTeX template](https://example.org/template.zip).
END_OF_FILE
write assets/scribe_notes/sep30_scribe.pdf <<'END_OF_FILE'
%PDF
END_OF_FILE
write .scribelint.yml <<'END_OF_FILE'
course: {year: 2025, timezone: UTC}
deadline: {days: 10}
notes: [{files: "assets/scribe_notes/*.pdf", name: "{mon}{d}_scribe.pdf"}]
END_OF_FILE
commit_all 'A course'
remember_state
expect_status 0 scribelint new 'oct 7'
expect_output_contains 'are PDF files, so nothing was made'
expect_output_contains 'file     assets/scribe_notes/oct7_scribe.pdf'
expect_output_contains 'due      2025-10-17 23:59:59 +0000'
expect_output_contains 'template https://example.org/template.zip (syllabus.md links it)'
expect_output_lacks 'lecture 2'
expect_status 2 scribelint new 'sep 30'
expect_error_contains 'has a note already: "assets/scribe_notes/sep30_scribe.pdf"'
expect_status 2 scribelint new 1
expect_error_contains 'lecture 1 is several lectures: Sep 30 "Git" and Oct 7 "Trees"; give the day'
expect_status 2 scribelint new 9
expect_error_contains 'give the day of the lecture'
expect_unchanged

# --- Numbers as the schedule has them --------------------------------------------------------------------------

# Two with one number, one of them without a day.
cd "$TEMP/area"
repo_init numbers
write _data/lectures.yml <<'END_OF_FILE'
- {date: 2025-09-02, number: 1, title: One}
- {date: tba, number: 2, title: Two}
- {date: 2025-09-25, number: 2, title: Three}
END_OF_FILE
commit_all 'A schedule'
expect_status 2 scribelint new 2 --dry-run
expect_error_contains 'several lectures: "Two" (without a day) and Sep 25 (2); give the day'

# Only the later half has numbers: what status shows, new takes and says.
write _data/lectures.yml <<'END_OF_FILE'
- {date: 2025-09-02, title: One}
- {date: 2025-09-04, title: Two}
- {date: 2025-09-09, title: Three}
- {date: 2025-09-11, number: 14, title: Four}
- {date: 2025-09-16, number: 15, title: Five}
- {date: 2025-09-18, number: 16, title: Six}
END_OF_FILE
commit_all 'Numbers for the later half'
expect_status 0 scribelint status
expect_output_contains '15  Sep 16  Five'
expect_output_contains ' -  Sep 4   Two'
expect_status 0 scribelint new 15 --dry-run
expect_error_contains 'lecture 15, Sep 16, 2025: Five'
expect_status 0 scribelint new 9/16 --dry-run
expect_error_contains 'lecture 15, Sep 16, 2025: Five'
expect_status 0 scribelint new 9/4 --dry-run
expect_error_contains 'lecture  Sep 4, 2025: Two'
expect_error_contains 'would make _posts/2025-09-04-lecture.md'
expect_error_contains 'the schedule has no number for this lecture that is its alone; --number'
expect_status 2 scribelint new 2
expect_error_contains 'its numbers do not count the lectures through'

# --- A roster and extensions that name no lecture ---------------------------------------------------------------

write signup.csv <<'END_OF_FILE'
Lecture,Name
Sep 2,Ann Lee
Sep 3,Bo Ray
END_OF_FILE
write .scribelint.yml <<'END_OF_FILE'
course: {year: 2025, timezone: UTC}
roster: {file: signup.csv}
deadline: {days: 3, extensions: {30: 5, sep 16: 9}}
END_OF_FILE
commit_all 'Who signed up'
expect_status 0 scribelint status
expect_output_contains 'note: signup.csv:3: the schedule has no lecture "Sep 3"'
expect_output_contains 'deadline.extensions: the schedule has no lecture "30"'
expect_output_lacks 'Sep 2"'
expect_output_lacks 'no lecture "sep 16"'
expect_status 0 scribelint status --format markdown
expect_output_contains 'signup.csv:3: the schedule has no lecture'

# --- Numbers that begin anew name nobody's lecture ------------------------------------------------------------

repo_init ../weekly
write index.md <<'END_OF_FILE'
---
title: Home
---
{% for module in site.modules %}{{ module }}{% endfor %}
END_OF_FILE
write _modules/week-01.md <<'END_OF_FILE'
Sep 2
: **1**{: .label} One

Sep 4
: **2**{: .label} Two
END_OF_FILE
write _modules/week-02.md <<'END_OF_FILE'
Sep 9
: **1**{: .label} Three

Sep 11
: **2**{: .label} Four

Sep 12
: **3**{: .label} Five
END_OF_FILE
write signup.csv <<'END_OF_FILE'
Lecture,Name
Lecture 1,Ann Lee
Sep 4,Bo Ray
3,Cy Fox
4,Di Orr
END_OF_FILE
write .scribelint.yml <<'END_OF_FILE'
course: {year: 2025, timezone: UTC}
roster: {file: signup.csv}
deadline: {days: 3, extensions: {2: 5, 3: 9, lecture 1: 7}}
END_OF_FILE
commit_all 'Weeks'
expect_status 0 scribelint status
expect_output_contains 'signup.csv:2: "Lecture 1" may be 2 lectures, as the schedule'"'"'s numbers begin anew; give the day; this row counts for none'
expect_output_contains 'signup.csv:5: the schedule has no lecture "4"; this row counts for none'
expect_output_contains 'deadline.extensions: "2" may be 2 lectures'
expect_output_contains 'deadline.extensions: "lecture 1" may be 2 lectures'
expect_output_lacks 'Ann Lee'
expect_output_lacks 'Di Orr'
expect_output_contains 'signed up: Bo Ray'
expect_output_contains 'signed up: Cy Fox'
expect_output_contains '3  Sep 12  Five   none  Sep 21'

# --- No schedule: a day will do, a number will not ------------------------------------------------------------

repo_init ../nothing
commit_all 'Nothing'
expect_status 2 scribelint new 3
expect_error_contains 'no schedule that says when that lecture is; give its day'
expect_status 2 scribelint new next
expect_status 0 scribelint new 2025-10-07 --number 3
expect_output_contains 'the course has no schedule'
expect_output_contains 'nothing here says where notes belong'
expect_files _posts/2025-10-07-lecture-03.md
expect_equal 'a title to be written' 'title: "Lecture 3: <title>"' \
    "$(grep '^title' _posts/2025-10-07-lecture-03.md)"
expect_for_scribe
expect_status 2 scribelint new 2025-10-07
expect_error_contains 'has a note already'
expect_status 2 scribelint new 2025-10-09
expect_error_contains 'give its number, with --number'
rm -r _posts
expect_status 0 scribelint new 2025-10-09
expect_files _posts/2025-10-09-lecture.md

finish
