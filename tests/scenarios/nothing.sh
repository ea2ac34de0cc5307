#!/bin/sh
# What is asked without options, outside of repositories, and of what is no note.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

write_marker "$TEMP/rules"

# --- No repository ----------------------------------------------------------------------------------

mkdir none
cd none
expect_status 3 scribelint check
expect_error_contains 'no Git repository'
expect_error_contains 'git init'
expect_status 3 scribelint check --all
expect_status 3 scribelint check --base main
expect_status 3 env GIT_DIR="$TEMP/nowhere" scribelint check
expect_error_contains 'GIT_DIR'
expect_status 2 scribelint check --base main --all
expect_status 2 scribelint check --fail-on sometimes
expect_status 2 scribelint check --format xml
expect_status 2 scribelint check --color sometimes
expect_status 2 scribelint check --nonsense
expect_status 2 scribelint check --staged=yes
expect_status 2 scribelint check --base
expect_status 2 scribelint
expect_status 2 scribelint nonsense
expect_status 2 scribelint --nonsense
expect_status 0 scribelint --help
expect_output_contains 'check'
expect_status 0 scribelint check --help
expect_output_contains '--staged'
expect_status 0 scribelint rules --help
expect_status 0 scribelint --version
expect_output_contains 'scribelint '
cd ..

# --- No commit yet ----------------------------------------------------------------------------------

git init -q -b main unborn
cd unborn
expect_status 0 scribelint check
expect_output_contains 'git add FILE'
expect_output_lacks 'scribelint check --base'
expect_output_lacks 'scribelint check --all'
for command in 'status' 'check --all' 'check --base HEAD' 'check --base main'; do
    # shellcheck disable=SC2086
    expect_status 2 scribelint $command
    expect_error_contains 'there is no commit yet'
done
cd ..

# --- Nothing staged ---------------------------------------------------------------------------------

repo_init course
write_note 01 MARK-one '![none](/assets/img/none.png)'
commit_all 'Start'
write_note 01 MARK-unstaged '![other](/assets/img/other.png)'
write_note 02 '![untracked](/assets/img/untracked.png)'
remember_state
expect_status 0 scribelint check
expect_output_contains 'nothing is staged'
expect_output_contains 'scribelint check --base'
expect_output_contains 'scribelint check --all'
expect_status 0 scribelint check --staged
expect_output_lacks 'nothing is staged'
expect_equal 'a hook says one line' 1 "$(wc -l <"$OUTPUT" | tr -d ' ')"
expect_findings </dev/null
expect_equal 'JSON stays JSON' '{' "$(head -n 1 "$OUTPUT")"
expect_output_contains '"head": "index"'
git add -N _posts/2024-01-02-lecture-02.md
expect_status 0 scribelint check
expect_output_contains 'nothing is staged'
git add _posts/2024-01-02-lecture-02.md
expect_findings <<'END'
introduced head image-missing _posts/2024-01-02-lecture-02.md:9
END
run scribelint check
cp "$OUTPUT" "$TEMP/default"
run scribelint check --staged
expect_same_file "$TEMP/default" "$OUTPUT"
git reset -q
git update-index -q --refresh || :
remember_state
expect_status 0 scribelint check
expect_unchanged

# --- What is staged counts, not what is on disk ---------------------------------------------------------

git checkout -q .
write_note 03 '![plot](/assets/img/plot.png)'
git add _posts/2024-01-03-lecture-03.md
write_picture assets/img/plot.png
expect_status 1 scribelint check
expect_output_contains 'image-missing'
# Commands to paste name a file from where the user stands, in an alias of Git, too.
expect_output_contains 'but not staged: git add assets/img/plot.png'
cd _posts
expect_status 1 scribelint check
expect_output_contains 'assets/img/plot.png is on your disk but not staged: git add ../assets/img/plot.png'
expect_status 1 git -c alias.lint='!scribelint check' lint
expect_output_contains 'but not staged: git add ../assets/img/plot.png'
cd ../assets
expect_status 1 scribelint check
expect_output_contains 'but not staged: git add img/plot.png'
cd img
expect_status 1 scribelint check
expect_output_contains 'but not staged: git add plot.png'
expect_status 1 env GIT_PREFIX=assets/ scribelint check
expect_output_contains 'but not staged: git add plot.png'
cd ../..
for prefix in /_posts/ ../_posts/ ./ ''; do
    expect_status 1 env GIT_PREFIX="$prefix" scribelint check
    expect_output_contains 'but not staged: git add assets/img/plot.png'
done
git add assets
rm -r assets
expect_status 0 scribelint check
# Neither options nor patterns.
write_note 03 '![one](/-n.png) ![two](/:!x.png) ![three](/*.png)'
git add _posts
echo one >./-n.png
echo two >./:!x.png
echo three >'*.png'
echo four >not-asked-for.png
expect_status 1 scribelint check
expect_output_contains "not staged: git add ./-n.png"
expect_output_contains "not staged: git add './:!x.png'"
sed -n 's/.*not staged: //p' "$OUTPUT" | sh
expect_equal 'they can be pasted' '*.png
-n.png
:!x.png' "$(git diff --cached --name-only | grep -v assets/ | grep png)"
git reset -q --hard
rm -f _posts/*-02.md _posts/*-03.md not-asked-for.png

# --- Links and submodules -----------------------------------------------------------------------------

git init -q "$TEMP/module"
git -C "$TEMP/module" commit -q --allow-empty -m 'Module'
git submodule --quiet add "$TEMP/module" module 2>/dev/null
printf 'MARK-secret\n![none](/none.png)\n' >"$TEMP/secret.md"
ln -s /etc/passwd _posts/2024-01-07-lecture-07.md
ln -s "$TEMP/secret.md" _posts/2024-01-08-lecture-08.md
ln -s "$TEMP" folder
ln -s nowhere dangling.md
ln -s ../folder _includes
git add -A
remember_state
expect_status 0 scribelint check --rules "$TEMP/rules" --fail-on error
expect_output_contains 'a symbolic link'
expect_output_lacks MARK-secret
expect_output_lacks root:
run scribelint check --rules "$TEMP/rules" --format json
for path in _posts/2024-01-07-lecture-07.md _posts/2024-01-08-lecture-08.md folder dangling.md \
    _includes module; do
    expect_output_contains "\"path\": \"$path\","
done
expect_output_contains 'a submodule'
expect_output_contains '"files": 1,' # .gitmodules
expect_output_lacks MARK-secret
expect_unchanged
git commit -q -m 'Links'
run scribelint check --all --rules "$TEMP/rules"
expect_output_lacks MARK-secret
expect_output_contains '6 skipped'
expect_output_contains '2 files checked'
expect_status 0 scribelint check --all --rules "$TEMP/rules" --fail-on error .gitmodules module folder

# What stands behind a link to a folder cannot be seen in Git's objects: nothing is said.
write "$TEMP/picture.png" </dev/null
write_note 09 '![picture](/folder/picture.png)'
git add -A
expect_findings --fail-on error _posts <<'END'
END
git commit -q -m 'Picture'

# A note that becomes a link, and a link that becomes a note.
rm _posts/2024-01-01-lecture-01.md _posts/2024-01-08-lecture-08.md
ln -s "$TEMP/secret.md" _posts/2024-01-01-lecture-01.md
write_note 08 MARK-real
git add -A
expect_findings --rules "$TEMP/rules" <<'END'
introduced head marker _posts/2024-01-08-lecture-08.md:9 found MARK-real
END
expect_output_contains '"path": "_posts/2024-01-01-lecture-01.md",'
git rm -q -f dangling.md
expect_status 0 scribelint check --staged dangling.md
finish
