#!/bin/sh
# What a note and the schedule say of each other, in real repositories: links to the wrong lecture,
# guests, renames that leave links behind, second notes, holidays; and what fix makes of them.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# Nothing stands in the PDFs of this scenario.
SCRIBELINT_PDF=$TEMP/none
export SCRIBELINT_PDF

# course_init FOLDER: a course of module pages, with a page that pastes them, and its first note.
course_init() {
    repo_init "$1"
    write .scribelint.yml <<'END2'
course: {year: 2025, timezone: UTC}
notes: [{files: "notes/*.pdf"}]
allow: ["_modules/*.md"]
END2
    write index.md <<'END2'
---
title: Home
---
{% for module in site.modules %}{{ module }}{% endfor %}
END2
    write _modules/week-01.md <<'END2'
---
title: Week 1
---

Sep 30
: **1**{: .label} Introduction
  : [Slides](slides/1.pdf) &#8226; [Notes](notes/sep30.pdf)

Oct 2
: **2**{: .label} Guest lecture - [Ada Byron](https://ada.example.org/)
  : [Slides](slides/2.pdf)
END2
    write _modules/week-02.md <<'END2'
---
title: Week 2
---

Oct 7
: **3**{: .label} Holiday, no lecture

Oct 9
: **4**{: .label} Files
  : [Slides](slides/4.pdf) &#8226; [Notes](#)

Oct 14
: **5**{: .label} Trees
  : [Slides](slides/5.pdf)
END2
    for name in slides/1 slides/2 slides/4 slides/5 notes/sep30; do
        printf '%%PDF of %s%1100s\n' "$name" '' | write "$name.pdf"
    done
    commit_all Start
}

# rules_found: RULE PATH:LINE of what is introduced on disk, sorted.
rules_found() {
    run scribelint check --worktree --format json
    list_findings "$OUTPUT" | sed -n 's/^introduced head //p' | sort
}

expect_rules() {
    expect_equal "$1" "$2" "$(rules_found)"
}

# expect_fix: fix gives what its patch gives, does nothing the second time.
expect_fix() {
    cp -R . "$TEMP/patched"
    remember_state
    run scribelint fix --worktree --diff
    cp "$OUTPUT" "$TEMP/patch"
    expect_equal 'fix --diff ends with 0' 0 "$status"
    expect_unchanged
    (cd "$TEMP/patched" && git apply "$TEMP/patch" && git add -A && git write-tree) >"$TEMP/tree" 2>&1 || :
    expect_status 0 scribelint fix --worktree
    remember_state
    expect_status 0 scribelint fix --worktree
    expect_output_contains 'nothing to mend'
    expect_unchanged
    git add -A
    expect_equal 'the patch gives the same tree' "$(cat "$TEMP/tree")" "$(git write-tree)"
    rm -rf "$TEMP/patched"
}

# --- A new note -----------------------------------------------------------------------------------

course_init new
echo '%PDF guest' >notes/oct2.pdf
git add -A
expect_rules 'a note of a guest lecture is only not linked' 'note-not-linked notes/oct2.pdf'
expect_fix
expect_rules 'and then nothing' ''
expect_equal 'behind the slides, as the row above' \
    '  : [Slides](slides/2.pdf) &#8226; [Notes](notes/oct2.pdf)' "$(sed -n 11p _modules/week-01.md)"
git commit -q -m two
echo '%PDF nine' >notes/oct9.pdf
expect_fix
expect_equal 'a placeholder is filled' \
    '  : [Slides](slides/4.pdf) &#8226; [Notes](notes/oct9.pdf)' "$(sed -n 10p _modules/week-02.md)"
cd ..

# --- A misnamed one: the name, and with it the link, in one run ------------------------------------

course_init misnamed
echo '%PDF 2' >notes/oct2.pdf
git add -A
git commit -q -m two
echo '%PDF 14' >notes/Oct_14_final.pdf
expect_rules 'the name and the link' "note-name notes/Oct_14_final.pdf
note-not-linked notes/Oct_14_final.pdf"
expect_fix
expect_equal 'the file has its name' 'notes/oct14.pdf notes/oct2.pdf notes/sep30.pdf' \
    "$(echo notes/*)"
expect_equal 'and its link' '  : [Slides](slides/5.pdf) &#8226; [Notes](notes/oct14.pdf)' \
    "$(sed -n 14p _modules/week-02.md)"
expect_rules 'and then nothing' ''
cd ..

# Already linked by hand under its wrong name: the link goes along.
course_init linked
echo '%PDF 2' >notes/oct2.pdf
echo '%PDF 14' >notes/Oct_14_final.pdf
sed -i.old -e '11s|$| \&#8226; [Notes](notes/oct2.pdf)|' _modules/week-01.md
sed -i.old -e '14s|$| \&#8226; [Notes](/notes/Oct_14_final.pdf)|' _modules/week-02.md
rm _modules/*.old
git add -A
expect_rules 'only the name' 'note-name notes/Oct_14_final.pdf'
expect_fix
expect_equal 'the link goes along' '  : [Slides](slides/5.pdf) &#8226; [Notes](/notes/oct14.pdf)' \
    "$(sed -n 14p _modules/week-02.md)"
expect_rules 'and then nothing' ''
cd ..

# --- A link to another lecture's note --------------------------------------------------------------

course_init elsewhere
echo '%PDF 9' >notes/oct9.pdf
sed -i.old -e '14s|$| \&#8226; [Notes](notes/oct9.pdf)|' _modules/week-02.md
rm _modules/*.old
expect_rules 'the row of another lecture links it' 'note-linked-elsewhere notes/oct9.pdf'
run scribelint check --worktree
expect_output_contains 'this is the note of Oct 9 (4) by its name, but'
cd ..

# --- A renamed note that a page still links ----------------------------------------------------------

course_init renamed
write about.md <<'END2'
---
title: About
permalink: /about/
---
See [the first notes]({{ "/notes/sep30.pdf" | relative_url }}) and
<a href="../notes/sep30.pdf">these</a>, not [those](sep30.pdf).
END2
git add -A
git commit -q -m about
git mv notes/sep30.pdf notes/final.pdf
rules_found >"$TEMP/rules"
expect_equal 'each link that broke, where it stands' "link-old-name _modules/week-01.md:7
link-old-name about.md:5
link-old-name about.md:6" "$(grep link- "$TEMP/rules")"
run scribelint check --worktree
expect_output_contains '"notes/sep30.pdf" is called "notes/final.pdf" now, and this link leads nowhere'
expect_fix
expect_equal 'the row has the new name' \
    '  : [Slides](slides/1.pdf) &#8226; [Notes](notes/final.pdf)' "$(sed -n 7p _modules/week-01.md)"
expect_equal 'and so has the page' \
    'See [the first notes]({{ "/notes/final.pdf" | relative_url }}) and' "$(sed -n 5p about.md)"
expect_equal 'in HTML, too' \
    '<a href="../notes/final.pdf">these</a>, not [those](sep30.pdf).' "$(sed -n 6p about.md)"
expect_equal 'and then no link is broken' '' "$(rules_found | grep link- || :)"
cd ..

# The name is not the one of the course: fix gives it back, and links that are right stay.
course_init back
sed -i.bak 's|"notes/[*].pdf"|"notes/*.pdf", name: "{mon}{d}.pdf"|' .scribelint.yml
rm -f .scribelint.yml.bak
echo 'See [them](notes/sep30.pdf).' >>index.md
git commit -q -a -m links
git mv notes/sep30.pdf notes/Sep_30.pdf
expect_equal 'links wait for the name' 'link-old-name _modules/week-01.md:7
note-name notes/Sep_30.pdf' "$(rules_found | grep -v index)"
run scribelint fix
expect_output_contains 'renamed notes/Sep_30.pdf to notes/sep30.pdf'
expect_output_contains 'stage both names: git add -A -- notes'
git add -A
expect_equal 'all is as it was' '' "$(git status --short)"
# From a folder below, the command has to work where the user stands.
git mv notes/sep30.pdf notes/Sep_30.pdf
cd _modules
run scribelint fix
expect_output_contains 'stage both names: git add -A -- ../notes'
git add -A -- ../notes
cd ..
expect_equal 'all is as it was' '' "$(git status --short)"
git mv notes/sep30.pdf notes/Oct_2.pdf
expect_status 0 scribelint fix
git add -A
expect_equal 'with another name links follow the last one' 2 \
    "$(git grep -l notes/oct2.pdf | wc -l | tr -d ' ')"
expect_equal 'and to write them is no change out of scope' '' "$(rules_found | grep scope || :)"
cd ..

# A new note under a wrong name: pages that link it by that name get the right one with it.
course_init linked_misnamed
sed -i.bak 's|"notes/[*].pdf"|"notes/*.pdf", name: "{mon}{d}.pdf"|' .scribelint.yml
rm -f .scribelint.yml.bak
git commit -q -a -m name
echo '%PDF of Oct 14' >'notes/Oct 14 notes.pdf'
mkdir -p pages
cat >pages/about.md <<'END_OF_FILE'
---
title: About
---
[Encoded](../notes/Oct%2014%20notes.pdf), [raw](../notes/Oct 14 notes.pdf), [other](../notes/sep30.pdf),
[Liquid]({{ '/notes/Oct 14 notes.pdf' | relative_url }}), [elsewhere](https://example.org/Oct%2014%20notes.pdf)
END_OF_FILE
git add -A
run scribelint fix
expect_output_contains 'renamed notes/Oct 14 notes.pdf to notes/oct14.pdf'
expect_equal 'links to it follow' \
    '[Encoded](../notes/oct14.pdf), [raw](../notes/oct14.pdf), [other](../notes/sep30.pdf),' \
    "$(sed -n 4p pages/about.md)"
expect_equal 'others stay' \
    "[Liquid]({{ '/notes/oct14.pdf' | relative_url }}), [elsewhere](https://example.org/Oct%2014%20notes.pdf)" \
    "$(sed -n 5p pages/about.md)"
cd ..

# Written anew under another name: nothing says that it is a rename but the lecture.
course_init rewritten
git rm -q notes/sep30.pdf
mkdir notes
echo '%PDF all of it written anew, with nothing of what was there' >notes/Sep_30_v2.pdf
git add -A
expect_equal 'the row lacks its note' 'schedule-note-not-linked _modules/week-01.md:7' \
    "$(rules_found | grep schedule)"
expect_fix
expect_equal 'the row has the new name' '  : [Slides](slides/1.pdf) &#8226; [Notes](notes/Sep_30_v2.pdf)' \
    "$(sed -n 7p _modules/week-01.md)"
cd ..

# In a data file, which the change does not touch.
repo_init data
write .scribelint.yml <<'END2'
course: {year: 2025}
notes: [{files: "notes/*.pdf"}]
END2
write _data/lectures.yml <<'END2'
- date: 10/7
  title: Networks
  notes: notes/oct7.pdf
- date: 10/9
  title: Files
  notes:
END2
echo '%PDF 7' | write notes/oct7.pdf
commit_all Start
git mv notes/oct7.pdf notes/final.pdf
expect_equal 'the value that broke' 'link-old-name _data/lectures.yml:3' \
    "$(rules_found | grep link-old)"
expect_fix
expect_equal 'the value is mended' '  notes: notes/final.pdf' "$(sed -n 3p _data/lectures.yml)"
git reset -q --hard
echo '%PDF 9' >notes/oct9.pdf
run scribelint check --worktree --format json
expect_output_contains 'scribelint fix writes there: \"notes/oct9.pdf\"'
expect_status 0 scribelint fix
git add -A
expect_equal 'the link of a note belongs to it' '' "$(rules_found)"
sed -i.bak 's/Files/Folders/' _data/lectures.yml
rm _data/lectures.yml.bak
git add -A
expect_equal 'and what comes with it does not' 'file-outside-scope _data/lectures.yml' \
    "$(rules_found | sed 's/:.*//')"
cd ..

# --- Notes for a lecture that has one, for none, and another lecture's ------------------------------

course_init second
echo '%PDF of somebody else' >notes/Sep_30_team2.pdf
expect_rules 'a second note' 'note-second notes/Sep_30_team2.pdf'
rm notes/Sep_30_team2.pdf
echo '%PDF 2' >notes/oct2-v2.pdf
echo '%PDF 3' >notes/oct2.pdf
expect_equal 'of two new ones the odd name is the second' 'note-second notes/oct2-v2.pdf' \
    "$(rules_found | grep second)"
rm notes/oct2-v2.pdf notes/oct2.pdf
cp notes/sep30.pdf notes/oct9.pdf
expect_rules 'the same file again' 'note-copied notes/oct9.pdf
note-not-linked notes/oct9.pdf'
rm notes/oct9.pdf
echo '%PDF of a holiday' >notes/oct7.pdf
expect_rules 'a note of a holiday' 'lecture-unknown notes/oct7.pdf'
run scribelint check --worktree
expect_output_contains '"oct7" is no lecture of this course (the schedule has "Holiday, no lecture"'
expect_output_contains 'there); nearest are Oct 9 (4) and Oct 2 (2)'
run scribelint fix --worktree
expect_output_contains 'nothing to mend'
rm notes/oct7.pdf
echo '%PDF 9' >notes/oct9.pdf
echo '%PDF changed' >notes/sep30.pdf
expect_rules 'the note of another lecture' 'note-not-linked notes/oct9.pdf
other-note-changed notes/sep30.pdf'
rm notes/oct9.pdf
expect_rules 'a note that staff mend alone' ''
cd ..

# --- A schedule that changes below notes that nobody touches -----------------------------------------

repo_init moved
write _data/lectures.yml <<'END'
- {date: 2025-10-02, title: Storage, lecturer: Ada}
- {date: 2025-10-07, title: Networks, lecturer: Grace}
- {date: 2025-10-09, title: Files, lecturer: Ada}
END
write _posts/2025-10-07-lecture-02.md <<'END'
---
title: "Lecture 2: Networks"
lecturers:
  - {name: Grace Hopper, url: ""}
---
Text.
END
commit_all Start
# expect_edited WHAT SED EXPECTED: the findings about the note once the schedule was edited.
expect_edited() {
    sed "$2" _data/lectures.yml >edited
    mv edited _data/lectures.yml
    expect_equal "$1" "$3" "$(rules_found | sed -n '/_posts/s/:.*//p')"
    git checkout -q _data/lectures.yml
}
expect_edited 'another title' 's/Storage/Disks/' ''
expect_edited 'another lecturer' 's/Grace/Ada/' 'lecturer-mismatch _posts/2025-10-07-lecture-02.md'
expect_edited 'another number' '1d' 'lecture-number-wrong _posts/2025-10-07-lecture-02.md'
cd ..

# A post without a date in front: the advice has the file's own, from its name or its front matter.
repo_init dates
commit_all 'Nothing'
mkdir -p _posts
printf -- '---\ntitle: A\ndate: 2025-10-02\n---\n' >_posts/lecture-02.md
printf -- '---\ntitle: B\ndate: 2025-10-02\n---\n' >_posts/2025_09_30_lecture.md
git add -A
run scribelint check
expect_output_contains 'a hyphen: 2025-10-02-name.md'
expect_output_contains 'a hyphen: 2025-09-30-name.md'
cd ..

# A note beside the notes' folder: what is there tells where it belongs.
repo_init misplaced
write _data/lectures.yml <<'END'
- {date: 2025-10-02, title: Storage}
- {date: 2025-10-07, title: Networks}
- {date: 2025-10-09, title: Files}
END
mkdir -p assets/scribe_notes
echo '%PDF 1' >assets/scribe_notes/oct2_scribe.pdf
echo '%PDF 2' >assets/scribe_notes/oct7_scribe.pdf
commit_all Start
for path in oct9_scribe.pdf scribe_notes/oct9_scribe.pdf assets/scribe_notes/ann/oct9_scribe.pdf \
    assets/scribe_notes/oct9_scribe.PDF; do
    mkdir -p "$(dirname "$path")"
    echo '%PDF 3' >"$path"
    git add -A
    run scribelint check
    expect_output_contains "git mv $path assets/scribe_notes/oct9_scribe.pdf"
    git reset -q --hard
done
mkdir -p assets/slides
echo '%PDF 3' >assets/slides/oct9.pdf
git add -A
expect_status 0 scribelint check
expect_output_lacks note-misplaced
cd ..

# What is meant as a note beside the notes and not named like one is told what to be called.
repo_init unrecognized
mkdir _posts
for day in 08:01 13:02; do
    printf -- '---\nlayout: distill\ntitle: "Lecture %s: A"\ndate: 2025-01-%s\nlecturers: [a]\nauthors: [b]\n---\nText.\n' \
        "${day#*:}" "${day%:*}" >"_posts/2025-01-${day%:*}-lecture-${day#*:}.md"
done
commit_all Start
for name in Lecture-03.md lec-03.md notes.md lécture-03.md lecture-03.MD lecture-03.md.txt; do
    printf -- '---\nlayout: distill\ntitle: "Lecture 3: B"\ndate: 2025-01-15\nlecturers: [a]\nauthors: [b]\n---\nText.\n' \
        >"_posts/2025-01-15-$name"
    git add -A
    run scribelint check
    expect_output_contains 'rename it (git mv) to _posts/2025-01-15-lecture-03.md'
    git reset -q --hard
done
printf 'PK' >_posts/2025-01-15-lecture-03.docx
git add -A
run scribelint check
expect_output_contains 'write a note as Markdown, in _posts/2025-01-15-lecture-03.md'
git reset -q --hard
printf -- '---\nlayout: distill\ntitle: Homework 3\nauthor: b\n---\nIt is due on Friday.\n' \
    >_posts/2025-01-15-homework-03.md
printf 'words\n' >_posts/words.txt
git add -A
run scribelint check
expect_output_lacks note-unrecognized
cd ..

# Labels that begin anew: a number gives no name, no lecture and no number for the first page.
repo_init anew
echo '{% for module in site.modules %}{{ module }}{% endfor %}' >index.md
mkdir -p _modules assets/scribe_notes
printf -- '---\ntitle: Week 1\n---\n\nSep 30\n: **1**{: .label} A\n\nOct 2\n: **2**{: .label} B\n' \
    >_modules/week-01.md
printf -- '---\ntitle: Week 2\n---\n\nOct 7\n: **1**{: .label} C\n\nOct 9\n: **2**{: .label} D\n' \
    >_modules/week-02.md
printf 'course: {year: 2025}\nnotes: [{files: "assets/scribe_notes/*.pdf"}]\n' >.scribelint.yml
echo '%PDF 1' >assets/scribe_notes/sep30_scribe.pdf
echo '%PDF 2' >assets/scribe_notes/oct7_scribe.pdf
commit_all Start
echo '%PDF 3' >assets/scribe_notes/Lecture_4.pdf
git add -A
run scribelint check
expect_output_contains "the schedule's numbers begin"
expect_output_contains 'name it like'
expect_output_lacks oct9_scribe.pdf
commit_all Lecture
expect_status 0 scribelint status
expect_output_contains 'Of no lecture'
cd ..

finish
