#!/bin/sh
# --stdin-filename: what an editor has in a buffer, as the content of one file of HEAD.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

repo_init repo
mkdir -p "$TEMP/buffers"
write_marker "$TEMP/marker"
write_marker .scribelint/rules warning
echo 'notes: [{files: "_posts/*-lecture-*.md"}]' >.scribelint.yml
write_note 01 'MARK-old and ![a](/assets/here.png)'
write_note 02 MARK-other
write assets/here.png </dev/null
commit_all first
note=_posts/2024-01-01-lecture-01.md
buffer=$TEMP/buffers/buffer

# What stood in HEAD is shown, too, and does not count.
{ cat $note && echo 'MARK-last ![b](/assets/gone.png)'; } >"$buffer"
remember_state
run_with_input "$buffer" scribelint check --stdin-filename $note --fail-on warning
expect_equal 'findings that block' 1 "$status"
sed 's/\[image-missing\]/[missing]/; s/: image .* \[missing\]/: [image-missing]/' "$OUTPUT" >"$TEMP/lines"
cat >"$TEMP/wanted" <<END
$note:9:1: warning: found MARK-old [marker]
$note:10:1: warning: found MARK-last [marker]
$note:10:16: error: [image-missing]
END
expect_same_file "$TEMP/wanted" "$TEMP/lines"
run_with_input "$buffer" scribelint check --stdin-filename=$note --show introduced
expect_output_lacks MARK-old
expect_output_contains MARK-last
run_with_input "$buffer" scribelint check --stdin-filename $note --show all --format text
expect_output_contains 'warning (carried)  found MARK-old'
expect_output_contains '1 carried'
run_with_input "$buffer" scribelint check --stdin-filename $note --format json
expect_output_contains '"head": "stdin"'
expect_output_contains "\"base\": \"$(git rev-parse HEAD)\""
list_findings "$OUTPUT" >"$TEMP/lines"
cat >"$TEMP/wanted" <<END
carried head marker $note:9 found MARK-old
introduced head image-missing $note:10
introduced head marker $note:10 found MARK-last
END
expect_same_file "$TEMP/wanted" "$TEMP/lines"

# Exactly what HEAD has: the same findings, none new.
git show HEAD:$note >"$TEMP/buffers/same"
run_with_input "$TEMP/buffers/same" scribelint check --stdin-filename $note --fail-on notice
expect_equal 'nothing new' 0 "$status"
expect_output_is <<END
$note:9:1: warning: found MARK-old [marker]
END
run_with_input "$TEMP/buffers/same" scribelint check --stdin-filename $note --show introduced
expect_output_is </dev/null

# The disk and the index do not count: neither the file, nor others, nor the configuration.
write_note 01 MARK-disk
rm assets/here.png
echo 'notes: nonsense' >.scribelint.yml
git add -A
remember_state
run_with_input "$TEMP/buffers/same" scribelint check --stdin-filename $note
expect_equal 'HEAD counts' 0 "$status"
expect_output_lacks MARK-disk
expect_output_lacks 'here.png'
expect_unchanged
git reset -q --hard

# From below, by an absolute path, by dots; a file that HEAD has not.
remember_state
for name in 2024-01-01-lecture-01.md ./../_posts/2024-01-01-lecture-01.md \
    "$PWD/_posts/2024-01-01-lecture-01.md"; do
    run_with_input "$buffer" scribelint check -C _posts --stdin-filename "$name"
    expect_output_contains "$note:10:1: warning: found MARK-last [marker]"
done
ln -s "$PWD" "$TEMP/link"
run_with_input "$buffer" scribelint check --stdin-filename "$TEMP/link/$note"
expect_output_contains "$note:10:1: warning: found MARK-last [marker]"
run_with_input "$buffer" scribelint check --stdin-filename "$TEMP/link/_posts/2024-01-10-lecture-10.md"
expect_output_contains '_posts/2024-01-10-lecture-10.md:10:1: warning: found MARK-last [marker]'
run_with_input "$buffer" scribelint check --stdin-filename "$TEMP/link/nowhere/../../x.md"
expect_equal 'outside' 2 "$status"
run_with_input "$buffer" scribelint check --stdin-filename _posts/2024-01-09-lecture-09.md --show introduced
expect_equal 'a new file' 1 "$status"
expect_output_contains '_posts/2024-01-09-lecture-09.md:9:1: warning: found MARK-old [marker]'
expect_output_lacks lecture-02
expect_unchanged

# An empty buffer, and one with line ends that Git takes away.
run_with_input /dev/null scribelint check --stdin-filename $note
expect_output_contains "$note:1:1: error: "
expect_output_contains '[front-matter-missing]'
echo '*.md text' >.gitattributes
commit_all attributes
awk '{ printf "%s\r\n", $0 }' "$buffer" >"$TEMP/buffers/crlf"
run_with_input "$TEMP/buffers/crlf" scribelint check --stdin-filename $note --format json
list_findings "$OUTPUT" >"$TEMP/lines"
expect_same_file "$TEMP/wanted" "$TEMP/lines"
expect_output_lacks '\r'

# Text that would act on a log or a terminal.
printf -- '---\nlayout: x\n---\nMARK-\033[31m ![x](::error::)\n![y](/a\033]0;x\007##[error].png)\n' >"$TEMP/buffers/hostile"
run_with_input "$TEMP/buffers/hostile" scribelint check --stdin-filename '::error::x-lecture-.md' --rules "$TEMP/marker"
expect_equal 'no escape gets through' 0 "$(grep -c "$(printf '\033')" "$OUTPUT")"
expect_equal 'no line begins with a command' 0 "$(grep -cE '^[[:space:]]*::|##\[' "$OUTPUT")"

# Wrong usage.
for arguments in '--stdin-filename' "--stdin-filename $note --staged" "--stdin-filename $note --all" \
    "--stdin-filename $note --base HEAD" "--stdin-filename $note $note" '--stdin-filename _posts' \
    '--stdin-filename _posts/' '--stdin-filename .' '--stdin-filename=' '--stdin-filename x.md/' \
    '--stdin-filename ../x.md' '--stdin-filename /x.md' "--stdin-filename $note --head HEAD"; do
    # shellcheck disable=SC2086 # words
    run_with_input "$buffer" scribelint check $arguments
    expect_equal "wrong: $arguments" 2 "$status"
done
run_with_input "$buffer" scribelint check --stdin-filename .git/config
expect_equal 'no file can stand there' 3 "$status"

# Too much to be a note; a repository without a commit.
{ cat "$buffer" && yes 'A line of a very long note.' | head -c 3000000; } >"$TEMP/buffers/large"
run_with_input "$TEMP/buffers/large" scribelint check --stdin-filename $note
expect_equal 'a large buffer' 3 "$status"
expect_output_contains "$note:1:1: error: could not be checked: "
repo_init "$TEMP/area/empty"
run_with_input "$buffer" scribelint check --stdin-filename $note
expect_equal 'before the first commit' 1 "$status"
expect_output_contains "$note:10:16: error: "
git clone -q --bare "$TEMP/area/repo" "$TEMP/area/bare.git"
cd "$TEMP/area/bare.git"
run_with_input "$buffer" scribelint check --stdin-filename $note
expect_output_contains "$note:10:16: error: "

finish
