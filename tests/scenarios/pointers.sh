#!/bin/sh
# Git LFS pointers, empty files and other content that is not what the name says: told as what they
# are, and never judged by what is in them.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# Nothing stands in the PDFs of this scenario.
SCRIBELINT_PDF=$TEMP/none
export SCRIBELINT_PDF

# pointer FILE: as Git LFS 3 writes it.
pointer() {
    write "$1" <<END
version https://git-lfs.github.com/spec/v1
oid sha256:$(printf '%s' "$1" | sha256sum | cut -d ' ' -f 1)
size 1048576
END
}

config() {
    write .scribelint.yml <<'END'
notes:
  - files: "_posts/*-lecture-*.md"
  - files: "assets/scribe_notes/*.pdf"
allow: ["**"]
END
}

repo_init course
config
write_note 01 'A note that is in order.'
commit_all 'Start'
git tag start

# --- A pull request with pointers, in a course that has none ------------------------------------------

pointer assets/scribe_notes/oct7_scribe.pdf
pointer assets/img/plot.png
write_note 02 '![plot](/assets/img/plot.png)'
write .gitattributes <<'END'
*.png filter=lfs diff=lfs merge=lfs -text
*.pdf filter=lfs diff=lfs merge=lfs -text
END
commit_all 'Pointers'
remember_state
expect_findings --base start <<'END'
introduced head lfs-pointer assets/img/plot.png
introduced head lfs-pointer assets/scribe_notes/oct7_scribe.pdf
END
expect_equal 'they do not fail it' 0 "$status"
expect_output_contains 'is a Git LFS pointer: only its name is checked'
for way in --all '--base start --head HEAD'; do
    # shellcheck disable=SC2086
    run scribelint check $way
    expect_output_lacks file-empty
    expect_output_lacks image-missing
    expect_output_lacks undecided
done
expect_unchanged

# --- In a course that keeps its files so --------------------------------------------------------------

git tag practice
pointer assets/img/second.png
pointer assets/scribe_notes/oct9_scribe.pdf
commit_all 'As ever'
run scribelint check --base practice
expect_equal 'practice: status 0' 0 "$status"
expect_output_lacks '[lfs-pointer]'
expect_output_contains 'a Git LFS pointer: only its name is checked'

# --- A note that is one: nobody can read it, so it is not clean ---------------------------------------

pointer _posts/2024-01-03-lecture-03.md
commit_all 'A note'
expect_status 3 scribelint check --base HEAD~1
expect_output_contains 'undecided: _posts/2024-01-03-lecture-03.md'
expect_output_contains 'a Git LFS pointer'
expect_output_lacks front-matter
# The other way round: the note at the base was one, and now is text.
write_note 03 'Now it is here. TODO'
commit_all 'The note itself'
run scribelint check --base HEAD~1
expect_output_contains 'undecided: _posts/2024-01-03-lecture-03.md'

# --- Not pointers ------------------------------------------------------------------------------------

# Nearly one, and text about them: only what Git LFS itself would take for one is one.
printf 'version https://git-lfs.github.com/spec/v1\n' >assets/img/near.pdf
{ pointer "$TEMP/long" && cat "$TEMP/long" && awk 'BEGIN { for (i = 0; i < 200; i++) print "x-key value" }'; } >assets/img/long.pdf
git rm -q .gitattributes
commit_all 'No pointers'
run scribelint check --all
expect_output_lacks near.pdf
expect_output_lacks long.pdf
expect_output_contains 'assets/img/second.png'

# --- Nothing in it -----------------------------------------------------------------------------------

git checkout -q start
: | write assets/scribe_notes/oct7_scribe.pdf
: | write assets/img/plot.PNG
: | write assets/scribe_notes/.gitkeep
: | write assets/img/empty.md
commit_all 'Empty'
expect_findings --base start <<'END'
introduced head file-empty assets/img/plot.PNG
introduced head file-empty assets/scribe_notes/oct7_scribe.pdf
introduced head image-unused assets/img/plot.PNG
END
expect_equal 'empty files: status 1' 1 "$status"
git rm -q assets/img/plot.PNG
printf 'x' >assets/scribe_notes/oct7_scribe.pdf
commit_all 'Mended'
run scribelint check --base HEAD~1
expect_equal 'empty files mended: status 0' 0 "$status"
expect_output_contains '2 fixed'

finish
