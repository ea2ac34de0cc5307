#!/bin/sh
# scribelint fix: what has one certain remedy is mended on disk, or as a patch; nothing is lost.
. "$(dirname "$0")/lib.sh"

ZERO=$(printf '\342\200\213')

# A rule of the course's own with a remedy, one whose remedies share bytes, one that needs a hand.
mkdir rules
cat >rules/own.yml <<'END'
- id: colour
  severity: warning
  summary: The other spelling
  why: The course writes colour.
  files: [any]
  check: pattern
  scope: file
  forbid: '\bcolor'
  replace: colour
  message: 'write colour'
  examples: {good: [colour], bad: [color]}
- id: three-in-a-row
  severity: warning
  summary: x comes once
  why: Two rules that want the same bytes.
  files: [any]
  check: pattern
  scope: file
  forbid: 'xx+color'
  replace: 'x color'
  message: 'x comes once'
  examples: {good: [x], bad: [xxxcolor]}
END
RULES=$PWD/rules

# tree_of_worktree: the tree that `git add -A` would give, in an index of its own.
tree_of_worktree() {
    cp .git/index "$TEMP/index"
    GIT_INDEX_FILE=$TEMP/index git add -A
    GIT_INDEX_FILE=$TEMP/index git write-tree
}

# expect_patch_is_fix ARGUMENT...: applying the patch gives the tree that fix makes; the second run
# of fix does nothing. The folder is left as fix makes it.
expect_patch_is_fix() {
    rm -rf ../copy
    cp -a . ../copy
    remember_state
    run scribelint fix --diff "$@"
    expect_equal 'fix --diff ends with 0' 0 "$status"
    expect_unchanged
    cp "$OUTPUT" ../patch
    (cd ../copy && git apply ../patch && tree_of_worktree) >../tree-of-patch 2>&1 || :
    expect_status 0 scribelint fix "$@"
    expect_equal 'the patch gives the same tree' "$(cat ../tree-of-patch)" "$(tree_of_worktree)"
    remember_state
    expect_status 0 scribelint fix "$@"
    expect_output_contains 'nothing to mend'
    expect_unchanged
}

repo_init repo
printf '_posts/2024-01-01-template.md -text\n' >.gitattributes
write_note 02 'All is well.'
write_note 03 "carried${ZERO} over"
commit_all first

# --- An ordinary change: text, a note that begins with blank lines, odd names ---------------------

write_note 04 "zero${ZERO}width${ZERO} space"
printf '\n \n---\nlayout: distill\ntitle: "Lecture 5: Storage"\ndate: 2024-01-05\n---\nText.\n' \
    >_posts/2024-01-05-lecture-05.md
write "odd \"name\" é	tab.md" <<END
one${ZERO}
END
printf 'no line%s end' "$ZERO" >'with space.md'
chmod 750 'with space.md'
git add _posts
expect_status 1 scribelint check --worktree
expect_output_contains 'scribelint fix  mends 5 of these'
run scribelint check --worktree --format json
expect_output_contains '"text": ""'
expect_patch_is_fix
expect_equal 'permissions stay' './with space.md' "$(find . -name 'with space.md' -perm 750)"
expect_equal 'what was carried stays' 1 "$(grep -c "$ZERO" _posts/2024-01-03-lecture-03.md)"
expect_equal 'no temporary file is left' '' "$(find . -name '.scribelint-*')"
expect_status 0 scribelint check --worktree
expect_equal 'the index was not touched' 1 \
    "$(git show :_posts/2024-01-04-lecture-04.md | grep -c "$ZERO")"
commit_all second

# Front matter: quotes where a colon is, and nothing where the remedy is only likely.
write _posts/2024-01-06-lecture-06.md <<'END'
---
layout: distill
title: Lecture 6: Storage: part 2
date: 2024-01-06
description: "as it is"
summary: see: also
---
Text.
END
write _posts/2024-01-10-lecture-10.md <<'END'
---
layout: distill
title: Lecture 10: He said "no"
---
END
write _posts/2024-01-11-lecture-11.md <<'END'

---

Lecture 11. A line of dashes above and below.

---
END
expect_patch_is_fix
expect_equal 'a title with a colon is quoted' 'title: "Lecture 6: Storage: part 2"' \
    "$(sed -n 3p _posts/2024-01-06-lecture-06.md)"
expect_equal 'both are' 'summary: "see: also"' "$(sed -n 6p _posts/2024-01-06-lecture-06.md)"
expect_equal 'one with quotes in it stays' 'title: Lecture 10: He said "no"' \
    "$(sed -n 3p _posts/2024-01-10-lecture-10.md)"
expect_equal 'a line is no front matter' 6 "$(wc -l <_posts/2024-01-11-lecture-11.md | tr -d ' ')"
commit_all front-matter

# --- Which findings -------------------------------------------------------------------------------

expect_status 0 scribelint fix
expect_output_contains 'nothing to mend'
expect_status 0 scribelint fix --diff --all
expect_output_contains '_posts/2024-01-03-lecture-03.md'
write_note 07 "color and zero${ZERO}width"
expect_status 0 scribelint fix --rules "$RULES" --rule colour --diff
expect_output_contains '+colour and zero'
expect_status 0 scribelint fix --rules "$RULES" --diff _posts/2024-01-02-lecture-02.md
expect_equal 'a path narrows' '' "$(cat "$OUTPUT")"
expect_status 2 scribelint fix --rule no-such-rule
expect_error_contains 'no rule "no-such-rule"'

# --- Remedies that share bytes go one after the other -----------------------------------------------

printf 'xxxcolor xxcolor color\n' >shared.txt
expect_patch_is_fix --rules "$RULES"
expect_equal 'both were mended' 'x colour x colour colour' "$(cat shared.txt)"
commit_all third

# --- One remedy for two findings, and one that never ends ----------------------------------------------

mkdir "$TEMP/twice" "$TEMP/endless"
sed -n 's/id: colour/id: as-well/; 1,11p' "$RULES/own.yml" >"$TEMP/twice/as-well.yml"
cp "$RULES/own.yml" "$TEMP/twice/"
echo 'one color' >shared.txt
git add shared.txt
expect_status 0 scribelint fix --rules "$TEMP/twice"
expect_output_contains 'mended 2 findings in 1 file'
expect_equal 'it was mended once' 'one colour' "$(cat shared.txt)"
sed -n 's/replace: .*/replace: color color/; 1,11p' "$RULES/own.yml" >"$TEMP/endless/own.yml"
echo 'color' >shared.txt
git add shared.txt
expect_status 1 scribelint fix --rules "$TEMP/endless"
expect_output_contains 'left: shared.txt:1: colour: there are too many; run scribelint fix again'
commit_all remedies

# --- What is not staged is never lost ---------------------------------------------------------------

printf 'first color\nsecond\nthird color\n' >work.txt
git add work.txt
printf 'first color\nsecond, mine\nthird color, mine\n' >work.txt
expect_status 1 scribelint fix --rules "$RULES"
expect_output_contains 'left: work.txt:3: colour: what stands there is not staged'
expect_output_contains 'mended 1 of 2 findings in 1 file'
printf 'first colour\nsecond, mine\nthird color, mine\n' >expected
expect_same_file expected work.txt
rm expected
git add work.txt
printf 'first colour\nsecond, mine, again\nthird color, mine\n' >work.txt
expect_status 0 scribelint fix --rules "$RULES"
expect_output_contains 'mended 1 finding in 1 file'
expect_equal 'what is not staged stays' 'second, mine, again' "$(sed -n 2p work.txt)"
commit_all fourth

# --- Line ends ----------------------------------------------------------------------------------------

printf '*.md text\n' >>.gitattributes
git config core.autocrlf true
printf -- '\r\n---\r\ntitle: "Lecture 8: Storage"\r\ndate: 2024-01-08\r\nlayout: distill\r\n---\r\nTe%sxt.\r\n' \
    "$ZERO" >_posts/2024-01-08-lecture-08.md
printf 'title: "Lecture 9: Storage"\r\ndate: 2024-01-09\r\nlayout: distill\r\n---\r\nText.\r\n' \
    >_posts/2024-01-09-lecture-09.md
expect_status 0 scribelint fix
printf -- '---\r\ntitle: "Lecture 8: Storage"\r\ndate: 2024-01-08\r\nlayout: distill\r\n---\r\nText.\r\n' >expected
expect_same_file expected _posts/2024-01-08-lecture-08.md
printf -- '---\r\ntitle: "Lecture 9: Storage"\r\ndate: 2024-01-09\r\nlayout: distill\r\n---\r\nText.\r\n' >expected
expect_same_file expected _posts/2024-01-09-lecture-09.md
rm expected
git config core.autocrlf false
printf '*.md text\n*.up filter=up\n*.id ident\n' >.gitattributes
commit_all fifth

# A filter that makes more of a file than other line ends.
printf 'color \044Id: 0123 \044\n' >a.id
expect_status 1 scribelint fix --rules "$RULES"
expect_output_contains 'left: a.id:1: colour: on disk it differs from what Git stores'
rm a.id

# --- Links, other folders, what cannot be written ---------------------------------------------------------

mkdir ../outside
printf 'color\n' >../outside/target.txt
ln -s ../outside/target.txt link.txt
expect_status 0 scribelint fix --rules "$RULES"
expect_equal 'no link is followed' color "$(cat ../outside/target.txt)"
rm link.txt
mkdir sub
printf 'color\n' >sub/in.txt
cd sub
expect_status 0 scribelint fix --rules "$RULES" in.txt
expect_equal 'from a subdirectory' colour "$(cat in.txt)"
cd ..
if [ "$(id -u)" != 0 ]; then
    printf 'color\n' >sub/a.txt
    printf 'color\n' >a.txt
    chmod 555 sub
    remember_state
    expect_status 3 scribelint fix --rules "$RULES"
    expect_error_contains 'cannot write "sub/a.txt": Permission denied; nothing was changed'
    expect_unchanged
    chmod 755 sub
fi
# No room on the disk.
printf 'color\n' >sub/b.txt
printf 'color\n' >b.txt
remember_state
(
    trap '' XFSZ
    ulimit -f 0
    "$SCRIBELINT" fix --rules "$RULES" 2>&1 || echo "status $?"
) | cat >../full
OUTPUT=$PWD/../full
expect_output_contains 'cannot write "b.txt": File too large; nothing was changed'
expect_output_contains 'status 3'
OUTPUT=$TEMP/output
expect_unchanged
rm sub/b.txt b.txt
commit_all sixth

# --- Commits, the index, bare repositories -----------------------------------------------------------------

git checkout -q -b topic
printf 'color\n' >topic.txt
commit_all topic
expect_status 0 scribelint fix --rules "$RULES"
expect_output_contains 'nothing to mend'
git clone -q --bare . ../bare.git
git checkout -q main
expect_status 0 scribelint -C ../bare.git fix --rules "$RULES" --base main --head topic --diff
expect_output_contains '+colour'
cp "$OUTPUT" ../patch
expect_status 0 scribelint fix --rules "$RULES" --base main --head topic --diff
expect_same_file ../patch "$OUTPUT"
expect_status 3 scribelint -C ../bare.git fix
expect_status 2 scribelint fix --base main --head topic
expect_error_contains '--diff prints a patch'
git checkout -q topic
git apply --check ../patch
expect_status 0 scribelint fix --rules "$RULES" --base main
expect_equal 'what is committed is mended on disk' colour "$(cat topic.txt)"

expect_status 2 scribelint fix --staged
expect_error_contains 'never writes to the index'
printf 'staged color\n' >staged.txt
git add staged.txt
printf 'on disk color\n' >staged.txt
expect_status 0 scribelint fix --rules "$RULES" --staged --diff
git apply --cached "$OUTPUT"
expect_equal 'the index is mended' 'staged colour' "$(git show :staged.txt)"
expect_equal 'the disk is not' 'on disk color' "$(cat staged.txt)"

finish
