#!/bin/sh
# Exit statuses: 0 clean, 1 findings from --fail-on on, 2 wrong usage or configuration, 3 undecided;
# 2 wins over 1, 1 over 3.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

repo_init course
commit_all 'Start'
for severity in error warning notice off; do
    write_marker "$TEMP/$severity" $severity
done
write_note 01 MARK-one
git add .

# --- --fail-on at each level --------------------------------------------------------------------------

# The table: severity of the finding, then the status with --fail-on error, warning, notice, never.
while read -r severity error warning notice never; do
    expect_status "$error" scribelint check --rules "$TEMP/$severity"
    expect_status "$error" scribelint check --rules "$TEMP/$severity" --fail-on error
    expect_status "$warning" scribelint check --rules "$TEMP/$severity" --fail-on warning
    expect_status "$notice" scribelint check --rules "$TEMP/$severity" --fail-on=notice
    expect_status "$never" scribelint check --rules "$TEMP/$severity" --fail-on never
    for format in text github json lines; do
        expect_status "$warning" scribelint check --rules "$TEMP/$severity" --fail-on warning \
            --format $format
    done
done <<'END'
error 1 1 1 0
warning 0 1 1 0
notice 0 0 1 0
off 0 0 0 0
END
expect_status 1 scribelint check --rules "$TEMP/error" --fail-on never --fail-on error
for level in off Error '' 'error ' 1; do
    run scribelint check --fail-on "$level"
    expect_equal "--fail-on \"$level\"" 2 "$status"
done

# --- Carried and fixed findings never fail --------------------------------------------------------------

git commit -q -m 'One'
write_note 01 MARK-one More.
git add .
expect_status 0 scribelint check --rules "$TEMP/error" --fail-on notice
expect_output_contains '1 carried'
write_note 01 More.
git add .
expect_status 0 scribelint check --rules "$TEMP/error" --fail-on notice
expect_output_contains '1 fixed'
git commit -q -m 'Fixed'

# --- Undecided ------------------------------------------------------------------------------------------

# A rule that reaches its limit on one note.
mkdir "$TEMP/slow"
write "$TEMP/slow/slow.yml" <<'END'
- id: slow
  severity: error
  summary: A pattern that takes for ever
  why: It must be stopped.
  files: [notes]
  check: pattern
  scope: file
  forbid: '^(?:a|aa|a+)+b$'
  message: found
  examples: {good: [x], bad: [ab]}
END
cp "$TEMP/error/marker.yml" "$TEMP/slow"
write_note 02 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac 'A line with the b that the search looks for first.'
git add .
expect_status 0 scribelint check
expect_status 3 scribelint check --rules "$TEMP/slow"
expect_output_contains 'undecided: _posts/2024-01-02-lecture-02.md: slow'
expect_status 3 scribelint check --rules "$TEMP/slow" --fail-on never
expect_status 3 scribelint check --rules "$TEMP/slow" --format json
expect_output_contains '"undecided": ['
expect_output_lacks '"undecided": []'
expect_status 3 scribelint check --rules "$TEMP/slow" --format github
expect_output_contains 'title=could not be checked::'
expect_status 3 scribelint check --rules "$TEMP/slow" --all \
    --head "$(git commit-tree -m x "$(git write-tree)")"

# 1 over 3.
write_note 03 MARK-three
git add .
expect_status 1 scribelint check --rules "$TEMP/slow"
expect_output_contains 'undecided: _posts/2024-01-02-lecture-02.md'
expect_output_contains '1 error introduced (blocking); 1 undecided'
expect_status 3 scribelint check --rules "$TEMP/slow" --fail-on never
expect_status 3 scribelint check --rules "$TEMP/slow" _posts/2024-01-02-lecture-02.md
expect_status 1 scribelint check --rules "$TEMP/slow" _posts/2024-01-03-lecture-03.md

# 2 over both.
expect_status 2 scribelint check --rules "$TEMP/slow" --nonsense
expect_status 2 scribelint check --rules "$TEMP/slow" nowhere.md
expect_status 2 scribelint check --rules "$TEMP/slow" --config "$TEMP/nowhere.yml"
expect_status 2 scribelint check --rules "$TEMP/nowhere"
git rm -q -rf --cached _posts/2024-01-03-lecture-03.md

# A note that is too large, or no text, can't be decided either; what is no note is not asked.
{ cat _posts/2024-01-01-lecture-01.md && yes 'A line of a very long note.' | head -c 11000000; } \
    >_posts/2024-01-04-lecture-04.md
mkdir files
cp _posts/2024-01-04-lecture-04.md files/large.bin
git add files
expect_status 0 scribelint check files
git add _posts/2024-01-04-lecture-04.md
expect_status 3 scribelint check _posts/2024-01-04-lecture-04.md
expect_status 3 scribelint check --all --head "$(git commit-tree -m x "$(git write-tree)")"
expect_output_contains 'undecided: _posts/2024-01-04-lecture-04.md'
finish
