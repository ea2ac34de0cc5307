#!/bin/sh
# scribelint config: what is in force, where it comes from, and YAML that can be read again.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# expect_line LINE: the last standard output has exactly this line.
expect_line() {
    if grep -qxF -e "$1" "$OUTPUT"; then
        pass "line: $1"
    else
        fail_run "line: $1"
    fi
}

# values FILE: without the comments.
values() {
    sed 's/ *# [^#'"'"']*$//' "$1"
}

# expect_round_trip ARGUMENT...: what `config ARGUMENT...` prints, taken as the configuration, gives
# the same values.
expect_round_trip() {
    expect_status 0 scribelint config "$@"
    cp "$OUTPUT" "$TEMP/saved.yml"
    expect_status 0 scribelint config --config "$TEMP/saved.yml"
    values "$TEMP/saved.yml" >"$TEMP/values"
    values "$OUTPUT" >"$TEMP/values-again"
    expect_same_file "$TEMP/values" "$TEMP/values-again"
    expect_output_lacks '# default'
}

# --- The defaults -------------------------------------------------------------------------------------

repo_init course
expect_status 0 scribelint config
expect_line '# In force for what is not committed yet: the built-in defaults'
write_note 01 'One.'
commit_all 'Start'
start=$(git rev-parse HEAD | cut -c 1-10)
remember_state
expect_round_trip
expect_unchanged
expect_status 0 scribelint config
expect_line "# In force for what is not committed yet: the built-in defaults, since commit $start has no .scribelint.yml"
expect_line 'course: {}  # default'
expect_line "  - files: '_posts/*-lecture*.{md,markdown}'  # default"
expect_line "    title: 'Lecture {n}: {title}'  # default"
expect_line "  - '_modules/*.md'  # default"
expect_line 'math: site  # default'
expect_line 'fail-on: error  # default'
expect_line '  date-missing: notice  # default'
scribelint rules | sed 's/^\([^ ]*\) *\([^ ]*\) .*/  \1: \2  # default/' >"$TEMP/rules-listed"
sed -n '/^rules:/,/^fail-on:/{/^  /p;}' "$OUTPUT" >"$TEMP/rules-printed"
expect_same_file "$TEMP/rules-listed" "$TEMP/rules-printed"

# --- A file of the course -------------------------------------------------------------------------------

write .scribelint.yml <<'END'
# A comment of theirs.
course: {name: "Bob's # course", repository: a/b}
notes:
  - files: [notes/*.md, "lectures/\u202e\x23#[x].md"]
    metadata: {required: [title, 'a: b', yes], optional: []}
    sections:
      - heading: "^summary|it's$"
      - {heading: 'off', required: false}
rules:
  date-missing: off
  handwaving: error
fail-on: never
END
write .scribelint/rules/wording.yml <<'END'
- id: handwaving
  severity: notice
  summary: A word that hides a missing step
  why: Readers ask.
  files: [notes]
  check: pattern
  scope: prose
  forbid: clearly
  message: a step is missing
  examples: {good: [x], bad: [clearly]}
END
expect_status 0 scribelint config
expect_line 'fail-on: error  # default'
commit_all 'Configure'
commit=$(git rev-parse HEAD | cut -c 1-10)
echo 'fail-on: notice' >.scribelint.yml
expect_status 0 scribelint config
expect_line "# In force for what is not committed yet: .scribelint.yml of commit $commit"
expect_line "  name: 'Bob''s # course'  # .scribelint.yml:2"
expect_line '  repository: a/b  # .scribelint.yml:2'
expect_line "      - 'notes/*.md'  # .scribelint.yml:4"
expect_line "        - 'a: b'  # .scribelint.yml:5"
expect_line '      - heading: off  # .scribelint.yml:8'
expect_line '        required: false  # .scribelint.yml:8'
expect_line '      - "lectures/\U0000202E\U00000023\U00000023\U0000005Bx].md"  # .scribelint.yml:4'
expect_line 'allow: []  # default'
expect_line 'math: site  # default'
expect_line '  date-missing: off  # .scribelint.yml:10'
expect_line '  date-mismatch: error  # default'
expect_line '  handwaving: error  # .scribelint.yml:11'
expect_line 'fail-on: never  # .scribelint.yml:12'
expect_output_lacks '##['
git checkout -q .scribelint.yml
expect_round_trip
expect_status 0 scribelint config --config .scribelint.yml
expect_line 'fail-on: never  # .scribelint.yml:12'

# Saved, it counts as the file that it was made from.
scribelint config >"$TEMP/saved.yml"
git update-index --refresh >/dev/null
write_note 02 'Two.'
git add .
run scribelint check --format json
cp "$OUTPUT" "$TEMP/by-theirs"
run scribelint check --format json --config "$TEMP/saved.yml"
expect_same_file "$TEMP/by-theirs" "$OUTPUT"

# Notes are the defaults' where the file says nothing of them.
printf 'math: none\n' >"$TEMP/math.yml"
expect_round_trip --config "$TEMP/math.yml"
expect_status 0 scribelint config --config "$TEMP/math.yml"
expect_line "math: none  # $TEMP/math.yml:1"
expect_line "    title: 'Lecture {n}: {title}'  # default"

# Where HEAD left the course's branch; a bare repository has its HEAD.
git update-ref refs/remotes/origin/main HEAD~1
git remote add origin /somewhere
expect_status 0 scribelint config
expect_line "# In force for what is not committed yet: the built-in defaults, since commit $start has no .scribelint.yml, where HEAD left the course's branch"
cd ..
git clone -q --bare course bare.git
cd bare.git
expect_status 0 scribelint config
expect_line 'fail-on: never  # .scribelint.yml:12'

# --- What is wrong ------------------------------------------------------------------------------------------

printf 'nonsense: 1\n' >"$TEMP/wrong.yml"
expect_status 2 scribelint config --config "$TEMP/wrong.yml"
expect_status 2 scribelint config something
expect_status 2 scribelint config --nonsense
mkdir "$TEMP/elsewhere"
cd "$TEMP/elsewhere"
expect_status 3 scribelint config

finish
