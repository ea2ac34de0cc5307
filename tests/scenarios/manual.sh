#!/bin/sh
# --help of every command and the manual page, which are made from the tables that parse.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

scribelint manual >scribelint.1
scribelint --help | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' >commands
expect_equal 'there are commands' yes "$([ "$(wc -l <commands)" -ge 5 ] && echo yes)"

# Roff without its escapes and fonts.
sed 's/\\f[BIR]//g; s/\\-/-/g; s/\\(ti/~/g; s/\\(aq/'"'"'/g; s/\\(ga/`/g' scribelint.1 >page

while read -r command; do
    run scribelint "$command" --help
    cp "$OUTPUT" help
    expect_equal "$command --help" "0 usage: scribelint $command" \
        "$status $(sed -n '1s/^\([^ ]* [^ ]* [^ ]*\).*/\1/p' help)"
    expect_equal "$command --help has an example" yes \
        "$(grep -A 1 '^Examples:' help | grep -q '  .*scribelint ' && echo yes)"
    run scribelint help "$command"
    expect_same_file help "$OUTPUT"

    # Each option, and each example, is on the page.
    sed -n 's/^  \(-[^ ]*\).*/\1/p' help >options
    expect_equal "$command has options" yes "$(grep -q -e --help options && echo yes)"
    awk -v command="$command" '$0 == ".SS " command { on = 1; next } /^\.S[HS]/ { on = 0 } on' page |
        sed -n 's/^\(-[^ ]*\).*/\1/p' >documented
    expect_same_file options documented
    sed -n '/^Examples:/,/^$/s/^  \([^ ].*\)/\1/p' help | while read -r example; do
        grep -qxF -e "$example" page || echo "$example"
    done >missing
    expect_equal "examples of $command" '' "$(cat missing)"

    # What is not there is refused with the words of the table.
    expect_status 2 scribelint "$command" --no-such-option
done <commands
for title in NAME SYNOPSIS DESCRIPTION OPTIONS COMMANDS REPORTS 'EXIT STATUS' FILES ENVIRONMENT \
    EXAMPLES; do
    expect_equal "section $title" 1 "$(grep -cx "\.SH $title" scribelint.1)"
done
for word in .scribelint.yml .scribelint/rules GIT_DIR GIT_INDEX_FILE NO_COLOR; do
    expect_equal "the page has $word" yes "$(grep -qF -e "$word" page && echo yes)"
done
expect_equal 'ASCII only' '' "$(LC_ALL=C tr -d '\n -~' <scribelint.1)"
expect_equal 'no request but these' '' \
    "$(grep '^[.'"'"']' scribelint.1 | grep -vE '^\.(TH|SH|SS|PP|TP|br|nh|ad)( |$)')"
expect_status 2 scribelint manual x

# Choices are told with all there are.
for option in --format --fail-on --show --color; do
    run scribelint check $option nonsense
    expect_equal "$option nonsense" 2 "$status"
    choices=$(scribelint check --help | sed -n "s/^  $option \([a-z|]*\).*/\1/p")
    expect_equal "choices of $option" \
        "scribelint: $option takes $(echo "$choices" | sed 's/|\([a-z]*\)$/ or \1/; s/|/, /g'), not \"nonsense\"" \
        "$(cat "$ERRORS")"
done

# Before the command.
expect_status 0 scribelint --version
expect_status 2 scribelint -C
expect_error_contains '-C wants DIR'
expect_status 2 scribelint --nonsense check
expect_error_contains 'unknown option "--nonsense"'
mkdir -p one/two
repo_init one/two
commit_all first
cd ../..
expect_status 0 scribelint -C one -C two check
expect_status 0 scribelint -C one check -C two
expect_status 2 scribelint -C one -C three check

if command -v groff >/dev/null; then
    groff -man -ww -Tascii -z scribelint.1 >warnings 2>&1 || :
    expect_equal 'groff has nothing to say' '' "$(cat warnings)"
    groff -man -Tascii scribelint.1 | sed "s/$(printf '\033')\[[0-9;]*m//g; s/.$(printf '\b')//g" >shown
    expect_equal 'the page can be read' yes \
        "$(grep -q '^ *scribelint - check pull requests' shown && echo yes)"
else
    skip 'groff is not here'
fi
if command -v mandoc >/dev/null; then
    mandoc -T lint -W error scribelint.1 >warnings 2>&1 || :
    expect_equal 'mandoc has nothing to say' '' "$(cat warnings)"
else
    skip 'mandoc is not here'
fi

finish
