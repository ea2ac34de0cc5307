#!/bin/sh
# SARIF, rdjsonl and Markdown say what the JSON report says, whatever names and texts hold; and the
# verdict id is the same for the same, from wherever it is looked at.
. "$(dirname "$0")/lib.sh"

repo_init course
write _config.yml <<'END'
title: Course
END
write .scribelint.yml <<'END'
notes: [{files: "_posts/*.md"}]
END
commit_all 'Start the site'
git tag start
write _posts/2024-01-02-lecture-02.md <<'END'
---
title: "Lecture 2: `x` | <b>@everyone</b> ::error::"
---
Ünï <!-- x --> ![a|b](/none&amp;<i>.png) and ![ok](</b c.png>)

TODO: | `pipe` </details> ::stop-commands::x
END
# shellcheck disable=SC2016 # nothing is to expand
hostile='_posts/2024-01-03-lecture-03 `|`<b>#x.md'
printf -- '---\ntitle: y\n---\n![c](/none.png)\n' | write "$hostile"
git add -A

for format in json sarif rdjsonl markdown; do
    scribelint check --format $format >"$TEMP/report.$format" 2>"$ERRORS" || status=$?
    expect_equal "$format: blocks" 1 "${status-0}"
done

if command -v python3 >/dev/null; then
    write "$TEMP/compare.py" <<'END'
import json, sys, urllib.parse

folder = sys.argv[1]
findings = [finding for finding in json.load(open(folder + '/report.json'))['findings']
            if finding['state'] == 'introduced']
wanted = sorted((f['rule'], f['path'], f['line'] or 0) for f in findings)
assert len(wanted) >= 4, wanted

run, = json.load(open(folder + '/report.sarif'))['runs']
rules = [rule['id'] for rule in run['tool']['driver']['rules']]
found = []
for result in run['results']:
    assert rules[result['ruleIndex']] == result['ruleId']
    assert result['level'] in ('error', 'warning', 'note') and result['message']['text']
    assert result['partialFingerprints']
    place, = result['locations']
    place = place['physicalLocation']
    path = urllib.parse.unquote(place['artifactLocation']['uri'])
    found.append((result['ruleId'], path, place.get('region', {}).get('startLine', 0)))
assert sorted(found) == wanted, (found, wanted)

lines = [json.loads(line) for line in open(folder + '/report.rdjsonl')]
found = [(line['code']['value'], line['location']['path'],
          line['location'].get('range', {}).get('start', {}).get('line', 0)) for line in lines]
assert sorted(found) == wanted, (found, wanted)

page = open(folder + '/report.markdown').read()
for rule, path, line in wanted:
    assert '<code>' + rule + '</code>' in page, rule
for bad in ('<b>@everyone', '::error::', '::stop-commands::', '<i>.png', '`pipe`'):
    assert bad not in page, bad
opened, closed = page.count('<details'), page.count('</details>')
assert opened == closed and opened >= 3, (opened, closed)
END
    run python3 "$TEMP/compare.py" "$TEMP"
    expect_equal 'the reports agree, and nothing acts' 0 "$status"
    [ "$status" -eq 0 ] || cat "$ERRORS"
else
    skip 'there is no python3 to read the reports'
fi

# The schema is in the npm package @microsoft/sarif-multitool-linux, as sarif-2.1.0.json.
if [ -f "${SARIF_SCHEMA-}" ] && python3 -c 'import jsonschema' 2>/dev/null; then
    scribelint check --format sarif --show all --all >"$TEMP/all.sarif" || :
    write "$TEMP/schema.py" <<'END'
import json, sys, jsonschema

schema = json.load(open(sys.argv[1], encoding='utf-8-sig'))
validator = jsonschema.validators.validator_for(schema)(schema)
errors = 0
for name in sys.argv[2:]:
    for error in validator.iter_errors(json.load(open(name))):
        print(name, list(error.path), error.message, file=sys.stderr)
        errors += 1
sys.exit(errors > 0)
END
    expect_status 0 python3 "$TEMP/schema.py" "$SARIF_SCHEMA" "$TEMP/report.sarif" "$TEMP/all.sarif"
else
    skip 'SARIF_SCHEMA names no schema, or there is no python3 with jsonschema'
fi

# --- One verdict ----------------------------------------------------------------------------------

id_of() {
    run scribelint check --format json "$@"
    sed -n 's/^  "verdict": "\([0-9a-f]*\)",$/\1/p' "$OUTPUT"
}
staged=$(id_of --staged)
expect_equal 'an id has 12 digits' 12 "${#staged}"
expect_equal 'the working tree is the same' "$staged" "$(id_of --worktree)"
git commit -qm 'Two notes'
expect_equal 'so is the commit' "$staged" "$(id_of --base start --head HEAD)"
expect_equal 'and a pull request of it' "$staged" "$(git update-ref refs/pull/7/head HEAD &&
    git reset -q --hard start && id_of --pull 7 --onto HEAD)"
git reset -q --hard refs/pull/7/head
cp .scribelint.yml "$TEMP/other.yml"
echo 'rules: {image-alt-missing: off}' >>"$TEMP/other.yml"
other=$(id_of --base start --config "$TEMP/other.yml")
expect_equal 'other rules, another id' differs "$([ "$other" = "$staged" ] || echo differs)"
echo 'More.' >>_posts/2024-01-02-lecture-02.md
git commit -qam 'Say more'
other=$(id_of --base start)
expect_equal 'other content, another id' differs "$([ "$other" = "$staged" ] || echo differs)"

# What Git tells apart: names and modes. A clean change is as good as any.
git tag middle
git mv _posts/2024-01-02-lecture-02.md _posts/2024-01-04-lecture-04.md
moved=$(id_of --staged)
expect_equal 'a file renamed, another id' differs "$([ "$moved" = "$other" ] || echo differs)"
git commit -qm 'Move'
expect_equal 'a rename, committed' "$moved" "$(id_of --base middle)"
git tag moved
git update-index --chmod=+x _posts/2024-01-04-lecture-04.md
mode=$(id_of --staged)
git reset -q
plain=$(id_of --staged)
expect_equal 'another mode, another id' differs "$([ "$mode" = "$plain" ] || echo differs)"
git rm -q _config.yml
gone=$(id_of --staged)
expect_equal 'a file gone, another id' differs "$([ "$gone" = "$plain" ] || echo differs)"
git commit -qm 'Without'
expect_equal 'a file gone, committed' "$gone" "$(id_of --base moved)"

# Rules of one text are the same rules, in whatever folder; of another text they are not.
write_marker "$TEMP/one"
write_marker "$TEMP/two"
write_marker "$TEMP/three" warning
marked=$(id_of --base start --rules "$TEMP/one")
expect_equal 'the same rules elsewhere' "$marked" "$(id_of --base start --rules "$TEMP/two")"
other=$(id_of --base start --rules "$TEMP/three")
expect_equal 'a rule with another text' differs "$([ "$other" = "$marked" ] || echo differs)"

# Each report has it.
whole=$(id_of --base start)
for format in text github json sarif markdown; do
    run scribelint check --base start --format $format
    expect_output_contains "$whole"
done
finish
