#!/bin/sh
# Reports on hostile names and contents: whoever reads one, a person, a terminal, a CI log or a
# program, is told what was found, and nothing else.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

write_marker "$TEMP/rules"
bytes() {
    # shellcheck disable=SC2059 # escapes are the point
    printf -- "$1"
}

# expect_harmless FORMAT: the last output and errors hold nothing that acts on a terminal or a log.
expect_harmless() {
    cat "$OUTPUT" "$ERRORS" >"$TEMP/both"
    expect_equal "$1: no control but line ends" 0 \
        "$(tr -cd '\000-\011\013-\037\177' <"$TEMP/both" | wc -c | tr -d ' ')"
    expect_equal "$1: no ##[" 0 "$(grep -c -F '##[' "$TEMP/both" || :)"
    # UTF-8 of U+202A to U+202E, U+2066 to U+2069, U+2028, U+2029, U+0085, U+FEFF.
    bytes '\342\200\252\n\342\200\256\n\342\201\246\n\342\200\250\n\302\205\n\357\273\277\n' \
        >"$TEMP/hidden"
    expect_equal "$1: no reordering or hidden character" 0 "$(grep -c -F -f "$TEMP/hidden" "$TEMP/both" || :)"
    expect_equal "$1: all of it is UTF-8" 0 \
        "$(iconv -f UTF-8 -t UTF-8 "$TEMP/both" >/dev/null 2>&1; echo $?)"
    if [ "$1" = github ]; then
        forged=$(grep '^[[:space:]]*::' "$TEMP/both" |
            grep -c -v '^::\(error\|warning\|notice\) [a-z]' || :)
    else
        forged=$(grep -c '^[[:space:]]*::' "$TEMP/both" || :)
    fi
    expect_equal "$1: no command is forged" 0 "$forged"
}

# --- Hostile names and contents -----------------------------------------------------------------------

repo_init course
commit_all 'Start'
component=$(printf 'a%.0s' 1 2 3 4 5 6 7 8 9 10)
component=$component$component$component$component
component=$component$component$component$component$component
name_count=0
while read -r escaped; do
    name=$(bytes "$escaped.") # the dot keeps a line end before it
    name=${name%.}
    mkdir -p "_posts/$name"
    bytes 'MARK-x \033[2J\n::error::forged\n ::add-mask::secret\n' >"_posts/$name/MARK-y.md"
    bytes 'MARK-x ##[add-mask]x ##[error]y \342\200\256 drawkcab \377\376 \r::stop-commands::x\n' \
        >>"_posts/$name/MARK-y.md"
    name_count=$((name_count + 1))
done <<'END'
::error::forged
::add-mask::x
##[add-mask]x
 ::warning file=a::b
\n::error::forged
a\n::set-output name=x::y
\r\n##[error]forged
\033[31mred\033]0;title\007
a\tb\010\177
\342\200\256fdp.exe
\342\201\246isolate\342\200\213zero\342\200\250line\302\205next\357\273\277bom
\377\376\200not-utf-8
\303\050\355\240\200
"quoted" 'twice' `x` $(y)
 leading and trailing 
\\back\\slash\\n
%%0A::error::x%%25
,line=1,title=forged::x
{file}{value}%%s%%n
<b>&amp;</b>
-dash
END
mkdir -p "_posts/$component/$component"
bytes 'MARK-x\n' >"_posts/$component/$component/MARK-y.md"
name_count=$((name_count + 1))
# And where the whole path begins with it.
bytes 'MARK-x\n' >'::error::MARK-y'
bytes 'MARK-x\n' >'##[add-mask]MARK-y'
bytes 'MARK-x\n' >"$(bytes '\033[31mMARK-y')"
bytes 'MARK-x\n' >"$(bytes ' \n::error::MARK-y')"
ln -s '##[error]target' "$(bytes 'link\n::error::x##[add-mask]')"
# Messages and remarks of the program's own rules repeat contents, too.
write_note 01 '![x](/%0A::error::x.png)' '![x](/##[error]x.png)' "$(bytes '![x](/\033[31mx\342\200\256.png)')"
bytes '---\ntitle: "::error::x\\n::error::y\\e[31m\\u202E##[error]z"\nauthors: [\377\n' >_posts/2024-01-02-lecture-02.md
bytes '---\ntitle: x\n"##[error]key": 1\n"##[error]key": 2\n"a\\n::error::b": 1\n"a\\n::error::b": 2\n---\n' \
    >_posts/2024-01-03-lecture-03.md
bytes '---\ntitle: "\\n::error::TODO"\ndate: "::error::\\n::error::x"\n---\n[cite \033[31m ##[error] x]\n' \
    >_posts/2024-01-04-lecture-04.md
git add -A
remember_state
for format in text github json lines sarif rdjsonl markdown; do
    expect_status 1 scribelint check --format $format --rules "$TEMP/rules"
    expect_harmless $format
    cp "$OUTPUT" "$TEMP/report.$format"
    expect_status 1 scribelint check --format $format --rules "$TEMP/rules"
    expect_same_file "$TEMP/report.$format" "$OUTPUT"
done
expect_unchanged
expect_equal 'every file is in the report' $((2 * name_count + 3)) \
    "$(list_findings "$TEMP/report.json" | grep -c ' marker ')"
run scribelint check --rules "$TEMP/rules" --color never
expect_same_file "$TEMP/report.text" "$OUTPUT"
run scribelint check --rules "$TEMP/rules" --color always
expect_equal 'colour is asked for' 1 "$([ "$(tr -cd '\033' <"$OUTPUT" | wc -c)" -gt 0 ] && echo 1)"
sed 's/'"$(bytes '\033')"'\[[0-9;]*m//g' "$OUTPUT" >"$TEMP/bleached"
expect_same_file "$TEMP/report.text" "$TEMP/bleached"
for format in github json; do
    run scribelint check --rules "$TEMP/rules" --color always --format $format
    expect_harmless $format
done
git commit -q -m 'Hostile'
for format in text github json lines sarif rdjsonl markdown; do
    run scribelint check --format $format --rules "$TEMP/rules" --all
    expect_equal "$format: --all" 1 "$status"
    expect_harmless $format
    run scribelint check --format $format --rules "$TEMP/rules" --base HEAD --head HEAD~1
    expect_equal "$format: everything fixed" 0 "$status"
    expect_harmless $format
done

# --- Annotations: at most ten of each level -----------------------------------------------------------

for level in error warning notice; do
    expect_equal "annotations: $level" 1 \
        "$([ "$(grep -c "^::$level " "$TEMP/report.github")" -le 11 ] && echo 1)"
done
expect_equal 'what is not shown is counted' 1 "$(grep -c '^::notice title=scribelint::.*more finding' "$TEMP/report.github")"

# --- JSON ---------------------------------------------------------------------------------------------

run scribelint check --all --format json --rules "$TEMP/rules"
cp "$OUTPUT" "$TEMP/all.json"
expect_equal 'ASCII' 0 "$(tr -d '\000-\177' <"$TEMP/report.json" | wc -c | tr -d ' ')"
if command -v python3 >/dev/null && python3 -c 'import json' 2>/dev/null; then
    write "$TEMP/structure.py" <<'END'
import json, re, sys

raw = open(sys.argv[1]).read()
report = json.loads(raw)
names = 'version base head verdict summary findings skipped undecided'.split()
assert list(report) == names, list(report)
assert report['version'] == 1
assert report['base'] is None or re.fullmatch('[0-9a-f]{40}', report['base'])
assert report['head'] == 'index' or re.fullmatch('[0-9a-f]{40}', report['head'])
assert re.fullmatch('[0-9a-f]{12}', report['verdict'])
summary = report['summary']
counts = 'introduced fixed carried errors warnings notices files rules'.split()
assert list(summary) == counts, list(summary)
assert all(type(value) is int for value in summary.values())
fields = ('rule severity state side path line column end_line end_column message '
          'fingerprint fix edits').split()
order = []
for finding in report['findings']:
    assert list(finding) == fields, list(finding)
    assert re.fullmatch('[a-z0-9]+(-[a-z0-9]+)*', finding['rule'])
    assert finding['severity'] in ('error', 'warning', 'notice')
    assert finding['state'] in ('introduced', 'fixed', 'carried')
    assert finding['side'] == ('base' if finding['state'] == 'fixed' else 'head')
    assert re.fullmatch('[0-9a-f]{16}', finding['fingerprint'])
    assert finding['message'] and '\n' not in finding['message']
    assert finding['fix'] is None or finding['fix'].strip()
    for edit in finding['edits']:
        assert finding['side'] == 'head' and edit['path']
        if 'rename_to' in edit:
            assert list(edit) == ['path', 'rename_to'] and edit['rename_to']
        else:
            assert list(edit) == ['path', 'start', 'end', 'text']
            assert 0 <= edit['start'] <= edit['end']
    place = [finding[name] for name in fields[5:9]]
    if place[0] is None:
        assert place == [None] * 4
    else:
        assert all(type(number) is int and number >= 1 for number in place)
        assert place[0:2] <= place[2:4]
    order.append((finding['path'].encode('utf-8', 'surrogatepass'), place[0] or 0,
                  place[1] or 0, finding['rule']))
if not any('\ufffd' in finding['path'] for finding in report['findings']):
    assert order == sorted(order)
for state in ('introduced', 'fixed', 'carried'):
    count = sum(finding['state'] == state for finding in report['findings'])
    assert summary[state] == count, state
for severity in ('error', 'warning', 'notice'):
    count = sum(finding['state'] == 'introduced' and finding['severity'] == severity
                for finding in report['findings'])
    assert summary[severity + 's'] == count, severity
for remark in report['skipped'] + report['undecided']:
    assert list(remark) == ['path', 'reason']
    assert all(type(value) is str for value in remark.values())
END
    for file in report all; do
        run python3 -m json.tool "$TEMP/$file.json"
        expect_equal "$file: JSON" 0 "$status"
        run python3 "$TEMP/structure.py" "$TEMP/$file.json"
        if [ "$status" -eq 0 ]; then pass "$file: as docs/json.md says"; else fail_run "$file: as docs/json.md says"; fi
    done
    write "$TEMP/names.py" <<'END'
import json, os, subprocess, sys

named = {finding['path'] for finding in json.load(open(sys.argv[1]))['findings']}
listed = subprocess.run(['git', 'ls-files', '-z'], stdout=subprocess.PIPE, check=True).stdout
for path in listed.split(b'\0'):
    if b'MARK-y' in path:
        assert path.decode('utf-8', 'replace') in named or b'\355\240' in path, path
END
    run python3 "$TEMP/names.py" "$TEMP/report.json"
    if [ "$status" -eq 0 ]; then pass 'every path is told as it is'; else fail_run 'every path is told as it is'; fi
else
    skip 'there is no python3 to read the JSON'
fi

# --- An output that can't be written --------------------------------------------------------------------

for format in text github json lines sarif rdjsonl markdown; do
    if [ -c /dev/full ]; then
        status=0
        scribelint check --all --format $format >/dev/full 2>"$ERRORS" || status=$?
        expect_equal "$format: full disk" 3 "$status"
        expect_error_contains 'cannot write'
    else
        skip 'there is no /dev/full'
    fi
    status=0
    scribelint check --all --format $format >&- 2>"$ERRORS" || status=$?
    expect_equal "$format: closed output" 3 "$status"
    { status=0; scribelint check --all --rules "$TEMP/rules" --format $format 2>/dev/null || status=$?; echo $status >"$TEMP/piped"; } | :
    expect_equal "$format: closed pipe" 1 "$([ "$(cat "$TEMP/piped")" -ne 0 ] && echo 1)"
done
# Nothing staged, the list and the examples of the rules, help: none may claim to have been printed.
if [ -c /dev/full ]; then
    for command in check 'check --staged' rules 'rules --test' --help --version 'check --help' \
        'rules --help' manual 'completion bash' 'completion zsh' 'completion fish'; do
        status=0
        # shellcheck disable=SC2086
        scribelint $command >/dev/full 2>"$ERRORS" || status=$?
        if [ "$status" -ne 0 ]; then pass "full disk: $command"; else fail "full disk: $command"; fi
    done
fi
# A rule that finds more in a file than is kept is counted so.
cd "$TEMP/area"
repo_init many
commit_all 'Start'
scribelint hook install >/dev/null
images=$(seq 1 700 | sed 's,.*,![Image &](/assets/img/notes/lecture-05/fig-&.png),')
write_note 05 "$images"
git add .
expect_status 1 git commit -q -m 'Many'
expect_error_contains 'more findings; scribelint check shows more'
expect_error_contains '         at least '
if grep -q '^at least 200 errors' "$ERRORS"; then pass 'at least'; else fail_run 'at least'; fi
run scribelint check
if grep -q '^at least 200 errors' "$OUTPUT"; then pass 'at least'; else fail_run 'at least'; fi
git rm -q --cached _posts/*

# What is too large is told once.
{ cat _posts/*; yes 'A line of text.' | head -n 200000; } >large.md
mv large.md _posts/2024-01-05-lecture-05.md
git add .
expect_status 3 scribelint check
expect_equal 'once' 1 "$(grep -c '^undecided:' "$OUTPUT")"

# Commands that rules advise are told apart from the text around them: see report/command_text.h.
grep -n '^ *fix:.*{sh:' "$ROOT"/rules/*.yml | grep -vE 'git [a-z][^;:]*\{sh:' >"$TEMP/details" || :
expect_equal 'commands begin with git' '' "$(cat "$TEMP/details")"
finish
