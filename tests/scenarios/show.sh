#!/bin/sh
# scribelint show: a note as it is read, in Markdown and PDF. The helper is a script that takes the
# "PDF" for its own answer, so that nothing depends on a PDF library.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# answering HELPER: one that repeats what it is given, and counts its runs.
answering() {
    write "$1" <<END
#!/bin/sh
printf x >>'$TEMP/runs'
exec cat
END
    chmod +x "$1"
}

# pdf_note FILE NUMBER NAMES: a note of two pages.
pdf_note() {
    write "$1" <<END
{"scribelint-pdf": 1}
{"document": {"version": "1.5", "pages": 2, "producer": "TeX"}}
{"page": {"number": 1, "width": 612, "height": 792}}
{"run": {"text": "ABC-101: Systems, Winter 2024", "x": 100, "y": 100, "width": 200, "height": 9, "size": 10, "font": "B", "bold": true, "line": 0}}
{"run": {"text": "$2: Caches", "x": 250, "y": 130, "width": 90, "height": 13, "size": 14.4, "font": "R", "line": 1}}
{"run": {"text": "Lecturer: Ada Byron", "x": 100, "y": 160, "width": 90, "height": 9, "size": 10, "font": "I", "line": 2}}
{"run": {"text": "Scribe(s): $3", "x": 330, "y": 160, "width": 180, "height": 9, "size": 10, "font": "I", "line": 3}}
{"run": {"text": "1 What a cache is", "x": 90, "y": 220, "width": 150, "height": 13, "size": 14.4, "font": "B", "bold": true, "line": 4}}
{"run": {"text": "It keeps what was used lately, where it is near at hand.", "x": 90, "y": 240, "width": 300, "height": 9, "size": 10, "font": "R", "line": 5}}
{"image": {"x": 90, "y": 300, "width": 200, "height": 100, "pixels": [640, 320]}}
{"run": {"text": "Figure 1: A cache", "x": 90, "y": 410, "width": 100, "height": 9, "size": 10, "font": "R", "line": 6}}
{"page": {"number": 2, "width": 612, "height": 792}}
{"run": {"text": "1.1 Locality", "x": 90, "y": 100, "width": 90, "height": 11, "size": 12, "font": "B", "bold": true, "line": 0}}
{"run": {"text": "In time and in space.", "x": 90, "y": 120, "width": 110, "height": 9, "size": 10, "font": "R", "line": 1}}
{"end": {"pages": 2}}
END
}

repo_init course
write .scribelint.yml <<'END'
notes:
  - files: ["notes/*.pdf", "_posts/*-lecture-*.md"]
END
write _data/lectures.yml <<'END'
- {date: 2024-01-09, title: Beginnings}
- {date: 2024-01-11, title: Caches and more}
END
pdf_note notes/jan11_scribe.pdf 2 'Bo Li and Cy Twombly'
# shellcheck disable=SC2016 # a formula
write_note 01 'A picture: ![a disk](/assets/disk.png) and $x$.'
commit_all 'Start'
answering "$TEMP/helper"
SCRIBELINT_PDF=$TEMP/helper
export SCRIBELINT_PDF
remember_state

# --- A PDF -----------------------------------------------------------------------------------------

expect_status 0 scribelint show notes/jan11_scribe.pdf
expect_output_is <<'END'
notes/jan11_scribe.pdf
  lecture    Jan 11 (2), "Caches and more": so the file name says, "jan11"
  course     ABC-101: Systems, Winter 2024
  number     2
  title      Caches
  lecturer   Ada Byron
  scribes    Bo Li
             Cy Twombly
  made by    TeX
  PDF        1.5
  holds      45 words, 2 pages, 1 figure, 0 formulas, 0 links

Sections
  page 1    1 What a cache is
  page 2      1.1 Locality

Figures
  page 1    Figure 1: A cache  [200 x 100 points, 640 x 320 pixels]
END

# --- What is kept ----------------------------------------------------------------------------------

expect_equal 'asked once' x "$(cat "$TEMP/runs")"
cd notes
expect_status 0 scribelint show --format json jan11_scribe.pdf
expect_output_contains '"title": "Locality"'
expect_output_contains '"page": 2'
expect_output_contains '"outcome": "read"'
expect_status 0 scribelint show --format json notes/jan11_scribe.pdf
expect_output_contains '"title": "Locality"'
cd ..
expect_equal 'the answer was kept' x "$(cat "$TEMP/runs")"
rm -r "$HOME/.cache"
expect_status 0 scribelint show HEAD:notes/jan11_scribe.pdf
expect_equal 'and may be deleted' xx "$(cat "$TEMP/runs")"
expect_unchanged

ln -s notes/jan11_scribe.pdf link.pdf
expect_status 2 scribelint show link.pdf
expect_error_contains '"link.pdf" in'
expect_error_contains 'is a link'
rm link.pdf

# --- Markdown --------------------------------------------------------------------------------------

expect_status 0 scribelint show _posts/2024-01-01-lecture-01.md
expect_output_contains '  title      Lecture 1: Storage'
expect_output_contains '  line 7      What disks do in lecture 01'
expect_output_contains '  line 9    /assets/disk.png  "a disk"'
expect_output_contains '1 figure, '
expect_status 0 scribelint show --format json _posts/2024-01-01-lecture-01.md
expect_output_contains '"line": 7'
expect_output_contains '"pdf": null'

# --- What can't be read ------------------------------------------------------------------------------

write "$TEMP/dying" <<'END'
#!/bin/sh
kill -SEGV $$
END
chmod +x "$TEMP/dying"
pdf_note notes/jan09_scribe.pdf 1 'Bo Li'
SCRIBELINT_PDF=$TEMP/dying
expect_status 0 scribelint show notes/jan09_scribe.pdf
expect_output_contains '  lecture    Jan 9 (1), "Beginnings"'
expect_output_contains '  not read   scribelint-pdf was stopped by SIGSEGV reading it'
SCRIBELINT_PDF=$TEMP/none
expect_status 3 scribelint show notes/jan09_scribe.pdf
expect_output_contains '  not read   scribelint-pdf is not installed'
SCRIBELINT_PDF=$TEMP/helper
: >notes/empty.pdf
expect_status 0 scribelint show notes/empty.pdf
expect_output_contains '  not read   the file is empty'
expect_status 2 scribelint show notes/nothing.pdf
expect_error_contains 'there is no file "notes/nothing.pdf"'
expect_status 2 scribelint show HEAD:notes/jan09_scribe.pdf
expect_status 2 scribelint show nobody:notes/jan09_scribe.pdf
expect_status 2 scribelint show
expect_status 2 scribelint show a b

# --- Rules that look into PDFs -----------------------------------------------------------------------

write "$TEMP/rules/x.yml" <<'END'
- id: word-in-pdf
  severity: error
  summary: s
  why: w
  files: [pdf-notes]
  check: pattern
  scope: file
  forbid: 'Locality|lately'
  message: 'found {value}'
  examples: {good: [x], bad: [x]}
END
rm notes/empty.pdf notes/jan09_scribe.pdf
expect_status 1 scribelint check --all --rules "$TEMP/rules"
expect_output_contains '  page 1  error  found lately  [word-in-pdf]'
expect_output_contains '        | It keeps what was used lately, where it is near at hand.'
expect_output_contains '  page 2  error  found Locality  [word-in-pdf]'
expect_status 1 scribelint check --all --rules "$TEMP/rules" --format json
expect_output_contains '      "page": 2,'
expect_status 1 scribelint check --all --rules "$TEMP/rules" --format github
expect_output_contains '::error file=notes/jan11_scribe.pdf,title=word-in-pdf::Page 1: found lately'
pdf_note notes/jan09_scribe.pdf 1 'Bo Li'
SCRIBELINT_PDF=$TEMP/none
run scribelint check --all --rules "$TEMP/rules"
expect_output_contains 'skipped: PDF notes are checked by name only: scribelint-pdf is not installed'
expect_equal 'said once' 1 "$(grep -c 'not installed' "$OUTPUT")"

finish
