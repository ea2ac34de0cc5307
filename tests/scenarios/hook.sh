#!/bin/sh
# Installing the hooks where Git looks for them, beside what is there, and taking them away.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

hooks='pre-commit pre-merge-commit pre-push'

# start [FOLDER]: a new course with one commit, in FOLDER.
start() {
    cd "$TEMP/area"
    repo_init "${1-course}"
    write_note 01 'Text.'
    commit_all 'Start'
}

# expect_runs_here: `git commit` calls the program: a note with a conflict marker is refused.
expect_runs_here() {
    printf '<<<<<<< HEAD\n=======\n>>>>>>> x\n' >>_posts/2024-01-01-lecture-01.md
    git add -A
    expect_status 1 git commit -m 'Refused'
    expect_error_contains merge-conflict-marker
    expect_error_contains 'git commit --no-verify'
    git checkout -q HEAD -- _posts
}

# --- There and back -------------------------------------------------------------------------------

start
remember_state
expect_status 1 scribelint hook status
expect_output_contains 'pre-commit        not installed'
expect_unchanged
expect_status 0 scribelint hook install
expect_output_contains "hooks in $PWD/.git/hooks"
for hook in $hooks; do
    expect_equal "$hook is executable" yes "$([ -x ".git/hooks/$hook" ] && echo yes)"
    expect_equal "$hook passes shellcheck" '' \
        "$(if command -v shellcheck >/dev/null; then shellcheck ".git/hooks/$hook" 2>&1; fi)"
done
cp "$TEMP/state" "$TEMP/state-before"
remember_state
expect_status 0 scribelint hook install
expect_output_contains 'is installed already'
expect_status 0 scribelint hook status
expect_output_contains "$TEMP/bin/scribelint"
expect_unchanged
cp "$TEMP/state-before" "$TEMP/state"
expect_status 0 scribelint hook uninstall
expect_unchanged
expect_status 0 scribelint hook uninstall
expect_output_contains 'was not installed'
expect_unchanged

scribelint hook install >/dev/null
expect_runs_here
chmod -x .git/hooks/pre-commit
expect_status 1 scribelint hook status
expect_output_contains 'pre-commit        installed, but not executable'
expect_status 0 scribelint hook install
expect_output_contains 'written anew'
(umask 077 && rm .git/hooks/pre-push && scribelint hook install >/dev/null)
expect_equal 'the umask counts' '-rwx------' "$(find .git/hooks/pre-push -exec ls -l {} + | cut -c 1-10)"
mkdir -p below
(cd below && scribelint hook status >"$OUTPUT")
expect_output_contains "hooks in $PWD/.git/hooks"

# Another path of the program is another script.
cp -L "$TEMP/bin/scribelint" "$TEMP/it's here"
expect_status 1 "$TEMP/it's here" hook status
expect_output_contains 'pre-push          installed, but by another version, or for a program elsewhere'
expect_status 0 "$TEMP/it's here" hook install
expect_output_contains 'written anew'
expect_status 0 "$TEMP/it's here" hook status
expect_runs_here

# Ours with a line of somebody's: it is neither lost nor run twice.
start changed
scribelint hook install >/dev/null
echo 'echo mine' >>.git/hooks/pre-commit
cp .git/hooks/pre-commit "$TEMP/changed-hook"
expect_status 2 scribelint hook install
expect_error_contains "$PWD/.git/hooks/pre-commit"
expect_error_contains 'changed by hand'
expect_error_contains 'pre-commit.before-scribelint'
expect_same_file "$TEMP/changed-hook" .git/hooks/pre-commit
expect_status 1 scribelint hook status
expect_output_contains 'changed by hand'
expect_status 0 scribelint hook uninstall
expect_output_contains 'left alone'
expect_same_file "$TEMP/changed-hook" .git/hooks/pre-commit
rm .git/hooks/pre-commit
expect_status 0 scribelint hook install
sed -i.old 's/exit 1/exit 2/' .git/hooks/pre-push
rm .git/hooks/pre-push.old
chmod +x .git/hooks/pre-push
expect_status 1 scribelint hook status
expect_output_contains 'pre-push          installed, but changed by hand'
sed -i.old 's/^# checksum .*/# checksum /' .git/hooks/pre-push
expect_status 2 scribelint hook install
rm .git/hooks/pre-push

# --- Another version's ----------------------------------------------------------------------------

# as_written HOOK: makes of the lines of standard input what another version would have installed:
# with the checksum of a text that has "@checksum@" in that place.
as_written() {
    cat >"$TEMP/script"
    sum=$(git hash-object --stdin <"$TEMP/script")
    sed "s/@checksum@/$sum/" "$TEMP/script" >".git/hooks/$1"
    chmod +x ".git/hooks/$1"
}

# other_version HOOK: the script of hooks/ with more words and another program.
other_version() {
    sed -e "s,@program@,/else where/scribelint," -e 's/committed unchecked/not checked/' \
        -e 's/^status=.*/&; : more/' "$ROOT/hooks/$1"
}

start upgraded
printf '#!/bin/sh\necho mine >&2\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
scribelint hook install >/dev/null
for hook in $hooks; do
    other_version "$hook" | as_written "$hook"
done
expect_status 1 scribelint hook status
expect_equal 'each by another version' 3 "$(grep -c 'installed, but by another version' "$OUTPUT")"
expect_status 0 scribelint hook install
expect_equal 'each renewed' 3 "$(grep -c 'written anew' "$OUTPUT")"
expect_output_contains 'pre-commit        written anew; what was there is kept'
expect_status 0 scribelint hook status
expect_runs_here
expect_error_contains mine
other_version pre-push | as_written pre-push
echo 'echo mine' >>.git/hooks/pre-push
expect_status 2 scribelint hook install
expect_error_contains 'changed by hand'
other_version pre-push | as_written pre-push
expect_status 0 scribelint hook uninstall
expect_output_contains 'pre-push          removed'
expect_equal 'nothing is left but what was there' pre-commit "$(cd .git/hooks && echo pre-*[!e])"

# The first scripts had no checksum.
sed "s,@program@,/has scribelint in it/scribelint," "$ROOT/tests/fixtures/hook-without-checksum" \
    >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
rm -f .git/hooks/*.before-scribelint
expect_status 0 scribelint hook install
expect_output_contains 'pre-commit        written anew'
sed -e 's/checked/CHECKED/' -e "s,@program@,x," "$ROOT/tests/fixtures/hook-without-checksum" \
    >.git/hooks/pre-commit
expect_status 2 scribelint hook install
expect_error_contains 'changed by hand'

# --- Hooks that are there -------------------------------------------------------------------------

start kept
write .git/hooks/pre-commit <<'HOOK'
#!/bin/sh
echo "mine: $0 $*, $(git diff --cached --name-only | wc -l | tr -d ' ') staged" >&2
[ ! -e refuse ] || exit 7
HOOK
# shellcheck disable=SC2016
printf 'cat >"%s"\nexit "$(cat "%s")"' "$TEMP/pushed" "$TEMP/answer" >.git/hooks/pre-push
printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-merge-commit
chmod 750 .git/hooks/pre-commit
chmod 711 .git/hooks/pre-push
(cd .git/hooks && print_state) >"$TEMP/hooks-before"
expect_status 0 scribelint hook install
expect_output_contains 'kept as *.before-scribelint and called first'
expect_output_contains 'not executable, so Git did not run it'
expect_status 0 scribelint hook install
expect_output_contains 'is installed already; what was there is kept'
write_note 02 'Text.'
git add .
git commit -q -m 'Kept' 2>"$ERRORS"
expect_error_contains 'mine: .git/hooks/pre-commit.before-scribelint , 1 staged'
git reset -q --soft HEAD^
touch refuse
expect_status 1 git commit -q -m 'Refused by the one that was there'
rm refuse
git rm -q --cached _posts/2024-01-02-lecture-02.md
rm _posts/2024-01-02-lecture-02.md
expect_runs_here

git init -q --bare ../remote.git
git remote add origin ../remote.git
echo 5 >"$TEMP/answer"
expect_status 1 git push -q origin main
echo 0 >"$TEMP/answer"
expect_status 0 git push -q origin main:main main:other
expect_equal 'it got every line of pre-push' 2 "$(wc -l <"$TEMP/pushed" | tr -d ' ')"
git checkout -q -b side
commit_all 'Side'
git checkout -q main
commit_all 'Main'
expect_status 0 git merge -q -m 'Merge' side

expect_status 0 scribelint hook uninstall
expect_output_contains 'what was there before is back'
find .git/hooks -type f ! -name '*.sample' -exec ls -l {} + | awk '{ print $1, $NF }' | LC_ALL=C sort >modes
(cd .git/hooks && print_state) >"$TEMP/hooks-after"
expect_same_file "$TEMP/hooks-before" "$TEMP/hooks-after"
cat >expected <<'MODES'
-rw-r--r-- .git/hooks/pre-merge-commit
-rwx--x--x .git/hooks/pre-push
-rwxr-x--- .git/hooks/pre-commit
MODES
expect_same_file expected modes
rm expected modes

# One that was deleted by hand, and one that another tool has written over.
scribelint hook install >/dev/null
rm .git/hooks/pre-commit
printf '#!/bin/sh\n' >.git/hooks/pre-push
expect_status 0 scribelint hook uninstall
expect_output_contains "pre-push          is not scribelint's; left alone"
expect_equal 'the deleted one is back' 1 "$(grep -c mine: .git/hooks/pre-commit)"
chmod +x .git/hooks/pre-push
remember_state
expect_status 2 scribelint hook install
expect_error_contains 'beside it is one that was kept before'
expect_unchanged

# A link stays one.
start linked
mkdir tools
printf '#!/bin/sh\necho "linked" >&2\n' >tools/hook
chmod +x tools/hook
ln -s ../../tools/hook .git/hooks/pre-commit
remember_state
scribelint hook install >/dev/null
git commit -q --allow-empty -m 'Linked' 2>"$ERRORS"
expect_error_contains linked
git reset -q --soft HEAD^
scribelint hook uninstall >/dev/null
expect_equal 'the link is back' ../../tools/hook "$(readlink .git/hooks/pre-commit)"

# --- Hooks that are left alone --------------------------------------------------------------------

# expect_refused TEXT: of an installation, which writes nothing.
expect_refused() {
    remember_state
    expect_status 2 scribelint hook install
    expect_error_contains "$1"
    expect_unchanged
}

start refused
printf '#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\n' >.git/hooks/pre-push
expect_refused '.pre-commit-config.yaml'
printf '#!/bin/sh\ncall_lefthook run "pre-commit" "$@"\n' >.git/hooks/pre-push
expect_refused 'lefthook.yml'
# shellcheck disable=SC2016
printf '#!/bin/sh\n. "$(dirname "$0")/husky.sh"\n' >.git/hooks/pre-push
expect_refused '.husky'
printf '\177ELF\0\0\0' >.git/hooks/pre-push
expect_refused 'a program and no script'
expect_error_contains 'scribelint hook run pre-push'
# shellcheck disable=SC2016
printf '#!/bin/sh\nexec ~/dispatch "$(basename "$0")" "$@"\n' >.git/hooks/pre-push
expect_refused 'goes by its own name'
# shellcheck disable=SC2016
printf '#!/bin/sh\nexec "/x/${0##*/}" "$@"\n' >.git/hooks/pre-push
expect_refused 'goes by its own name'
rm .git/hooks/pre-push
mkdir .git/hooks/pre-push
expect_refused 'no file that could be called'
rmdir .git/hooks/pre-push
ln -s nowhere .git/hooks/pre-push
expect_refused 'no file that could be called'
rm .git/hooks/pre-push
git config core.hooksPath .husky/_
expect_refused "husky's"
git config core.hooksPath /dev/null
expect_refused 'Git runs no hooks at all'
git config core.hooksPath ''
expect_refused 'names no folder'

# --- Where Git looks ------------------------------------------------------------------------------

start paths
git config core.hooksPath .githooks
expect_status 0 scribelint hook install
expect_output_contains 'among the files of the repository'
expect_equal 'no path of this machine in it' 0 "$(grep -c "$TEMP" .githooks/pre-commit || :)"
expect_runs_here
expect_status 0 scribelint hook uninstall
expect_equal 'nothing is left' '' "$(ls .githooks)"

git config core.hooksPath "$PWD/my hooks
here"
expect_status 0 scribelint hook install
expect_runs_here
expect_status 0 scribelint hook uninstall

git config --unset core.hooksPath
mkdir "$HOME/hooks"
# shellcheck disable=SC2088 # Git expands it
git config --global core.hooksPath '~/hooks'
expect_refused 'outside of this repository'
expect_status 0 scribelint hook install --force
expect_output_contains "hooks in $HOME/hooks"
expect_runs_here
expect_status 0 scribelint hook uninstall
expect_equal 'nothing is left there' '' "$(ls "$HOME/hooks")"
git config --global core.hooksPath .shared
expect_status 0 scribelint hook install
expect_output_contains "hooks in $PWD/.shared"
git config --global --unset core.hooksPath

start shared
rm -r .git/hooks
mkdir "$HOME/all hooks"
ln -s "$HOME/all hooks" .git/hooks
expect_refused 'leads out of this repository'
expect_status 0 scribelint hook install --force
expect_runs_here
expect_status 0 scribelint hook uninstall
expect_equal 'nothing is left there' '' "$(ls "$HOME/all hooks")"

start "a main with blanks
and a line"
rm -r .git/hooks
git worktree add -q ../tree
cd ../tree
expect_status 0 scribelint hook install
expect_equal 'all worktrees share them' "$(git rev-parse --path-format=absolute --git-path hooks)" \
    "$(cd "$TEMP/area/a main with blanks
and a line/.git/hooks" && pwd)"
expect_runs_here
cd "$TEMP/area/a main with blanks
and a line"
expect_runs_here

start module
start super
git submodule --quiet add ../module part
commit_all 'Module'
cd part
expect_status 0 scribelint hook install
expect_output_contains 'super/.git/modules/part/hooks'
expect_runs_here
expect_equal 'not in the one around it' no "$([ -e ../.git/hooks/pre-commit ] || echo no)"

cd "$TEMP/area"
git init -q --bare bare.git
expect_status 2 scribelint -C bare.git hook install
expect_error_contains 'nobody commits in a bare repository'
expect_equal 'nothing was written there' no "$([ -e bare.git/hooks/pre-commit ] || echo no)"
mkdir nothing
expect_status 3 scribelint -C nothing hook install
expect_error_contains 'no Git repository'

# Tools that are not set up here yet, and would move these hooks away.
start to-come
for file in lefthook.yml .husky .overcommit.yml .simple-git-hooks.json; do
    touch $file
    expect_status 0 scribelint hook install
    expect_output_contains "This repository has $file: once"
    expect_output_contains 'scribelint hook run NAME'
    rm $file
done
touch .pre-commit-config.yaml
expect_status 0 scribelint hook install
expect_output_lacks 'This repository has'

# --- By settings: as Git 2.54 documents them, since this git may be an older one -------------------

start settings
git_found=$(command -v git)
write "$TEMP/new/git" <<END
#!/bin/sh
[ "\$*" = version ] || exec '$git_found' "\$@"
echo git version 2.54.0.rc1
END
chmod +x "$TEMP/new/git"
write "$TEMP/old/git" <<'END'
#!/bin/sh
echo git version 2.53.9
END
chmod +x "$TEMP/old/git"
remember_state
expect_status 2 env PATH="$TEMP/old:$PATH" scribelint hook install --config
expect_error_contains 'need Git 2.54, and this is 2.53.9'
expect_unchanged
expect_status 0 env PATH="$TEMP/new:$PATH" scribelint hook install --config
for hook in $hooks; do
    expect_equal "the event of $hook" "$hook" "$(git config --get-all "hook.scribelint-$hook.event")"
    expect_equal "the command of $hook" "'$PWD/.git/scribelint/$hook'" \
        "$(git config --get-all "hook.scribelint-$hook.command")"
done
printf '<<<<<<< HEAD\n' >>_posts/2024-01-01-lecture-01.md
git add .
expect_status 1 sh -c "$(git config hook.scribelint-pre-commit.command)"
expect_error_contains merge-conflict-marker
git checkout -q HEAD -- _posts
expect_status 2 scribelint hook install
expect_error_contains 'by settings already'
cp "$TEMP/state" "$TEMP/state-before"
remember_state
expect_status 0 env PATH="$TEMP/new:$PATH" scribelint hook install --config
expect_output_contains 'set already'
expect_status 0 scribelint hook status
expect_unchanged
expect_status 0 scribelint hook uninstall
expect_equal 'no settings are left' '' "$(git config --get-regexp '^hook' || :)"
expect_equal 'no scripts are left' no "$([ -e .git/scribelint ] || echo no)"
scribelint hook install >/dev/null
expect_status 2 env PATH="$TEMP/new:$PATH" scribelint hook install --config
expect_error_contains 'as files already'

# --- Wrong usage ----------------------------------------------------------------------------------

expect_status 2 scribelint hook
expect_status 2 scribelint hook instal
expect_status 2 scribelint hook install twice
expect_status 2 scribelint hook uninstall --force
expect_status 2 scribelint hook run
expect_status 2 scribelint hook run post-commit
expect_error_contains 'pre-push'
finish
