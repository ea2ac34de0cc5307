#!/bin/sh
# Rules of a course: --rules DIR, the commands `rules` and `rules --test`, and what is refused.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

repo_init course
commit_all 'Start'
write_note 01 'Clearly this holds, obviously.' 'A bar.'
git add .

# --- A rule of the course's own -------------------------------------------------------------------------

write "$TEMP/lint/wording.yml" <<'END'
- id: handwaving
  severity: notice
  summary: A word that hides a missing step
  why: What is clear to the writer is what readers ask about.
  files: [notes]
  check: pattern
  scope: prose
  forbid: '(?i)\b(?:clearly|obviously|trivially)\b'
  message: '"{value}" says that a step is missing in {file}'
  fix: give the step, or delete the word
  examples:
    good:
      - |
        ---
        title: "Lecture 2: Storage"
        ---
        `clearly` in code is code. $$ clearly $$
    bad:
      - text: |
          ---
          title: "Lecture 2: Storage"
          ---
          Clearly this holds.
        value: Clearly
END
write "$TEMP/lint/more.yaml" <<'END'
- id: figure-outside-folder
  severity: warning
  summary: Picture of a note in the root of the images
  why: Two lectures will have a plot.png.
  files: ["assets/img/*.png"]
  check: paths
  forbid: ["assets/img/*.png"]
  message: '"{value}" stands in no folder of its own'
  examples:
    good: [{text: "", path: assets/img/notes/lecture-02/plot.png}]
    bad: [{text: "", path: assets/img/plot.png, value: assets/img/plot.png}]
END
write "$TEMP/lint/README.md" <<'END'
Not a rule file.
END
write "$TEMP/lint/.hidden.yml" <<'END'
nonsense: [
END
remember_state
expect_findings --rules "$TEMP/lint" <<'END'
introduced head handwaving _posts/2024-01-01-lecture-01.md:9 \"Clearly\" says that a step is missing in _posts/2024-01-01-lecture-01.md
introduced head handwaving _posts/2024-01-01-lecture-01.md:9 \"obviously\" says that a step is missing in _posts/2024-01-01-lecture-01.md
END
cp "$TEMP/expected" "$TEMP/handwaving"
expect_equal 'a notice does not fail' 0 "$status"
expect_status 1 scribelint check --rules "$TEMP/lint" --fail-on notice
expect_output_contains 'fix:'
expect_output_contains '[handwaving]'
expect_findings </dev/null
expect_unchanged

cp -r "$TEMP/lint" lint
cd _posts
expect_findings --rules ../lint <"$TEMP/handwaving"
cd ..
rm -r lint

# --- The lists ------------------------------------------------------------------------------------------

expect_status 0 scribelint rules "$TEMP/lint"
expect_equal 'a folder has its own rules only' 2 "$(wc -l <"$OUTPUT" | tr -d ' ')"
expect_output_contains 'handwaving'
expect_output_contains 'figure-outside-folder'
expect_status 0 scribelint rules --test "$TEMP/lint"
expect_output_is <<'END'
ok 1 - figure-outside-folder: good example 1
ok 2 - figure-outside-folder: bad example 2
ok 3 - handwaving: good example 1
ok 4 - handwaving: bad example 2
1..4
END
expect_status 0 scribelint rules
expect_output_contains 'image-missing'
sort "$OUTPUT" >"$TEMP/sorted"
expect_same_file "$TEMP/sorted" "$OUTPUT"
built_in=$(awk '$2 != "off"' "$OUTPUT" | wc -l)
run scribelint check --rules "$TEMP/lint"
expect_output_contains "$((built_in + 2)) rules"
expect_status 2 scribelint rules "$TEMP/lint" "$TEMP/lint"
expect_status 2 scribelint rules --nonsense
cd "$TEMP" # no repository is needed
expect_status 0 scribelint rules --test
cd "$TEMP/area/course"

# --- Examples that do not behave ------------------------------------------------------------------------

# rule_with KEY VALUE...: a good rule with lines put in or replaced, as $TEMP/broken/rule.yml.
# Each argument is a line of the rule; one that begins like a line of the good rule replaces it.
rule_with() {
    write "$TEMP/good.txt" <<'END'
id: foo
severity: error
summary: A word
why: A reason.
files: [any]
check: pattern
scope: file
forbid: '\bfoo\b'
message: '{value} is left'
examples: {good: [bar], bad: [foo]}
END
    mkdir -p "$TEMP/broken"
    {
        printf '# A comment takes line 1.\n'
        printf '%s\n' "$@" >"$TEMP/changes.txt"
        awk '
            function key(line) { sub(/:.*/, "", line); return line }
            function show(line) { print (shown++ ? "  " : "- ") line }
            FNR == NR { changed[key($0)] = $0; order[++count] = key($0); next }
            key($0) in changed { line = changed[key($0)]; used[key($0)] = 1
                if (line !~ /: DROP$/) show(line); next }
            { show($0) }
            END { for (i = 1; i <= count; i++) if (!(order[i] in used) && order[i] != "") show(changed[order[i]]) }
        ' "$TEMP/changes.txt" "$TEMP/good.txt"
    } >"$TEMP/broken/rule.yml"
}

rule_with ''
expect_status 0 scribelint rules --test "$TEMP/broken"
rule_with "examples: {good: [foo], bad: [foo]}"
expect_status 1 scribelint rules --test "$TEMP/broken"
expect_output_contains "not ok 1 - $TEMP/broken/rule.yml:11:21: a good example is flagged: foo is left"
expect_output_contains 'ok 2 - foo: bad example 2'
expect_output_contains '1..2'
rule_with "examples: {good: [bar], bad: [bar]}"
expect_status 1 scribelint rules --test "$TEMP/broken"
expect_output_contains "not ok 2 - $TEMP/broken/rule.yml:11:33: a bad example is not flagged"
rule_with "examples: {good: [bar], bad: [{text: foo, value: food}]}"
expect_status 1 scribelint rules --test "$TEMP/broken"
expect_output_contains 'flagged is "foo", not "food"'
rule_with "forbid: '^(?:a|aa|a+)+b\$'" \
    "examples: {good: [\"$(printf 'a%.0s' $(seq 100))c b\"], bad: [ab]}"
expect_status 1 scribelint rules --test "$TEMP/broken"
expect_output_contains 'could not be decided'
rule_with 'forbid: "foo[^\\n]*"' "examples: {good: [bar], bad: [\"foo bar\\n\"]}"
expect_status 1 scribelint rules --test "$TEMP/broken"
expect_output_contains 'with CRLF line ends other things are flagged: 1:1: '
rule_with 'forbid: "foo(?=\\n)"' "examples: {good: [bar], bad: [\"foo\\n\"]}"
expect_status 1 scribelint rules --test "$TEMP/broken"
expect_output_contains 'with CRLF line ends other things are flagged: 1:1: '
rule_with 'forbid: "foo(?=\\r?\\n)"' "examples: {good: [bar], bad: [\"foo\\n\"]}"
expect_status 1 scribelint rules --test "$TEMP/broken"
expect_output_contains 'without a line end at the end of the files other things are flagged: 1:1: '
rule_with 'forbid: "foo$"' "examples: {good: [bar], bad: [\"foo\\n\"]}"
expect_status 0 scribelint rules --test "$TEMP/broken"
rule_with "message: '##[error]{value}'" 'examples: {good: ["foo"], bad: ["foo"]}' \
    'summary: "\e[31m##[error]red\n::error::x"'
run scribelint rules --test "$TEMP/broken"
expect_output_lacks '##['
run scribelint rules "$TEMP/broken"
expect_output_lacks '##['
expect_equal 'one line a rule' 1 "$(wc -l <"$OUTPUT" | tr -d ' ')"
expect_equal 'no ESC byte' 0 "$(tr -cd '\033' <"$OUTPUT" | wc -c | tr -d ' ')"

# --- What is refused ------------------------------------------------------------------------------------

# refuse PLACE WORDS LINE...: the rule with these lines is refused by every command, at that place.
refuse() {
    refuse_place=$1
    refuse_words=$2
    shift 2
    rule_with "$@"
    refuse_everywhere "$refuse_place" "$refuse_words"
}
refuse_everywhere() {
    for refuse_command in 'rules' 'rules --test' 'check --all --rules'; do
        # shellcheck disable=SC2086
        run scribelint $refuse_command "$TEMP/broken"
        if [ "$status" -eq 2 ] && grep -qF "rule.yml:$1: " "$ERRORS" &&
            grep -qF -- "$2" "$ERRORS" && [ ! -s "$OUTPUT" ] && [ "$(wc -l <"$ERRORS")" -eq 1 ]; then
            pass "$refuse_command: refused at $1: $2"
        else
            fail_run "$refuse_command: refused at $1: $2"
        fi
    done
}
refuse 12:3 'unknown key "forbids"' 'forbids: x'
refuse 12:3 'unknown key "finds"' 'finds: missing'
refuse 3:13 'severity' 'severity: fatal'
refuse 2:7 'id' 'id: [a, b]'
refuse 2:7 'id' 'id: Foo_Bar'
refuse 2:7 'id' 'id: -foo'
refuse 4:12 'takes text' 'summary: {a: b}'
refuse 6:10 'files' 'files: {a: b}'
refuse 6:11 '' "files: ['[unclosed']"
refuse 7:10 'no check "patern"' 'check: patern'
refuse 7:10 'check' 'check: [pattern]'
refuse 8:10 'scope' 'scope: titles'
refuse 9:11 '' "forbid: '(unclosed'"
refuse 9:11 '' "forbid: '(?<=a+)b'"
refuse 9:11 '' "forbid: '\\C'"
refuse 2:3 'forbid' 'require: x'
refuse 2:3 'forbid' 'forbid: DROP'
refuse 10:12 'no place {target}' "message: 'found {target}'"
refuse 12:8 'no place {target}' "fix: 'commit {target}'"
refuse 11:13 'key: value' 'examples: [x]'
refuse 11:13 '"bad" is missing' 'examples: {good: [x]}'
refuse 11:20 'good' 'examples: {good: [], bad: [foo]}'
refuse 11:22 'unknown key "txt"' 'examples: {good: [{txt: x}], bad: [foo]}'
refuse 2:3 '"why" is missing' 'why: DROP'
refuse 2:3 '"examples" is missing' 'examples: DROP'
refuse 2:3 '"id" is missing' 'id: DROP'
refuse 2:3 '"check" is missing' 'check: DROP' 'scope: DROP' 'forbid: DROP'
refuse 2:3 '"message" is missing' 'message: DROP'

write "$TEMP/broken/rule.yml" <<'END'
id: foo
END
refuse_everywhere 1:1 'list'
write "$TEMP/broken/rule.yml" <<'END'
- foo
END
refuse_everywhere 1:3 'key'
write "$TEMP/broken/rule.yml" <<'END'
- id: foo
  summary: "unclosed
END
refuse_everywhere 2:12 'quoted'
write "$TEMP/broken/rule.yml" <<'END'
- id: foo
  id: bar
END
refuse_everywhere 2:3 'twice'

# An id that is taken: in the file, in the folder, by a built-in rule.
rule_with ''
sed 1d "$TEMP/broken/rule.yml" >"$TEMP/again"
cat "$TEMP/again" >>"$TEMP/broken/rule.yml"
refuse_everywhere 12:7 'there is a rule "foo" already'
rule_with ''
cp "$TEMP/broken/rule.yml" "$TEMP/broken/other.yml"
refuse_everywhere 2:7 'there is a rule "foo" already'
rm "$TEMP/broken/other.yml"
rule_with 'id: image-missing'
refuse_everywhere 2:7 'there is a rule "image-missing" already'

# Folders.
mkdir "$TEMP/hollow"
for command in rules 'rules --test' 'check --all --rules'; do
    for folder in hollow nowhere good.txt; do
        # shellcheck disable=SC2086
        run scribelint $command "$TEMP/$folder"
        if [ "$status" -eq 2 ] && grep -qF "$TEMP/$folder" "$ERRORS"; then pass "$command: $folder"
        else fail_run "$command: $folder"; fi
    done
done
finish
