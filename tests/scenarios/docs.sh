#!/bin/sh
# What README.md and docs/ say is so: the table of rules, the links, every example in YAML.
# `make golden` writes the table anew.
. "$(dirname "$0")/lib.sh"

run scribelint rules
awk '{ id = $1; severity = $2; sub(/^[^ ]+ +[^ ]+ +/, ""); print id " | " severity " | " $0 }' \
    "$OUTPUT" >rules
if [ -n "${UPDATE_GOLDEN-}" ]; then
    awk '
        FNR == NR          { rows[++count] = $0; next }
        /^\| `.*` \| /     { if (!told++) for (i = 1; i <= count; i++) print row(rows[i]); next }
                           { print }
        function row(rule) { sub(/ /, "` ", rule); return "| `" rule " |" }' \
        rules "$ROOT/docs/built-in-rules.md" >table.new
    cat table.new >"$ROOT/docs/built-in-rules.md"
fi
awk -F ' *[|] *' '$2 ~ /^`.*`$/ { gsub(/`/, "", $2); print $2 " | " $3 " | " $4 }' \
    "$ROOT/docs/built-in-rules.md" >table
expect_same_file rules table

for page in "$ROOT"/README.md "$ROOT"/docs/*.md; do
    page=${page#"$ROOT/"}
    # Links to files, and to headings of one of them.
    grep -vE '^ {4}' "$ROOT/$page" | grep -oE '\]\([^)]*\)' | sed 's/^](//; s/)$//' | grep -v '^https:' |
        while read -r link; do
            file=$ROOT/$(dirname "$page")/${link%%#*}
            [ -n "${link%%#*}" ] || file=$ROOT/$page
            [ -e "$file" ] || echo "$page: $link"
            case $link in
            *\#*)
                heading=$(printf '%s' "${link#*\#}" | tr - .)
                grep -qiE "^#+ $heading$" "$file" || echo "$page: $link"
                ;;
            esac
        done >broken
    expect_equal "no broken link in $page" '' "$(cat broken)"

    # Each YAML block is a configuration (a mapping) or a file of rules (a list).
    awk -v page="$(basename "$page" .md)" '
        /^```yaml/ { file = page "-" ++count ".block"; next }
        /^```/     { file = "" }
        file       { print >file }' "$ROOT/$page"
done

sh "$ROOT/tests/tools/course.sh" "$TEMP/area/course"
blocks=0
for block in *.block; do
    blocks=$((blocks + 1))
    if grep -q '^- id:' "$block"; then
        mkdir "lint-$block"
        cp "$block" "lint-$block/$block.yml"
        expect_status 0 scribelint rules --test "lint-$block"
    else
        expect_status 0 scribelint check -C course --base main --fail-on never --config "../$block"
    fi
done
expect_equal 'there are examples' yes "$([ "$blocks" -ge 6 ] && echo yes)"

# docs/rules.md has each check with its keys and choices, as the messages about wrong ones list them.
# ask CHECK LINE: the list in the message about a rule with that line.
ask() {
    mkdir -p ask
    printf -- '- check: %s\n  %s\n' "$1" "$2" >ask/ask.yml
    run scribelint rules ask
    sed -nE "s/.*(there are|known here|one of): //p" "$ERRORS" | tr -d ","
}

ask nosuch 'id: x' >asked
expect_equal 'there are checks' yes "$(grep -q pattern asked && echo yes)"
tr ' ' '\n' <asked | while read -r check; do
    for word in $check $(ask "$check" 'nosuch: x') $(ask "$check" 'finds: nosuch') \
        $(ask "$check" 'scope: nosuch'); do
        grep -qE "\`([a-z]+: )?$word\`" "$ROOT/docs/rules.md" || echo "$check: $word"
    done
done >undocumented
expect_equal 'docs/rules.md has every check, key and choice' '' "$(cat undocumented)"

# The defaults in docs/configuration.md are those that are built in.
last=$(for block in configuration-*.block; do echo "$block"; done | sort -t- -k2n | tail -n 1)
sed -n '/default_text\[\]/,/;$/s/.*"\(.*\)\\n".*/\1/p' "$ROOT/src/config/default.c" >defaults
expect_same_file defaults "$last"

# The hook of the README.
cd course
expect_status 0 scribelint hook install
write _posts/2024-01-30-lecture-05.md <<'POST'
---
title: "Lecture 6: Files"
---
POST
git add -A
expect_status 1 git commit -qm 'Add lecture 5'
rm _posts/2024-01-30-lecture-05.md
echo 'More.' >>index.md
git add -A
expect_status 0 git commit -qm 'Say more'

finish
