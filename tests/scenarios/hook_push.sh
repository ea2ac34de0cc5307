#!/bin/sh
# pre-push: each pushed branch from where it left the branch of the course.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# print_work: the working tree, the index's entries, what is not staged, and the refs.
print_work() {
    find . -name .git -prune -o \( -type f -exec cksum {} + \) | LC_ALL=C sort -k 3
    git ls-files -s -t
    git diff --binary
    git for-each-ref refs/heads
}

# refused TEXT COMMAND...: nothing is pushed, TEXT says why, and all is as it was here and there.
refused() {
    refused_text=$1
    shift
    git ls-remote -q >"$TEMP/remote-before"
    print_work >"$TEMP/work-before"
    expect_status 1 "$@"
    expect_error_contains "$refused_text"
    expect_equal 'how to push anyway is said once' 1 "$(grep -c 'To push anyway: git push --no-verify' "$ERRORS")"
    print_work >"$TEMP/work-after"
    git ls-remote -q >"$TEMP/remote-after"
    expect_same_file "$TEMP/work-before" "$TEMP/work-after"
    expect_same_file "$TEMP/remote-before" "$TEMP/remote-after"
}

# passes COMMAND...: it is pushed without a word.
passes() {
    print_work >"$TEMP/work-before"
    expect_status 0 "$@"
    expect_equal 'not a word' '' "$(cat "$OUTPUT" "$ERRORS")"
    print_work >"$TEMP/work-after"
    expect_same_file "$TEMP/work-before" "$TEMP/work-after"
}

git init -q --bare course.git
git clone -q course.git clone 2>/dev/null
cd clone
write_marker .scribelint/rules
write_note 01 MARK-old
commit_all 'Start'
scribelint hook install >/dev/null
expect_status 0 git push -q origin main
expect_equal 'a course that is not there yet cannot be compared with' 1 "$(wc -l <"$ERRORS" | tr -d ' ')"
expect_error_contains 'git fetch origin; the push goes on'
git remote set-head origin main

# --- Branches ---------------------------------------------------------------------------------------

passes git push -q
passes git push -q origin main
git checkout -q -b clean
write_note 02 'Text.'
commit_all 'Clean'
write_note 03 MARK-unstaged
passes git push -q origin clean
rm _posts/2024-01-03-lecture-03.md

git checkout -q -b "bad/branch"
write_note 03 MARK-pushed
commit_all 'Bad'
write_note 04 MARK-unstaged
git add .
write_note 04 MARK-more
refused 'found MARK-pushed' git push -q origin bad/branch
expect_equal 'only what is pushed is checked' 0 "$(grep -c 'MARK-[uom]' "$ERRORS" || :)"
expect_equal 'standard output is for programs' '' "$(cat "$OUTPUT")"
git reset -q --hard
refused 'found MARK-pushed' git push -q -u origin HEAD
refused 'found MARK-pushed' git push -q origin HEAD:refs/heads/other
refused 'found MARK-pushed' git push -q origin HEAD~0:refs/heads/other
passes git push -q origin HEAD~1:refs/heads/other
refused 'found MARK-pushed' git push -q origin bad/branch:main
passes git push -q --no-verify origin bad/branch

# The branch of the course moves on; what the branch brings stays the same.
git checkout -q main
write_note 05 'Text.'
commit_all 'The course moves on'
passes git push -q origin main
git checkout -q bad/branch
write_note 06 'Text.'
commit_all 'More'
refused 'found MARK-pushed' git push -q origin bad/branch
expect_equal 'both its commits, from the merge base' 1 "$(grep -c 'found MARK' "$ERRORS")"

# Rebased: neither commit nor pre-commit ran a hook.
write_note 03 'Mended.'
commit_all 'Mend it'
git rebase -q main
passes git push -q --force origin bad/branch
git commit -q --amend -m 'Again' --no-verify
write_note 03 MARK-forced
commit_all 'Bad again'
refused 'found MARK-forced' git push -q --force origin bad/branch
git reset -q --hard HEAD^

# --- What is no branch, and several at once -----------------------------------------------------------

passes git push -q origin --delete other
git tag light main
git tag -a -m 'Heavy' heavy main
passes git push -q origin light heavy
git tag -a -m 'Bad' bad "HEAD^{tree}"
passes git push -q origin refs/tags/bad
git notes add -m 'A note' HEAD
passes git push -q origin refs/notes/commits

git checkout -q -b first main
write_note 07 MARK-first
commit_all 'First'
git checkout -q -b second main
write_note 08 MARK-second
commit_all 'Second'
git checkout -q main
refused 'found MARK-first' git push -q origin first second clean first:again :bad/branch heavy:refs/tags/h
expect_error_contains 'found MARK-second'
expect_error_contains 'branch first:'
expect_error_contains 'branch second:'
expect_equal 'each once' 2 "$(grep -c '^branch' "$ERRORS")"
expect_error_contains '2024-01-08'
write_note 09 'Text.'
commit_all 'Clean'
passes git push -q origin main clean
git config scribelint.failOn never
expect_status 0 git push -q origin first
expect_error_contains 'found MARK-first'
git config --unset scribelint.failOn

# --- Other clones -------------------------------------------------------------------------------------

# A fork, with the course as another remote.
git init -q --bare ../fork.git
git clone -q ../course.git ../forked
cd ../forked
git remote rename origin upstream
git remote add origin ../fork.git
scribelint hook install >/dev/null
passes git push -q origin main
git checkout -q -b topic
write_note 10 MARK-topic
commit_all 'Topic'
refused 'found MARK-topic' git push -q origin topic
refused 'found MARK-topic' git push -q ../fork.git topic
refused 'found MARK-topic' git push -q origin --all
git -C ../fork.git branch -q mirrored main
git fetch -q origin
passes git push -q origin --delete mirrored

# Shallow, so that the merge base is hidden: said, and not in the way.
git clone -q --depth 1 --no-single-branch "file://$TEMP/area/course.git" ../shallow
cd ../shallow
scribelint hook install >/dev/null
git checkout -q first
write_note 11 'Text.'
commit_all 'Shallow'
expect_status 0 git push -q origin HEAD:refs/heads/shallow
expect_error_contains 'git fetch --unshallow; the push goes on'
git config scribelint.required true
expect_status 1 git push -q origin HEAD:refs/heads/shallow2
expect_error_contains 'scribelint.required is set'

# What a remote does not know, and lines that Git never wrote.
cd ../clone
git push -q --no-verify origin first:stale
git -C ../course.git update-ref refs/heads/stale "$(git -C ../course.git commit-tree -m x 'main^{tree}')"
refused 'found MARK-first' git push -q --force origin first:stale
echo 'what is this' >"$TEMP/lines"
run_with_input "$TEMP/lines" scribelint hook run pre-push origin ../course.git
expect_equal 'strange lines are not taken for nothing' 0 "$status"
expect_error_contains 'reads the lines that git push writes'
run_with_input /dev/null scribelint hook run pre-push origin ../course.git
expect_equal 'nothing is pushed, nothing is said' '0' "$status$(cat "$OUTPUT" "$ERRORS")"
finish
