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
expect_line "  - files: 'assets/scribe_notes/*.pdf'  # default; matches no file"
expect_line "    title: 'Lecture {n}: {title}'  # default"
expect_line "  - '_modules/*.md'  # default"
for key in schedule roster deadline team; do
    expect_line "$key: {}  # default"
done
expect_line 'overrides: []  # default'
expect_line 'math: site  # default'
expect_line 'fail-on: error  # default'
expect_line '  date-missing: notice  # default'
scribelint rules | sed 's/^\([^ ]*\) *\([^ ]*\) .*/  \1: \2  # default/' >"$TEMP/rules-listed"
sed -n '/^rules:/,/^overrides:/{/^  /p;}' "$OUTPUT" >"$TEMP/rules-printed"
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
expect_line "      - 'notes/*.md'  # .scribelint.yml:4; matches no file"
expect_line "        - 'a: b'  # .scribelint.yml:5"
expect_line "      - heading: 'off'  # .scribelint.yml:8"
expect_line '        required: false  # .scribelint.yml:8'
expect_line '      - "lectures/\U0000202E\U00000023\U00000023\U0000005Bx].md"  # .scribelint.yml:4; matches no file'
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
without_verdict() { grep -v '^  "verdict": ' "$OUTPUT"; } # the text of the configuration is in it
without_verdict >"$TEMP/by-theirs"
run scribelint check --format json --config "$TEMP/saved.yml"
without_verdict >"$TEMP/by-ours"
expect_same_file "$TEMP/by-theirs" "$TEMP/by-ours"

# Notes are the defaults' where the file says nothing of them.
printf 'math: none\n' >"$TEMP/math.yml"
expect_round_trip --config "$TEMP/math.yml"
expect_status 0 scribelint config --config "$TEMP/math.yml"
expect_line "math: none  # $TEMP/math.yml:1"
expect_line "    title: 'Lecture {n}: {title}'  # default"
printf 'math:\n  macros: [RR, "\\\\E"]\n  dollars: dollar\n' >"$TEMP/math.yml"
expect_round_trip --config "$TEMP/math.yml"
expect_status 0 scribelint config --config "$TEMP/math.yml"
expect_line 'math:'
expect_line '  macros:'
expect_line "    - RR  # $TEMP/math.yml:2"
expect_line "    - '\E'  # $TEMP/math.yml:2"
expect_line "  dollars: dollar  # $TEMP/math.yml:3"

# What the course asks for, and which globs look at nothing.
write "$TEMP/asks.yml" <<'END'
course: {timezone: Europe/Berlin, year: 2025}
schedule:
  files: [_posts/, "_modules/*.md"]
  keys: {recording: video}
roster: {file: people/scribes.csv, columns: {names: [Scribe 1, "Scribe: 2"], accounts: GitHub}}
deadline: {days: 10, extensions: {5: 14, "Oct 7": 12}}
team: {min: 2, max: 4}
images: {figures: captioned}
notes:
  - {files: "_posts/*.md", name: "{yyyy}-{mm}-{dd}-lecture-{nn}.md"}
  - files: [none/*.md, "**/*-lecture-01.md"]
overrides:
  - files: "_posts/2019-*"
    rules: {image-alt-missing: off, date-missing: "error"}
  - files: _posts/*.md
    rules: {image-alt-missing: warning}
END
expect_status 0 scribelint config --config "$TEMP/asks.yml"
expect_line "  year: 2025  # $TEMP/asks.yml:1"
expect_line "    - '_posts/'  # $TEMP/asks.yml:3"
expect_line "    - '_modules/*.md'  # $TEMP/asks.yml:3; matches no file"
expect_line "    recording: video  # $TEMP/asks.yml:4"
expect_line "  file: people/scribes.csv  # $TEMP/asks.yml:5"
expect_line "      - 'Scribe: 2'  # $TEMP/asks.yml:5"
expect_line "  days: 10  # $TEMP/asks.yml:6"
expect_line "    5: 14  # $TEMP/asks.yml:6"
expect_line "    'Oct 7': 12  # $TEMP/asks.yml:6"
expect_line "  time: '23:59:59'  # default"
expect_line "  max: 4  # $TEMP/asks.yml:7"
expect_line "  figures: captioned  # $TEMP/asks.yml:8"
expect_line "    max: 5000  # default"
expect_line "  - files: '_posts/*.md'  # $TEMP/asks.yml:10"
expect_line "    name: '{yyyy}-{mm}-{dd}-lecture-{nn}.md'  # $TEMP/asks.yml:10"
expect_line "      - 'none/*.md'  # $TEMP/asks.yml:11; matches no file"
expect_line "      - '**/*-lecture-01.md'  # $TEMP/asks.yml:11"
expect_line "  - files: '_posts/2019-*'  # $TEMP/asks.yml:13; matches no file"
expect_line "      date-missing: error  # $TEMP/asks.yml:14"
expect_line "  - files: '_posts/*.md'  # $TEMP/asks.yml:15"
expect_round_trip --config "$TEMP/asks.yml"

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
