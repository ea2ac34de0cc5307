#!/bin/sh
# .scribelint.yml: which one counts, what each key does, and how it is refused.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

write_marker "$TEMP/rules"

# --- Which file counts --------------------------------------------------------------------------------

repo_init course
write_note 01 MARK-one
commit_all 'Start'
git tag start

# The first one, brought by the change itself: noted, not used.
write .scribelint.yml <<'END'
fail-on: never
END
write_note 02 MARK-two
git add .
expect_status 1 scribelint check --rules "$TEMP/rules"
expect_output_contains 'note: the .scribelint.yml that this change adds takes effect once it is merged'
commit_all 'First configuration'
git tag first
expect_status 1 scribelint check --rules "$TEMP/rules" --base start
expect_output_contains 'takes effect once it is merged'
expect_status 0 scribelint check --rules "$TEMP/rules" --all
expect_output_lacks 'takes effect'
expect_status 1 scribelint check --rules "$TEMP/rules" --all --head start

# A changed one: that of the base counts, also a broken one at the head.
write .scribelint.yml <<'END'
rules: {no-such-rule: off}
END
write_note 03 MARK-three
git add .
expect_status 0 scribelint check --rules "$TEMP/rules"
commit_all 'Break it'
expect_status 0 scribelint check --rules "$TEMP/rules" --base first
expect_status 2 scribelint check --rules "$TEMP/rules" --all
expect_error_contains '.scribelint.yml:1:9: there is no rule "no-such-rule"'
expect_status 2 scribelint check --rules "$TEMP/rules"

# Mending it: the base is broken, and says so; --config helps.
write .scribelint.yml <<'END'
fail-on: error
END
git add .
expect_status 2 scribelint check
expect_status 0 scribelint check --config .scribelint.yml
commit_all 'Mend it'

# A deleted one still counts for the change that deletes it; on disk it never does.
git rm -q .scribelint.yml
write .scribelint.yml <<'END'
nonsense: 1
END
expect_status 0 scribelint check
git checkout -q -f HEAD
git checkout -q first
git rm -q .scribelint.yml
write_note 04 MARK-four
git add .
expect_status 0 scribelint check --rules "$TEMP/rules"
commit_all 'Delete it'
expect_status 0 scribelint check --rules "$TEMP/rules" --base first
expect_status 1 scribelint check --rules "$TEMP/rules" --base first --config /dev/null

# A link in its place is not followed, and must not look like no configuration.
printf 'fail-on: never\n' >"$TEMP/outside.yml"
ln -s "$TEMP/outside.yml" .scribelint.yml
commit_all 'Link'
write_note 05 MARK-five
git add .
expect_status 2 scribelint check --rules "$TEMP/rules"
expect_error_contains 'it must be a file'
git checkout -q -f start

# --- --config -----------------------------------------------------------------------------------------

write "$TEMP/never.yml" <<'END'
fail-on: never
END
expect_status 0 scribelint check --all --rules "$TEMP/rules" --config "$TEMP/never.yml"
expect_status 1 scribelint check --all --rules "$TEMP/rules" --config "$TEMP/never.yml" \
    --fail-on error
cd _posts
cp "$TEMP/never.yml" here.yml
expect_status 0 scribelint check --all --rules "$TEMP/rules" --config here.yml
rm here.yml
cd ..
expect_status 2 scribelint check --all --config nowhere.yml
expect_error_contains 'nowhere.yml'
expect_status 2 scribelint check --all --config "$TEMP"
: >"$TEMP/empty.yml"
expect_status 0 scribelint check --all --config "$TEMP/empty.yml"

# --- What is refused ----------------------------------------------------------------------------------

# refuse PLACE WORDS: standard input as configuration is refused there, with status 2.
refuse() {
    write "$TEMP/config.yml"
    run scribelint check --all --config "$TEMP/config.yml"
    if [ "$status" -eq 2 ] && grep -qF "config.yml:$1: " "$ERRORS" && grep -qF -- "$2" "$ERRORS" &&
        [ ! -s "$OUTPUT" ] && [ "$(wc -l <"$ERRORS")" -eq 1 ]; then
        pass "refused at $1: $2"
    else
        fail_run "refused at $1: $2"
    fi
}
refuse 2:1 'unknown key "fail_on"' <<'END'
math: none
fail_on: never
END
refuse 3:5 'unknown key "titel"' <<'END'
notes:
  - files: "*.md"
    titel: "Lecture {n}: {title}"
END
refuse 2:25 'unknown key "need"' <<'END'
notes:
- {files: a, metadata: {need: [x]}}
END
refuse 4:9 'unknown key "name"' <<'END'
notes:
  - files: "*.md"
    sections:
      - name: Summary
END
refuse 2:27 '"min" takes a whole number from 1 to 9999' <<'END'
notes:
- {files: a, pages: {min: few}}
END
refuse 2:21 '"min" is more than "max"' <<'END'
notes:
- {files: a, pages: {min: 12, max: 4}}
END
refuse 2:22 'unknown key "least"' <<'END'
notes:
- {files: a, pages: {least: 4}}
END
refuse 2:31 '"max" takes a whole number' <<'END'
notes:
- {files: a, megabytes: {max: 0}}
END
refuse 2:26 'unknown key "min"' <<'END'
notes:
- {files: a, megabytes: {min: 1}}
END
refuse 1:8 'notes' <<'END'
notes: all
END
refuse 2:5 '"files" is missing' <<'END'
notes:
  - title: x
END
refuse 1:17 'files' <<'END'
notes: [{files: {a: b}}]
END
refuse 2:12 'takes text' <<'END'
notes:
- {files: [[nested]]}
END
refuse 1:7 'math' <<'END'
math: katex
END
refuse 1:10 'fail-on' <<'END'
fail-on: off
END
refuse 1:8 'rules' <<'END'
rules: [image-missing]
END
refuse 2:18 'severity' <<'END'
rules:
  image-missing: fatal
END
refuse 3:3 'there is no rule "image-mising"' <<'END'
rules:
  date-missing: off
  image-mising: off
END
refuse 4:19 'missing closing parenthesis' <<'END'
notes:
  - files: "*.md"
    sections:
      - {heading: '(unclosed'}
END
refuse 1:17 'unclosed' <<'END'
notes: [{files: '[unclosed'}]
END
refuse 2:10 'unclosed' <<'END'
math: none
allow: [ '{unclosed' ]
END
refuse 1:17 '"year"' <<'END'
course: {year:  25}
END
refuse 1:20 '"timezone"' <<'END'
course: {timezone: Pacific time}
END
refuse 2:10 'unknown key "video"' <<'END'
schedule:
  keys: {video: recording}
END
refuse 1:9 '"file" is missing' <<'END'
roster: {columns: {names: Scribe}}
END
refuse 1:18 '"days" takes a whole number' <<'END'
deadline: {days: -3}
END
refuse 3:9 '"time" takes' <<'END'
deadline:
  days: 10
  time: 25:00
END
refuse 1:21 '"max" is less than "min"' <<'END'
team: {min: 4, max: 2}
END
refuse 3:11 'no form of file names: there is no such place' <<'END'
notes:
  - files: "*.md"
    name: "{lecture}.md"
END
refuse 3:11 'numbers side by side' <<'END'
notes:
  - files: "*.md"
    name: "{m}{d}.md"
END
refuse 4:13 'there is no rule "image-mising"' <<'END'
overrides:
  - {files: a, rules: {image-missing: off}}
  - files: b
    rules: {image-mising: off}
END
refuse 2:5 '"rules" is missing' <<'END'
overrides:
  - files: "_posts/**"
END
refuse 2:38 'severity' <<'END'
overrides:
  - {files: a, rules: {date-missing: never}}
END
refuse 3:1 'a second YAML document' <<'END'
math: none
# Two files put together.
---
fail-on: never
END
refuse 2:1 'twice' <<'END'
math: none
math: site
END
refuse 1:1 'key' <<'END'
- notes
END
refuse 2:8 '' <<'END'
math: none
rules: [unclosed
END

# --- rules --------------------------------------------------------------------------------------------

git checkout -q -f -B rules start
write .scribelint.yml <<'END'
notes: [{files: "_posts/*.md"}]
rules:
  image-missing: notice
  date-missing: off
  marker: warning
END
commit_all 'Configure'
write _posts/2024-01-02-lecture-02.md <<'END'
---
title: x
---
![none](/none.png) MARK-two
END
git add .
expect_findings --rules "$TEMP/rules" <<'END'
introduced head image-missing _posts/2024-01-02-lecture-02.md:4
introduced head marker _posts/2024-01-02-lecture-02.md:4 found MARK-two
END
expect_equal 'severities are those of the configuration' 0 "$status"
expect_output_contains '"warnings": 1,'
expect_output_contains '"notices": 1,'
expect_output_contains '"errors": 0,'
expect_status 2 scribelint check
expect_error_contains '.scribelint.yml:5:3: there is no rule "marker"'
git checkout -q -f start

# --- overrides ----------------------------------------------------------------------------------------

# What is off may be on for some files, and the other way round; of two the last one counts.
git checkout -q -f -B overrides start
write .scribelint.yml <<'END'
notes: [{files: "_posts/*.md"}]
rules: {date-missing: off, image-missing: warning}
overrides:
  - files: "_posts/2019-*"
    rules: {image-missing: off, date-missing: error}
  - files: ["_posts/*-05-x.md", "_posts/2019-02-*"]
    rules: {image-missing: notice}
END
commit_all 'Configure'
for day in 2019-01-04 2019-02-03 2024-01-05 2024-01-06; do
    printf -- '---\ntitle: %s\n---\n![none](/none.png)\n' "$day" | write "_posts/$day-x.md"
done
git add .
expect_findings <<'END'
introduced head date-missing _posts/2019-01-04-x.md:1
introduced head date-missing _posts/2019-02-03-x.md:1
introduced head image-missing _posts/2019-02-03-x.md:4
introduced head image-missing _posts/2024-01-05-x.md:4
introduced head image-missing _posts/2024-01-06-x.md:4
END
expect_equal 'errors of an override fail' 1 "$status"
expect_output_contains '"errors": 2,'
expect_output_contains '"warnings": 1,'
expect_output_contains '"notices": 2,'
# A rule that is on for some files counts among those that ran.
with=$(sed -n 's/^ *"rules": \([0-9]*\),*$/\1/p' "$OUTPUT")
sed 's/, date-missing: error//' .scribelint.yml >"$TEMP/without.yml"
run scribelint check --format json --config "$TEMP/without.yml"
expect_equal 'rules in force' "$((with - 1))" \
    "$(sed -n 's/^ *"rules": \([0-9]*\),*$/\1/p' "$OUTPUT")"
expect_equal 'nothing fails without' 0 "$status"

# A comment that silences what is off there anyway is not asked to be of use.
silence='<!-- scribelint-disable-file image-missing: drawn later -->'
printf -- '---\ntitle: x\n---\n%s\n\nText.\n' "$silence" | write _posts/2019-01-07-x.md
cp _posts/2019-01-07-x.md _posts/2024-01-08-x.md
git add .
run scribelint check --format json
list_findings "$OUTPUT" | grep suppression >"$TEMP/unused"
echo 'introduced head suppression-unused _posts/2024-01-08-x.md:4' >"$TEMP/expected"
expect_same_file "$TEMP/expected" "$TEMP/unused"
git checkout -q -f start

# --- Sections, metadata, template -----------------------------------------------------------------------

git checkout -q -f -B kinds start
git rm -q -r _posts
write .scribelint.yml <<'END'
notes:
  - files: "lectures/*.md"
    template: "lectures/how-to.md"
    metadata: {required: [title, scribes]}
    sections:
      - heading: "^summary$"
      - {heading: "references|reading", required: true}
      - {heading: "exercises", required: false}
    assets: ["lectures/img/{stem}/"]
rules: {date-missing: off}
END
write lectures/how-to.md <<'END'
---
title: "Lecture 5: how to write notes, though it has a number"
abstract: An abstract that the template has and notes need not have.
---

The template explains at some length how notes are written, in a paragraph of its own.
END
write lectures/template.md <<'END'
---
title: Looks like a template
nonsense: and has other keys
scribes: [a]
---

## Summary

Text.

## Further reading

More.
END
commit_all 'Configure'
git tag kinds
expect_status 0 scribelint check --all
write lectures/a.md <<'END'
---
title: A
scribes:
---

## Summary

## Reading list

The template explains at some length how notes are written, in a paragraph of its own.
END
write lectures/b.md <<'END'
---
title: B
scribes: [b]
---

## A summary of much

Text.
END
write _posts/2024-01-09-lecture-09.md <<'END'
No note here.
END
echo 'x' >>lectures/how-to.md
mkdir -p lectures/img/a lectures/img/c
echo x >lectures/img/a/plot.png
echo x >lectures/img/c/plot.png
git add .
run scribelint check --format json
list_findings "$OUTPUT" | awk '
    $3 ~ /^(file-outside-scope|front-matter-missing|metadata-missing|section-(missing|empty)|template-.*)$/ {
        sub(/:[0-9]+$/, "", $4)
        print $3, $4
    }' >"$TEMP/found"
cat >"$TEMP/expected" <<'END'
file-outside-scope _posts/2024-01-09-lecture-09.md
file-outside-scope lectures/img/c/plot.png
front-matter-missing _posts/2024-01-09-lecture-09.md
metadata-missing lectures/a.md
section-empty lectures/a.md
section-missing lectures/b.md
section-missing lectures/b.md
template-changed lectures/how-to.md
template-prose-left lectures/a.md
END
expect_same_file "$TEMP/expected" "$TEMP/found"
expect_output_contains 'scribes'
expect_output_contains '^summary$'
expect_output_contains 'references|reading'

# The built-in configuration, written out, changes nothing.
git checkout -q -f -B written start
write .scribelint.yml <<'END'
notes:
  - files: '_posts/*-lecture*.{md,markdown}'
    template: '_posts/*template*.{md,markdown}'
    title: 'Lecture {n}: {title}'
    metadata: {optional: [abstract, date]}
    assets:
      - 'assets/img/notes/lecture-{nn}/'
      - 'assets/bibliography/{stem}.bib'
  - files: 'assets/scribe_notes/*.pdf'
allow: ['_modules/*.md']
END
write_note 07 MARK-seven 'See [cite Someone 12] TODO.' '![x](none.png)'
commit_all 'Note'
run scribelint check --all --format json
# The text of the configuration is in the verdict id.
without_verdict() { grep -v '^  "verdict": ' "$OUTPUT"; }
without_verdict >"$TEMP/written"
run scribelint check --all --format json --config /dev/null
without_verdict >"$TEMP/empty"
expect_same_file "$TEMP/written" "$TEMP/empty"
git rm -q --cached .scribelint.yml
run scribelint check --all --format json --head "$(git commit-tree -m x "$(git write-tree)")"
grep -v '"head":\|"files":' "$TEMP/written" >"$TEMP/with"
without_verdict | grep -v '"head":\|"files":' >"$TEMP/without"
expect_same_file "$TEMP/with" "$TEMP/without"
# What begins with "/" or "./" matches no path.
printf 'notes: [{files: "/_posts/*.md"}]\n' >"$TEMP/rooted.yml"
expect_status 2 scribelint check --all --config "$TEMP/rooted.yml"
expect_error_contains 'rooted.yml:1:17: paths begin at the root'

finish
