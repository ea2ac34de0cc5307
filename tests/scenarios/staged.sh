#!/bin/sh
# The index as every form of `git commit` shows it to a hook: what the check saw is what the commit
# holds, and the check wrote nothing.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

write_marker "$TEMP/rules" warning

# The hook keeps the report, and complains of everything that the check changed on disk.
write "$TEMP/bin/hook" <<'END'
#!/bin/sh
state() {
    find "$COURSE" "$PWD" -type f ! -name '*.lock' -exec cksum {} + | LC_ALL=C sort -k 3
    find "$COURSE" "$PWD" -name '*.lock' -exec cksum {} + | LC_ALL=C sort -k 3
}
rm -f "$HOOK_OUTPUT"
state >"$HOOK_OUTPUT.before"
scribelint check --staged --format json --rules "$HOOK_RULES" >"$HOOK_OUTPUT"
status=$?
# A hook may have gone into a folder first.
if [ -d _posts ] && cd _posts; then
    scribelint check --staged --format json --rules "$HOOK_RULES" >"$HOOK_OUTPUT.below"
    cmp -s "$HOOK_OUTPUT" "$HOOK_OUTPUT.below" || echo 'another report from below' >>"$HOOK_OUTPUT.changed"
    cd ..
fi
state >"$HOOK_OUTPUT.after"
cmp -s "$HOOK_OUTPUT.before" "$HOOK_OUTPUT.after" || echo changed >>"$HOOK_OUTPUT.changed"
exit $status
END
chmod +x "$TEMP/bin/hook"
HOOK_OUTPUT=$TEMP/hook.json HOOK_RULES=$TEMP/rules COURSE=$TEMP/area/course
export HOOK_OUTPUT HOOK_RULES COURSE

install_hook() {
    cp "$TEMP/bin/hook" "$(git rev-parse --git-path hooks)/pre-commit"
}

# print_tree_state: the working tree without .git.
print_tree_state() {
    find . -name .git -prune -o -type f -exec cksum {} + | LC_ALL=C sort -k 3
}

# list_commit BASE: what a commit holds in the paths that it changed against BASE (or, for a merge,
# against all its parents), as PATH:LINE MARK-word.
list_commit() {
    if [ "$1" = merge ]; then
        git diff-tree -c -r --no-commit-id --name-only HEAD
    else
        git diff-tree -r --no-commit-id --name-only --diff-filter=d "$1" HEAD
    fi | while read -r path; do
        git show "HEAD:$path" | awk -v path="$path" '
            match($0, /MARK-[a-z0-9]+/) { print path ":" NR, substr($0, RSTART, RLENGTH) }'
    done | LC_ALL=C sort
}

EMPTY_TREE=4b825dc642cb6eb9a060e54bf8d69288fbee4904

# expect_hook_saw BASE: the report of the hook holds what the commit holds, nothing else.
expect_hook_saw() {
    list_commit "$1" >"$TEMP/committed"
    list_findings "$HOOK_OUTPUT" | awk '$2 == "head" { print $4, $NF }' | LC_ALL=C sort >"$TEMP/seen"
    expect_same_file "$TEMP/committed" "$TEMP/seen"
    if [ -e "$HOOK_OUTPUT.changed" ]; then
        diff "$HOOK_OUTPUT.before" "$HOOK_OUTPUT.after" >"$TEMP/details" || :
        cat "$HOOK_OUTPUT.changed" >>"$TEMP/details"
        fail 'the hook wrote nothing' "$TEMP/details"
        rm "$HOOK_OUTPUT.changed"
    else
        pass 'the hook wrote nothing'
    fi
}

# commit BASE ARGUMENT...: `git ARGUMENT...`, which makes a commit and leaves all files as they are.
commit() {
    commit_base=$1
    shift
    print_tree_state >"$TEMP/tree-before"
    git rev-parse -q --verify HEAD >"$TEMP/old-head" || :
    expect_status 0 git "$@"
    print_tree_state >"$TEMP/tree-after"
    expect_same_file "$TEMP/tree-before" "$TEMP/tree-after"
    if [ "$(git rev-parse HEAD)" = "$(cat "$TEMP/old-head")" ]; then fail "a commit: $*"; fi
    expect_hook_saw "$commit_base"
}

# --- The first commit -----------------------------------------------------------------------------

repo_init course
install_hook
write_note 01 MARK-first
write_note 02 MARK-second
git add .
write_note 02 MARK-unstaged
commit $EMPTY_TREE commit -q -m 'First'
expect_equal 'the first commit was seen' 2 "$(wc -l <"$TEMP/seen" | tr -d ' ')"
expect_equal 'there is no base yet' '  "base": null,' "$(grep '"base":' "$HOOK_OUTPUT")"

# --- Plain, with unstaged edits on top --------------------------------------------------------------

write_note 01 MARK-first MARK-staged
git add _posts/2024-01-01-lecture-01.md
write_note 01 MARK-first MARK-unstaged
write_note 03 MARK-untracked
git diff >"$TEMP/unstaged-before"
commit HEAD^ commit -q -m 'Plain'
expect_equal 'staged content was seen' 1 "$(grep -c 'MARK-staged' "$HOOK_OUTPUT")"
expect_equal 'unstaged content was not' 0 "$(grep -c 'MARK-un' "$HOOK_OUTPUT" || :)"
expect_equal 'carried and introduced' '1 1' \
    "$(list_findings "$HOOK_OUTPUT" | awk '{ count[$1]++ } END { print count["carried"], count["introduced"] }')"
git diff >"$TEMP/unstaged-after"
expect_same_file "$TEMP/unstaged-before" "$TEMP/unstaged-after"

# --- All forms that build an index of their own -----------------------------------------------------

write_note 02 MARK-all
commit HEAD^ commit -q -a -m 'All'

write_note 01 MARK-included
write_note 02 MARK-added
git add _posts/2024-01-02-lecture-02.md
commit HEAD^ commit -q -m 'Include' -i _posts/2024-01-01-lecture-01.md

write_note 01 MARK-partial
write_note 02 MARK-left
git add _posts/2024-01-02-lecture-02.md
git diff --cached >"$TEMP/staged-before"
commit HEAD^ commit -q -m 'Partial' _posts/2024-01-01-lecture-01.md
git diff --cached >"$TEMP/staged-after"
expect_same_file "$TEMP/staged-before" "$TEMP/staged-after"
expect_equal 'the partial commit was seen alone' '_posts/2024-01-01-lecture-01.md:9 MARK-partial' \
    "$(cat "$TEMP/seen")"

git add -N _posts/2024-01-03-lecture-03.md
commit HEAD^ commit -q -m 'Beside an intent to add'
expect_equal 'intent to add is no addition' 0 "$(grep -c lecture-03 "$HOOK_OUTPUT" || :)"
git reset -q
expect_status 1 git commit -q -m 'Nothing'
expect_equal 'nothing to commit is nothing found' '    "files": 0,' "$(grep '"files":' "$HOOK_OUTPUT")"

commit HEAD^ commit -q --allow-empty -m 'Empty'
expect_equal 'an empty commit is nothing found' '    "files": 0,' "$(grep '"files":' "$HOOK_OUTPUT")"

git rm -q --cached _posts/2024-01-02-lecture-02.md
commit HEAD^ commit -q -m 'Delete'
expect_equal 'what a deleted file had is fixed' 'fixed base' \
    "$(list_findings "$HOOK_OUTPUT" | awk '{ print $1, $2 }')"
git add _posts/2024-01-02-lecture-02.md
commit HEAD^ commit -q -m 'Bring it back'

write_note 01 MARK-before
commit HEAD^ commit -q -a -m 'To be amended'
write_note 03 MARK-amended
git add .
old=$(git rev-parse HEAD)
commit "$old" commit -q --amend --no-edit

# --- From elsewhere ---------------------------------------------------------------------------------

write_note 01 MARK-below
git add .
commit HEAD^ -C _posts commit -q -m 'From a folder'
write_note 01 MARK-below MARK-all
commit HEAD^ -C _posts commit -q -a -m 'All, from a folder'
write_note 01 MARK-below MARK-part
write_note 02 MARK-not
(cd _posts && git commit -q -m 'Part, from a folder' 2024-01-01-lecture-01.md)
expect_hook_saw HEAD^
git checkout -q .

write_note 01 MARK-elsewhere
git add .
write_note 01 MARK-unstaged
mkdir "$TEMP/elsewhere"
(cd "$TEMP/elsewhere" && git --git-dir="$COURSE/.git" --work-tree="$COURSE" commit -q -m 'Options')
expect_hook_saw HEAD^
write_note 01 MARK-environment
(cd "$TEMP/elsewhere" &&
    GIT_DIR=$COURSE/.git GIT_WORK_TREE=$COURSE git commit -q -a -m 'Environment')
expect_hook_saw HEAD^

git worktree add -q "$COURSE/../linked" -b linked
cd ../linked
write_note 04 MARK-linked
git add .
write_note 04 MARK-unlinked
commit HEAD^ commit -q -m 'Linked'
commit HEAD^ commit -q -a -m 'Linked, all'
write_note 04 MARK-some
write_note 01 MARK-other
commit HEAD^ commit -q -m 'Linked, partial' _posts/2024-01-04-lecture-04.md
cd "$COURSE"

# --- Other indexes and object stores ------------------------------------------------------------------

git checkout -q -f -b stores
git update-index --index-version 4
git config index.threads true
git config core.untrackedCache true
write_note 01 MARK-version4
git add .
write_note 01 MARK-unstaged
commit HEAD^ commit -q -m 'Index version 4'
commit HEAD^ commit -q -a -m 'Index version 4, all'
git update-index --skip-worktree _posts/2024-01-02-lecture-02.md
rm _posts/2024-01-02-lecture-02.md
write_note 01 MARK-skipped
commit HEAD^ commit -q -a -m 'Beside a file that is not checked out'
git update-index --no-skip-worktree _posts/2024-01-02-lecture-02.md
git checkout -q .
git gc -q
git pack-refs --all
write_note 01 MARK-packed
git add .
git repack -q -a -d
commit HEAD^ commit -q -m 'Packed'
git update-index --chmod=+x _posts/2024-01-01-lecture-01.md
git config core.fileMode false
commit HEAD^ commit -q -m 'Mode only'
expect_equal 'a mode brings nothing new' carried "$(list_findings "$HOOK_OUTPUT" | awk '{ print $1 }')"
git clone -q --shared . ../shared
cd ../shared
install_hook
write_note 02 MARK-shared
commit HEAD^ commit -q -a -m 'Objects of another repository'
mkdir hooks
mv .git/hooks/pre-commit hooks
git config core.hooksPath hooks
write_note 02 MARK-path
commit HEAD^ commit -q -a -m 'Hooks in another folder'
write_note 02 MARK-dated
commit HEAD^ -c core.autocrlf=true -c core.quotePath=true commit -q -a -m 'Line ends'
cd "$COURSE"

# --- Merges -----------------------------------------------------------------------------------------

git checkout -q -B target
git clean -qfd
write_note 05 MARK-target
write_note 06 MARK-theirs
commit_all 'Target'
git checkout -q -b topic HEAD^
write_note 05 MARK-topic
write_note 07 MARK-ours
commit_all 'Topic'
expect_status 1 git merge -q target
remember_state
run scribelint check --staged --format json --rules "$TEMP/rules"
expect_equal 'a conflict is read as our side' 0 "$status"
expect_unchanged
write_note 05 MARK-resolved
git add .
commit merge commit -q -m 'Merge'
expect_equal 'only what differs from both' '_posts/2024-01-05-lecture-05.md:9 MARK-resolved' \
    "$(cat "$TEMP/seen")"

# An octopus merge that stops to be committed by hand.
git checkout -q -b left
write_note 08 MARK-left
commit_all 'Left'
git checkout -q -b right HEAD^
write_note 09 MARK-right
commit_all 'Right'
git checkout -q topic
git merge -q --no-commit left right >/dev/null 2>&1
write_note 10 MARK-evil
git add .
commit merge commit -q -m 'Octopus'
expect_equal 'what an octopus merge brings on its own' '_posts/2024-01-10-lecture-10.md:9 MARK-evil' \
    "$(cat "$TEMP/seen")"

# --- A hook that refuses ----------------------------------------------------------------------------

write_marker "$TEMP/rules" error
write_note 11 MARK-error
git add .
write_note 11 MARK-edited
head=$(git rev-parse HEAD)
git ls-files -s >"$TEMP/index-before"
print_tree_state >"$TEMP/tree-before"
expect_status 1 git commit -q -m 'Refused'
git ls-files -s >"$TEMP/index-after"
print_tree_state >"$TEMP/tree-after"
expect_equal 'no commit was made' "$head" "$(git rev-parse HEAD)"
expect_same_file "$TEMP/index-before" "$TEMP/index-after"
expect_same_file "$TEMP/tree-before" "$TEMP/tree-after"
expect_status 0 git commit -q --no-verify -m 'Not asked'

# A repository of another one's environment: GIT_INDEX_FILE that is not there must not look clean.
expect_status 3 env GIT_INDEX_FILE="$TEMP/none" scribelint check --staged
expect_error_contains 'GIT_INDEX_FILE'
finish
