#!/bin/sh
# Repositories that libgit2 can't read, or must not: status 3 with the command that helps, and
# nothing is written. What it can read again afterwards is checked as ever.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# libgit2 1.5 itself forgets memory when it looks at the configuration and gives up.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS

write_marker "$TEMP/rules"
repo_init course
write_note 01 MARK-old
write assets/img/plot.png <<'END'
picture
END
commit_all 'Start'
write_note 01 MARK-old MARK-new
git add -A

# expect_refusal DESCRIPTION TEXT: the check of what is staged can't look, and says TEXT.
expect_refusal() {
    remember_state
    run scribelint check --staged --rules "$TEMP/rules"
    if [ "$status" -eq 3 ] && grep -qF -e "$2" "$ERRORS"; then pass "$1: status 3, \"$2\""
    else fail_run "$1: status 3, \"$2\""; fi
    expect_unchanged
}

expect_checked() {
    run scribelint check --staged --rules "$TEMP/rules"
    if [ "$status" -eq 1 ] && grep -q MARK-new "$OUTPUT"; then pass "$1"; else fail_run "$1"; fi
}

# --- Indexes ------------------------------------------------------------------------------------------

expect_checked 'an ordinary index'
git update-index --split-index
expect_refusal 'split index' 'git update-index --no-split-index'
git update-index --no-split-index
expect_checked 'a split index made whole'
for version in 3 4; do
    git update-index --index-version $version
    expect_checked "an index of version $version"
done
git update-index --index-version 2

if git sparse-checkout set --cone --sparse-index _posts 2>/dev/null &&
    git ls-files --sparse 2>/dev/null | grep -q '/$'; then
    expect_refusal 'sparse index' 'git sparse-checkout reapply --no-sparse-index'
    git sparse-checkout reapply --no-sparse-index
    expect_checked 'a sparse checkout with a whole index'
    # What is not checked out is in the repository all the same.
    write_note 02 '![plot](/assets/img/plot.png)'
    git add -A
    expect_status 0 scribelint check --staged _posts/2024-01-02-lecture-02.md
    expect_output_lacks image-missing
    git rm -q --cached _posts/2024-01-02-lecture-02.md
    rm _posts/2024-01-02-lecture-02.md
    git sparse-checkout disable
else
    skip 'this Git makes no sparse index'
fi
expect_checked 'everything checked out again'

printf 'DIRC\000\000\000\011\000\000\000\001' >"$TEMP/index"
remember_state
expect_status 3 env GIT_INDEX_FILE="$TEMP/index" scribelint check --staged
expect_unchanged

# --- Objects and refs ---------------------------------------------------------------------------------

cd "$TEMP/area"
if git init -q --object-format=sha256 sha256 2>/dev/null; then
    cd sha256
    write_note 01 MARK-new
    git add -A
    git commit -q -m 'Start'
    expect_refusal 'SHA-256' 'SHA-256'
    expect_status 3 scribelint check --all
    cd ..
else
    skip 'this Git makes no SHA-256 repository'
fi

# Older Gits make none; then the mark that such a repository bears has to do.
if git init -q --ref-format=reftable reftable 2>/dev/null; then
    cd reftable
    write_note 01 MARK-new
    git add -A
    git commit -q -m 'Start'
else
    git init -q reftable
    cd reftable
    git config core.repositoryFormatVersion 1
    git config extensions.refStorage reftable
fi
expect_refusal 'reftable' 'git refs migrate --ref-format=files'
expect_status 3 scribelint check --all
cd ..

# --- Somebody else's ----------------------------------------------------------------------------------

# Only root can give a file away; libgit2 before 1.3.1 asks for no owner.
cp -R course foreign
if chown -R 12345:12345 foreign 2>/dev/null && [ "$(id -u)" -eq 0 ]; then
    cd foreign
    run scribelint check --staged --rules "$TEMP/rules"
    if [ "$status" -eq 1 ] && grep -q MARK-new "$OUTPUT"; then
        skip 'this libgit2 asks for no owner'
    else
        expect_refusal 'foreign owner' "git config --global --add safe.directory '$TEMP/area/foreign'"
        git config --global --add safe.directory "$TEMP/area/foreign"
        expect_checked 'a foreign owner who is trusted'
    fi
else
    skip 'only root can make a repository of another owner'
fi

finish
