#!/bin/sh
# Broken and hostile files: each gives a finding or "undecided" within bounds of time and memory,
# never a crash, and what else is wrong in the change is still found.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

write_marker "$TEMP/rules"
NOTE=_posts/2024-01-02-lecture-02.md

if LC_ALL=C grep -q __asan_init "$SCRIBELINT"; then sanitized=yes; else sanitized=; fi

# bounded COMMAND...: stopped after 20 seconds (a minute under sanitizers) or above 1 GiB; by hand,
# in a release build on an idle machine, each run here takes less than a second.
# shellcheck disable=SC2317,SC3045 # called through run; where ulimit has no -v there is no bound
bounded() {
    if ! command -v timeout >/dev/null; then
        "$@"
    elif [ -n "$sanitized" ]; then
        timeout -k 5 60 "$@"
    else
        (ulimit -v 1048576 2>/dev/null || : && exec timeout -k 5 20 "$@")
    fi
}

# expect_note STATUS DESCRIPTION [TEXT]: the check of $NOTE, staged, ends so, and its report has TEXT.
expect_note() {
    git add -A
    run bounded scribelint check --rules "$TEMP/rules" --color never
    if [ "$status" -eq "$1" ] && grep -qF -e "${3-}" "$OUTPUT"; then pass "$2"
    else
        head -c 4000 "$OUTPUT" >"$TEMP/head" && mv "$TEMP/head" "$OUTPUT"
        fail_run "status $1: $2${3:+: $3}"
    fi
}

# repeat TEXT COUNT: printf's escapes count.
repeat() {
    awk -v text="$1" -v count="$2" 'BEGIN { while (count--) printf "%s", text }'
}

# note: standard input below a front matter that is in order, as $NOTE.
note() {
    { printf '%s\n' --- 'layout: distill' 'title: "Lecture 2: Bad Input"' 'date: 2024-01-02' --- ''
        cat; } | write $NOTE
}

# front_matter: standard input as the front matter of $NOTE.
front_matter() {
    { echo --- && cat && printf '%s\n' --- '' '## Title' '' 'Text.'; } | write $NOTE
}

repo_init course
write_note 01 'A note that is in order.'
commit_all 'Start'

# --- Bytes --------------------------------------------------------------------------------------------

: >$NOTE
expect_note 1 'an empty note' front-matter
printf '\357\273\277' >$NOTE
expect_note 1 'nothing but a BOM' front-matter
printf '\n' >$NOTE
expect_note 1 'nothing but a line end' front-matter
printf 'Text.\n' | note
expect_note 0 'a note in order' 'nothing found'
for bytes in '\r\n' '\r' '\000\n' '\377\376\n' '\355\240\200\n' '\302\205\n' '\342\200\250\n' '\f\n'; do
    # shellcheck disable=SC2059
    printf "Text.${bytes}MARK-found" | note
    # shellcheck disable=SC1003
    expect_note 1 "a word behind $(printf %s "$bytes" | tr '\\' %), at the end of the file" MARK-found
done
printf 'MARK-found\n' | note && sed 's/$/\r/' $NOTE >"$TEMP/crlf" && cp "$TEMP/crlf" $NOTE
expect_note 1 'CRLF' "$NOTE
     7:1"
{ printf '\357\273\277' && cat "$TEMP/crlf"; } >$NOTE
expect_note 1 'BOM and CRLF' MARK-found
iconv -f UTF-8 -t UTF-16 "$TEMP/crlf" >$NOTE 2>/dev/null || printf '\377\376-\000-\000-\000\n\000' >$NOTE
expect_note 1 'UTF-16' '[encoding-invalid]'
expect_output_contains '1 error introduced'

# --- Front matter -------------------------------------------------------------------------------------

{ repeat '[' 50000 && echo; } | front_matter
expect_note 3 'many brackets' 'undecided: '
{ printf 'title: ' && repeat '[' 30000 && echo; } | front_matter
expect_note 3 'many brackets, in a value' 'undecided: '
repeat 'a: b
' 20000 | front_matter
expect_note 3 'more than 64 KB' 'undecided: '
{ echo 'a0: &a0 [x, x, x, x, x, x, x, x, x]' && awk 'BEGIN { for (i = 1; i < 40; i++)
    printf "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1, i - 1, i - 1, i - 1 }'; } | front_matter
expect_note 3 'a bomb of aliases' 'undecided: '
printf 'title: &t "Lecture 2: X"\ndate: 2024-01-02\nlayout: distill\nsubtitle: *t\n' | front_matter
expect_note 0 'an anchor and its alias' 'nothing found'
printf 'title: &t [*t]\n' | front_matter
expect_note 1 'an alias of itself' front-matter
printf 'title: *nowhere\n' | front_matter
expect_note 1 'an alias of nothing' front-matter
printf 'title: "Lecture 2: X"\ndate: 2024-01-02\nlayout: distill\ntitle: Other\n' | front_matter
expect_note 0 'a key twice' front-matter-duplicate-key
printf 'title: "Lecture 2: X"\nauthors:\n\t- name: A\n' | front_matter
expect_note 1 'a tab' front-matter
printf 'title: !ruby/object:Kernel "Lecture 2: X"\ndate: !nonsense 2024-01-02\nlayout: distill\n' | front_matter
expect_note 0 'unknown tags' 'nothing found'
printf 'title: "open\n' | front_matter
expect_note 1 'a quote that is not closed' front-matter

# --- Large --------------------------------------------------------------------------------------------

repeat 'A line of a very long note.
' 380000 | note
expect_note 3 '10 MB' 'more than the limit'
repeat '# A
' 1000000 | note
expect_note 3 'a million headings' 'more than the limit'
repeat '# A
' 100000 | note
expect_note 0 'a hundred thousand headings' 'too many findings'
repeat '![[]()' 170000 | note
expect_note 3 'images in images (CVE-2023-22486)' 'would hold up the Markdown parser'
# shellcheck disable=SC1003,SC2016
for text in '![[]()' '> ' '>' '- ' '* _' '[' '![' '[a](' '<div>' '<b>' '<a ' '<a href="x">' '<!--' '{{' '{%' \
    '{% raw %}' '$' '$$' '`' '``a`' '**a' '&' '|' '<?' '<![CDATA[' '</' '{:' '<a@b' '\\' '[^1]: ' ':' \
    '</b>' '</b ' '<b x="”>' 'a {:x}' '# {.x}
' '[a]:<b>' '{% if %}' '{% comment %}' '{% link a.md %}' '{% post_url 2024-01-01-a %}' \
    '{' '<p id="a">' '<x>' '<a/>' '{{ "' '$a' '$$a' '\\(' '| a
' '1. ' '[^a]' '<d-cite key="a">' '<d-cite key="a"></d-cite>' '#a ' '# a
' '@article{' '*a' '*a
' '_' '\\newcommand{\\a}{b}' '$\\a$' '[a](#b) ' '<a id="x"></a>[a](#y)' '<div>**a '; do
    for count in 300 10000; do
        { repeat "$text" $count && printf '\n\n\nMARK-found\n'; } | note
        git add -A
        run bounded scribelint check --rules "$TEMP/rules" --color never
        cat "$OUTPUT" >"$TEMP/report"
        if [ "$status" -eq 1 ] && grep -qF MARK-found "$TEMP/report"; then pass "$count of \"$text\""
        elif [ "$status" -ge 1 ] && [ "$status" -le 3 ] && grep -q '^undecided: ' "$TEMP/report"; then
            pass "$count of \"$text\", undecided"
        else
            head -c 4000 "$TEMP/report" >"$OUTPUT"
            fail_run "$count of \"$text\""
        fi
    done
done
{ repeat 'A word ' 280000 && repeat 'MARK-found <img src=x> ' 300; } | note
expect_note 1 'one line of 2 MB with findings at its end' MARK-found
awk 'BEGIN { for (i = 1; i < 1200; i++) { for (k = 0; k < i; k++) printf "`"; printf "a" } }' | note
expect_note 0 'runs of backticks'
awk 'BEGIN { for (i = 0; i < 900; i++) { for (k = 0; k < i; k++) printf "> "; print "a" } }' | note
expect_note 0 'quotes, ever deeper'
awk 'BEGIN { for (i = 0; i < 30000; i++) print "[a" i "]: b" i; for (i = 0; i < 30000; i++) print "[a" i "]" }' | note
run bounded scribelint check
if [ "$status" -le 3 ]; then pass 'many references'; else fail_run 'many references'; fi

# Nothing may take time with the square of the size: 2 MB of each, in 10 seconds of the processor's
# time; in a release build it is about one.
# shellcheck disable=SC2317,SC3045 # called through run; where ulimit has no -t there is no bound
hurried() {
    if [ -n "$sanitized" ]; then bounded "$@"; else (ulimit -t 10 2>/dev/null || : && exec "$@"); fi
}

# expect_quick DESCRIPTION: the check of $NOTE comes to an end.
printf 'math: dollar\n' >"$TEMP/dollar.yml"
expect_quick() {
    git add -A
    run hurried scribelint check --config "$TEMP/dollar.yml" --color never
    if [ "$status" -le 3 ]; then pass "2 MB of $1"
    else
        head -c 4000 "$OUTPUT" >"$TEMP/head" && mv "$TEMP/head" "$OUTPUT"
        fail_run "2 MB of $1"
    fi
}

# A quarter of it under sanitizers, which are many times slower.
if [ -n "$sanitized" ]; then MOST=500000; else MOST=2000000; fi
fill() {
    awk -v text="$1" -v size="$MOST" 'BEGIN { for (count = size / length(text); count > 1; count--) printf "%s", text }'
}
# shellcheck disable=SC1003,SC2016
for text in '{' '{{ "' '<b>' '<a/>' '<x>' '<p id="a">' '_' '*a\n' '[' '[a](#' '<div>[' '<d-cite key="a">' '2. a\n\nb\n\n' \
    '$\\x$ ' '$x^a^b$ ' '|' '| a\n' '#a\n' '# a\n'; do
    fill "$text" | note
    expect_quick "\"$text\""
done
# shellcheck disable=SC1003,SC2016
for text in '_' '^' '{' '\\frac{' '\\left(' '\\sqrt[' '\\text{$' '\\begin{array}' '\\' '\\color{' '%\n' '&'; do
    for mark in '$' '$$'; do
        { printf %s "$mark" && fill "$text" && printf '%s\n' "$mark"; } | note
        expect_quick "\"$text\" in $mark"
    done
done
awk -v most=$((MOST / 40)) 'BEGIN { for (i = 0; i < most; i++) printf "## A%d\n\n[a](#b%d)\n\n", i, i }' | note
expect_quick 'headings, and links to none of them'
awk -v most=$((MOST / 40)) 'BEGIN { for (i = 0; i < most; i++) printf "<a id=\"x%d\"></a>[a](#y%d)\n", i, i }' | note
expect_quick 'ids, and links to none of them'
awk -v most=$((MOST / 40)) 'BEGIN { for (i = 0; i < most; i++) printf "<d-cite key=\"a%d\"></d-cite>\n", i }' | note
for text in '@a{' '@a{a,' '@a{a, b = {' '@a{a, b = "' '@a{a}\n' '@a{a, b = #' '@comment{' '@string{a' '@'; do
    { fill "$text" && fill "$text"; } | write assets/bibliography/2024-01-02-lecture-02.bib
    expect_quick "\"$text\" in a bibliography"
done
awk -v most=$((MOST / 10)) 'BEGIN { for (i = 0; i < most; i++) printf "@a{k%d, b = {c}}\n", i }' |
    write assets/bibliography/2024-01-02-lecture-02.bib
expect_quick 'entries of a bibliography, cited by other keys'
git rm -q -f --cached -r assets && rm -rf assets

# --- Rules --------------------------------------------------------------------------------------------

sed "s/MARK-.w+/(a+)+$/; s/found {value}/found/; s/id: marker/id: slow/; s/bad: .MARK-x./bad: [a]/; s/good: .MARK./good: [b]/" \
    "$TEMP/rules/marker.yml" >"$TEMP/rules/slow.yml"
{ repeat a 5000 && echo '!' && echo MARK-found; } | note
expect_note 1 'a pattern that backtracks' 'undecided: '
expect_note 1 'beside one that does not' MARK-found
rm "$TEMP/rules/slow.yml"

# --- Paths --------------------------------------------------------------------------------------------

# macOS may bring a name decomposed. The web server compares bytes, so the other form is missing.
composed=$(printf 'caf\303\251.png') decomposed=$(printf 'cafe\314\201.png')
picture=$(printf 'picture' | git hash-object -w --stdin)
git update-index --add --cacheinfo "100644,$picture,assets/img/$decomposed"
printf '![plot](/assets/img/%s)\n' "$decomposed" | note
git add $NOTE
expect_status 0 scribelint check $NOTE
printf '![plot](/assets/img/%s)\n' "$composed" | note
git add $NOTE
expect_status 1 scribelint check $NOTE
expect_output_contains 'image-missing'

# The name itself is worth a word.
run scribelint check
expect_output_contains '[path-decomposed]'
git rm -q --cached "assets/img/$decomposed"

# Bytes that are no UTF-8, in text and in a name; a newline in a name.
printf 'A caf\351 and \377\376.\nMARK-behind\n' | note
expect_note 1 'Latin-1 in a note' '[encoding-invalid]'
expect_note 1 'what stands behind it' MARK-behind
git rm -q -f --cached $NOTE && rm -f $NOTE
latin=$(printf '_posts/2024-01-02-lecture-02-caf\351.md') lines=$(printf '_posts/2024-01-02-lecture-02\nx.md')
printf 'MARK-named\n' >"$TEMP/named"
named=$(git hash-object -w "$TEMP/named")
git update-index --add --cacheinfo "100644,$named,$latin"
git update-index --add --cacheinfo "100644,$named,$lines"
run bounded scribelint check --rules "$TEMP/rules" --color never
expect_equal 'names that are no UTF-8 or have two lines: status 1' 1 "$status"
expect_equal 'both are read' 2 "$(grep -c 'found MARK-named' "$OUTPUT")"
expect_output_contains '2024-01-02-lecture-02-caf\xE9.md'
expect_output_contains '2024-01-02-lecture-02\nx.md'
git reset -q --hard
printf 'Text.\n' | note
git add -A

# What a change brings to a note that could not be read before is not known, and said to be.
repeat 'A line of a very long note.
' 90000 | note
git add -A
git commit -qm Large
printf '<div>\n' | note
expect_note 3 'a note that was too large' 'the version before this change has 25'
git commit -qm Small

# A path of more than 4096 bytes can't be on disk, but in a tree.
printf 'MARK-deep\n' >$NOTE
blob=$(git hash-object -w $NOTE)
git rm -q -f --cached $NOTE && rm -f $NOTE
tree=$(printf '100644 blob %s\tMARK-file.md\n' "$blob" | git mktree)
component=$(repeat x 200)
for level in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
    tree=$(printf '040000 tree %s\t%s%s\n' "$tree" "$component" "$level" | git mktree)
done
deep=$(git commit-tree -p HEAD -m 'Deep' "$tree")
run bounded scribelint check --base HEAD --head "$deep" --rules "$TEMP/rules" --format json
if [ "$status" -eq 1 ] && grep -q 'found MARK-deep' "$OUTPUT"; then pass 'a path of 5000 bytes'
elif [ "$status" -eq 3 ]; then pass 'a path of 5000 bytes, undecided'
else fail_run 'a path of 5000 bytes'; fi
run bounded scribelint check --all --head "$deep" --rules "$TEMP/rules"
if [ "$status" -eq 1 ] || [ "$status" -eq 3 ]; then pass 'a path of 5000 bytes, --all'
else fail_run 'a path of 5000 bytes, --all'; fi

# Names that no checkout writes, as only a hostile pull request has them.
for name in .git .GIT .. . 'a\b' 'con' '.git ' 'git~1' "$(printf 'a\001b')"; do
    tree=$(printf '100644 blob %s\t%s\n' "$blob" "$name" | git mktree --missing 2>/dev/null) || continue
    hostile=$(git commit-tree -p HEAD -m 'Name' "$tree") || continue
    run bounded scribelint check --base HEAD --head "$hostile" --rules "$TEMP/rules"
    if [ "$status" -eq 1 ] || [ "$status" -eq 3 ]; then pass "a file named $(printf %s "$name" | tr '\\\001' '%%')"
    else fail_run "a file named \"$name\""; fi
done
finish
