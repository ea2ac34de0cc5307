#!/bin/sh
# check --format markdown by itself has the row of the lecture and the patch that mends.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# patch_of: the patch on the page in $OUTPUT, as somebody copies it.
patch_of() {
    awk '/^<pre lang="diff">/ { on = 1; sub(/^<pre lang="diff">/, "") } /^<\/pre>$/ { on = 0 } on' "$OUTPUT" |
        sed 's/&#91;/[/g; s/&#64;/@/g; s/&#58;/:/g; s/&#35;/#/g; s/&#60;/</g; s/&#62;/>/g; s/&#38;/\&/g'
}

sh "$ROOT/tests/tools/course.sh" "$TEMP/area/course"
cd course
git checkout -q scribe-lecture-04
scribelint fix --base main --diff >"$TEMP/wanted.diff" 2>"$ERRORS" || :
expect_equal 'there is something to mend' yes "$([ -s "$TEMP/wanted.diff" ] && echo yes)"
git checkout -q main
git merge -q --no-ff -m 'Merge it' scribe-lecture-04
merge=$(git rev-parse HEAD)
git reset -q --hard HEAD^
git checkout -q scribe-lecture-04

remember_state
for sides in '--base main' "--merge $merge"; do
    # shellcheck disable=SC2086
    expect_status 1 scribelint check $sides --format markdown
    expect_output_contains '### The lecture'
    expect_output_contains '| 4 | Jan 23 | Virtual memory |'
    expect_output_lacks '| 3 | Jan 18 |'
    expect_output_contains '### What scribelint can mend for you'
    patch_of >"$TEMP/page.diff"
    expect_same_file "$TEMP/wanted.diff" "$TEMP/page.diff"
    expect_status 0 git apply --check "$TEMP/page.diff"
done
expect_status 1 scribelint check --merge "$merge" --format markdown
expect_output_contains 'scribelint fix --base origin/HEAD</code> mends 1 of these'
expect_status 1 scribelint check --base main --format markdown
expect_output_contains 'scribelint fix --base main</code> mends 1 of these'

# A whole site is no change, and has neither.
run scribelint check --all --format markdown
expect_output_lacks '### The lecture'
expect_output_lacks '<pre'
expect_unchanged

# Mended: no patch, and the row stays.
git apply "$TEMP/page.diff"
git add -A
for sides in --staged --worktree; do
    run scribelint check $sides --format markdown
    expect_output_contains '| 4 | Jan 23 | Virtual memory |'
    expect_output_lacks '<pre'
done
cd ..

# What the course's branch took since, squashed, is not told as open; what it did not take is.
cd course
git reset -q --hard
start=$(git rev-parse main)
note=_posts/2024-01-23-lecture-04.md
for number in 21 22; do
    git checkout -q -b "pull-$number" "$start"
    git checkout -q scribe-lecture-04 -- "$note"
    printf '\nMo\342\200\213re of pull request %s.\n' "$number" >>"$note"
    git commit -q -a -m "Note of $number"
    git update-ref "refs/pull/$number/head" HEAD
done
git checkout -q scribe-lecture-04
run scribelint check --base "$start" --format markdown
expect_output_contains 'not merged: #21, #22'
git checkout -q main
git checkout -q pull-21 -- "$note"
git commit -q -m 'Note (#21)'
git checkout -q scribe-lecture-04
run scribelint check --base "$start" --format markdown
expect_output_contains 'not merged: #22'
expect_output_lacks '#21'

# The patch of a pull request says where it applies, and does.
expect_status 0 scribelint fix --pull 22 --diff
cp "$OUTPUT" "$TEMP/pull.diff"
expect_error_contains "it applies to the head of pull request 22: git checkout $(git rev-parse pull-22 | cut -c 1-10)"
git checkout -q pull-22
expect_status 0 git apply --check "$TEMP/pull.diff"
cd ..

# No schedule, no row.
repo_init plain
write_note 02
commit_all 'Start'
write_note 03 TODO
git add -A
run scribelint check --format markdown
expect_output_contains 'placeholder-left'
expect_output_lacks '### The lecture'
finish
