#!/bin/sh
# The installed hooks under every way of committing: what stops a commit, what is said, and that
# working tree, index and unstaged edits stay byte for byte what they were.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# print_work: the working tree, the index's entries and what is not staged; not how Git keeps them.
print_work() {
    find . -name .git -prune -o \( -type f -exec cksum {} + \) | LC_ALL=C sort -k 3
    find . -name .git -prune -o -type f -perm -u+x -print | LC_ALL=C sort
    git ls-files -s -t
    git diff --binary
    git stash list
}

# refused COMMAND...: the command makes no commit, for the reason MARK-…, and leaves all as it was.
refused() {
    head=$(git rev-parse -q --verify HEAD || :)
    print_work >"$TEMP/work-before"
    expect_status 1 "$@"
    expect_error_contains 'found MARK-'
    expect_equal 'how to commit anyway is said once, at the end' \
        "1 To ${anyway:-commit anyway: git commit --no-verify}" \
        "$(grep -c 'anyway:' "$ERRORS") $(grep -v '^Not committing merge' "$ERRORS" | tail -n 1)"
    expect_equal 'no commit was made' "$head" "$(git rev-parse -q --verify HEAD || :)"
    print_work >"$TEMP/work-after"
    expect_same_file "$TEMP/work-before" "$TEMP/work-after"
}

# passes COMMAND...: the command makes a commit without a word from the hook, and leaves the files
# and what is not staged as they were.
passes() {
    find . -name .git -prune -o \( -type f -exec cksum {} + \) | LC_ALL=C sort -k 3 >"$TEMP/files-before"
    head=$(git rev-parse -q --verify HEAD || :)
    expect_status 0 "$@"
    expect_equal 'not a word' '' "$(cat "$ERRORS")"
    find . -name .git -prune -o \( -type f -exec cksum {} + \) | LC_ALL=C sort -k 3 >"$TEMP/files-after"
    expect_same_file "$TEMP/files-before" "$TEMP/files-after"
    if [ "$(git rev-parse HEAD)" = "$head" ]; then fail "a commit: $*"; fi
}

one=_posts/2024-01-01-lecture-01.md
two=_posts/2024-01-02-lecture-02.md

# --- The first commit, and plain ones ---------------------------------------------------------------

repo_init course
write_marker .scribelint/rules
commit_all 'Rules'
scribelint hook install >/dev/null
write_note 01 MARK-first
git add .
write_note 01 unstaged
refused git commit -m 'Bad'
write_note 01 'Text.'
git add .
write_note 01 MARK-unstaged
git diff >"$TEMP/unstaged-before"
passes git commit -q -m 'First'
git diff >"$TEMP/unstaged-after"
expect_same_file "$TEMP/unstaged-before" "$TEMP/unstaged-after"

refused git commit -a -m 'All'
refused git commit -m 'Include' -i $one
refused git commit -m 'Only' $one
expect_error_contains "$one"
write_note 02 MARK-two
git add $two
write_note 01 'Better text.'
passes git commit -q -m 'Part, beside a bad one that is staged' $one
refused git commit -m 'Now that one'
git reset -q
git add -N $two
write_note 01 'Even better text.'
git add $one
passes git commit -q -m 'Beside an intent to add'
git reset -q
rm $two
passes git commit -q --allow-empty -m 'Empty'
expect_status 1 git commit -q -m 'Nothing'
expect_equal 'nothing to check, nothing said' '' "$(cat "$ERRORS")"

write_note 02 'Text.'
git add .
passes git commit -q -m 'Two'
write_note 02 MARK-amended
git add .
refused git commit --amend --no-edit
git commit -q --no-verify -m 'Anyway'
passes git commit -q --amend -m 'What HEAD had is carried over, what it brings is what counts' --allow-empty
git reset -q --hard HEAD^

# --- From elsewhere ---------------------------------------------------------------------------------

write_note 02 MARK-below
git add .
refused git -C _posts commit -m 'Below'
refused git --git-dir="$PWD/.git" --work-tree="$PWD" commit -m 'Options'
git stash -q

write "_posts/2024-01-04-lecture-04
with a line and  blanks.md" <<'NOTE'
MARK-line
NOTE
git add -A
refused git commit -m 'Odd name'
git reset -q --hard

git worktree add -q '../a tree' -b tree
cd '../a tree'
write_note 03 MARK-tree
git add .
refused git commit -m 'Linked'
refused git commit -a -m 'Linked, all'
write_note 03 'Text.'
git add .
write_note 03 MARK-unstaged
passes git commit -q -m 'Linked'
git checkout -q -f
cd ../course

# What GUI clients leave of the environment.
git_found=$(command -v git)
write_note 02 MARK-gui
git add .
refused env -i PATH= HOME= "$git_found" -c user.name=a -c user.email=a@example.org commit -m 'Bare'
write_note 02 'Better text.'
git add .
passes env -i PATH= "$git_found" -c user.name=a -c user.email=a@example.org commit -q -m 'Bare'

# --- What does not pass by the hook, and merges -----------------------------------------------------

git checkout -q -b topic
write_note 05 MARK-topic
git add .
git commit -q --no-verify -m 'Topic'
git checkout -q main
write_note 06 'Text.'
git add .
passes git commit -q -m 'Main moves on'
git checkout -q -b picked
expect_status 0 git cherry-pick topic
git checkout -q -b rebased topic
expect_status 0 git rebase -q main
git checkout -q -b reverted topic
expect_status 0 git revert --no-edit HEAD
expect_status 0 git revert --no-edit HEAD
git checkout -q -b merged main
expect_status 0 git merge -q --no-ff -m 'What a merge brings from its other side is not its own' topic
expect_equal 'not a word' '' "$(cat "$ERRORS")"
expect_equal 'a merge' 2 "$(git rev-list --no-walk --parents HEAD | wc -w | awk '{ print $1 - 1 }')"

# A merge that is clean by lines and brings what neither side has.
git checkout -q -b left main
printf '%s\n' a b c d e f g h i j k l >x.md
commit_all 'Both'
git checkout -q -b right
printf '%s\n' a b c d e f g h i j k 'MARK-x' >x.md
commit_all 'Right'
git checkout -q left
printf '%s\n' A b c d e f g h i j k l >x.md
commit_all 'Left'
head=$(git rev-parse HEAD)
expect_status 1 git merge -m 'Mixed' right
expect_error_contains 'found MARK-x'
expect_error_contains 'To merge anyway: git commit --no-verify'
expect_equal 'no merge was made' "$head" "$(git rev-parse HEAD)"
print_work >"$TEMP/work-before"
anyway='commit anyway: git commit --no-verify' refused git commit -m 'Mixed'
sed -i.old s/MARK-x/y/ x.md
rm x.md.old
git add x.md
passes git commit -q -m 'Mixed, and mended'

# One with conflicts.
git checkout -q -b mine main
write_note 07 mine
git add .
passes git commit -q -m 'Mine'
git checkout -q -b theirs main
write_note 07 theirs
write_note 08 MARK-theirs
commit_all 'Theirs'
git checkout -q mine
expect_status 1 git merge theirs
write_note 07 MARK-resolved
git add .
refused git commit -m 'Resolved badly'
expect_equal 'what theirs brought is not told' 0 "$(grep -c MARK-theirs "$ERRORS" || :)"
write_note 07 resolved
git add .
passes git commit -q -m 'Resolved'

# --- What is said -----------------------------------------------------------------------------------

git checkout -q main
scribelint hook uninstall >/dev/null
write .scribelint/rules/levels.yml <<'RULES'
- id: warned
  severity: warning
  summary: A word that begins with WARN-
  why: Scenarios need one of each severity.
  files: [any]
  check: pattern
  scope: file
  forbid: 'WARN-\w+'
  message: 'warned of {value}'
  examples: {good: [WARN], bad: [WARN-x]}
- id: noted
  severity: notice
  summary: A word that begins with NOTE-
  why: Scenarios need one of each severity.
  files: [any]
  check: pattern
  scope: file
  forbid: 'NOTE-\w+'
  message: 'noted {value}'
  examples: {good: [NOTE], bad: [NOTE-x]}
RULES
commit_all 'Levels'
scribelint hook install >/dev/null

write_note 01 NOTE-one
git add .
passes git commit -q -m 'Notices wait'
write_note 01 NOTE-one NOTE-two WARN-one
git add .
expect_status 0 git commit -q -m 'Warnings speak'
expect_error_contains 'warned of WARN-one'
expect_equal 'and notices do not' 0 "$(grep -c 'noted NOTE' "$ERRORS" || :)"
expect_equal 'nothing is in the way' 0 "$(grep -c anyway "$ERRORS" || :)"
git reset -q --soft HEAD^
git config scribelint.failOn warning
expect_status 1 git commit -q -m 'Warnings block'
git config scribelint.failOn notice
expect_status 1 git commit -q -m 'Notices block'
expect_error_contains 'noted NOTE-two'
write_note 01 MARK-error
git add .
git config scribelint.failOn never
expect_status 0 git commit -q -m 'Nothing blocks'
expect_error_contains 'found MARK-error'
git reset -q --soft HEAD^
# A wrong setting is told once and stops nobody, unless that is required.
git config scribelint.failOn sometimes
expect_status 1 scribelint hook run pre-commit
expect_error_contains 'found MARK-error'
write_note 01 WARN-one
git add .
expect_status 0 scribelint hook run pre-commit
expect_equal 'once' 1 "$(grep -c 'takes error, warning, notice or never, not "sometimes"' "$ERRORS")"
expect_error_contains 'it counts as not set'
expect_status 0 scribelint hook status
expect_output_contains 'scribelint.failOn   sometimes (wrong: it takes error, warning, notice or never)'
git config scribelint.required true
expect_status 1 git commit -q -m 'A wrong setting'
expect_error_contains 'takes error, warning, notice or never, not "sometimes"'
expect_error_contains 'To commit anyway: git commit --no-verify'
git config --unset scribelint.failOn
git config scribelint.required maybe
expect_status 0 scribelint hook run pre-commit
expect_error_contains 'scribelint.required in Git'
expect_error_contains 'git config scribelint.required false; until then it counts as not set'
expect_status 0 scribelint hook status
expect_output_contains 'maybe (wrong: it takes true or false)'
git config --unset scribelint.required

# A note that is a link is not read, and the hook says so.
ln -s lecture.txt _posts/2024-01-07-lecture-07.md
git add .
expect_status 0 scribelint hook run pre-commit
expect_error_contains '2024-01-07-lecture-07.md: a symbolic link'
git reset -q _posts/2024-01-01-lecture-01.md
expect_status 0 scribelint hook run pre-commit
expect_equal 'in a line' 'skipped: _posts/2024-01-07-lecture-07.md: a symbolic link' "$(cat "$ERRORS")"
git rm -q --cached _posts/2024-01-07-lecture-07.md
rm _posts/2024-01-07-lecture-07.md
write_note 01 MARK-error
git add .

write_note 02 MARK-1 MARK-2 MARK-3 MARK-4 MARK-5 MARK-6 MARK-7 MARK-8 MARK-9
git add .
expect_status 1 git commit -q -m 'Many'
expect_equal 'at most a screenful' yes "$([ "$(wc -l <"$ERRORS")" -le 24 ] && echo yes)"
expect_error_contains '2 more findings; scribelint check shows all'
expect_error_contains 'fixed, thank you'
printf '\nA zero\342\200\213width space.\n' >>$two
git add .
expect_status 1 git commit -q -m 'Many, one with a remedy'
expect_error_contains 'scribelint fix  mends 1 of these'

# What is advised for a commit that goes through works once it is made.
git config scribelint.failOn never
expect_status 0 git commit -q -m 'Many, and nothing blocks'
expect_error_contains 'more findings; scribelint check --base HEAD~1 shows all'
expect_error_contains 'scribelint fix --base HEAD~1  mends 1 of these'
git config --unset scribelint.failOn
expect_status 1 scribelint check --base HEAD~1
expect_output_contains 'found MARK-9'
expect_status 0 scribelint fix --base HEAD~1
expect_output_contains 'mended 1'
git reset -q --hard HEAD^
write_note 02 MARK-1 MARK-2 MARK-3 MARK-4 MARK-5 MARK-6 MARK-7 MARK-8 MARK-9
git add .

# Different faults, as many as one finds in a first draft: what to do is told of the first ones,
# and in the rest of the screen where more of them are.
git reset -q --hard
write "_posts/2024-01-09-lecture-09.md" <<'NOTE'
---
layout: distill
title: "Lecture 8: Storage"
date: 2024-01-10
---

## Disks

<<<<<<< HEAD
![Seen](/assets/img/notes/lecture-09/disk.png)
=======
{% incldue figure.html %}
>>>>>>> topic
Some \[words](./nowhere.md) and $$ \alhpa $$ of TODO.

<div>
A [link](nowhere.md) and ![one more](fig.jpeg).
NOTE
git add .
expect_status 1 git commit -q -m 'A first draft'
expect_equal 'at most a screenful' yes "$([ "$(wc -l <"$ERRORS")" -le 24 ] && echo yes)"
expect_equal 'some of them in full' 2 "$(grep -c '^    fix:  ' "$ERRORS")"
expect_equal 'and more in short' yes "$([ "$(grep -cE '^ *[0-9]+:[0-9]+  error' "$ERRORS")" -ge 5 ] && echo yes)"
for text in date-mismatch title-number-mismatch 'more findings; scribelint check shows all'; do
    expect_error_contains "$text"
done

# A front matter that is lost mends nothing that was wrong in it.
git rm -q --cached _posts/2024-01-09-lecture-09.md
rm _posts/2024-01-09-lecture-09.md
write_note 09 'Text.'
sed -i.old 's/^date: .*/date: 2024-01-10/' _posts/2024-01-09-lecture-09.md
rm _posts/*.old
git add .
git commit -q --no-verify -m 'Another date'
sed -i.old '1d' _posts/2024-01-09-lecture-09.md
rm _posts/*.old
git add .
expect_status 1 git commit -q -m 'No front matter'
expect_error_contains front-matter-missing
expect_equal 'no thanks for that' 0 "$(grep -c 'fixed' "$ERRORS" || :)"
git reset -q --hard HEAD^

# What is on disk, beside what is staged.
git reset -q --hard
write_note 03 "![Seen]({{ '/assets/img/notes/lecture-03/fig 3.png' | relative_url }})"
write_picture 'assets/img/notes/lecture-03/fig 3.png'
git add _posts
expect_status 1 git commit -q -m 'Image forgotten'
image='assets/img/notes/lecture-03/fig 3.png'
expect_error_contains "hint: $image is on your disk but not staged: git add '$image'"
expect_error_contains "fix:  commit the file (git add '$image'), or correct the path"
cd _posts # where Git is called from, though it runs hooks at the root
expect_status 1 git commit -q -m 'Image forgotten'
expect_error_contains "hint: $image is on your disk but not staged: git add '../$image'"
cd ..
expect_status 1 git commit -q -m 'Part' _posts/2024-01-03-lecture-03.md
expect_error_contains "hint: $image is on your disk but not in this commit"
echo '*.png' >.git/info/exclude
expect_status 1 git commit -q -m 'Image ignored'
expect_error_contains "git add -f '$image'"
git add -f "$image"
passes git commit -q -m 'Image found'
write_note 03 MARK-old
git add .
write_note 03 'Mended.'
expect_status 1 git commit -q -m 'Mended, but not staged'
expect_error_contains 'on your disk is not what is staged and was checked: git add _posts/2024-01-03-lecture-03.md'
git add .
git commit -q -m 'Mended'

# The file that was meant is there under another name, or was there.
rm .git/info/exclude
commit_all 'Clean'
write_note 03 '![Seen](/assets/img/notes/lecture-03/case.png)'
write_picture assets/img/notes/lecture-03/Case.png
git add _posts
expect_status 1 git commit -q -m 'Another case'
if [ ! -e assets/img/notes/lecture-03/case.png ]; then
    expect_equal 'not told to add what is not there' 0 "$(grep -c 'git add .*/case.png' "$ERRORS" || :)"
    expect_error_contains 'fix:  commit the file, or correct the path'
fi
if [ ! -e assets/img/notes/lecture-03/case.png ]; then
    expect_error_contains 'lecture-03/Case.png is on your disk but not staged, and not spelled assets/img'
    expect_error_contains 'git add assets/img/notes/lecture-03/Case.png, and write its name as it is'
fi
write_note 03 '![Seen](/assets/img/notes/lecture-03/nowhere.png)'
expect_status 1 scribelint check --worktree _posts
expect_output_contains 'fix:  commit the file, or correct the path'
expect_output_contains 'hint: no file assets/img/notes/lecture-03/nowhere.png is on your disk either'
git checkout -q _posts
mv assets/img/notes/lecture-03/Case.png assets/img/case.png
expect_status 1 git commit -q -m 'Another folder'
expect_error_contains 'hint: assets/img/case.png is on your disk but not staged, and no assets/img/notes/'
expect_error_contains 'git add assets/img/case.png, and lead there'
mv assets/img/case.png 'assets/img/notes/lecture-03/a#b.png'
write_note 03 '![Seen](/assets/img/notes/lecture-03/a#b.png)'
git add .
expect_status 1 git commit -q -m 'A number sign'
expect_error_contains 'a#b.png is on your disk, but a # or ? in a link ends the path: write %23 for #'
write_note 03 '![Seen](/assets/img/notes/lecture-03/c.png)'
mv 'assets/img/notes/lecture-03/a#b.png' assets/img/notes/lecture-03/c.png
git add .
passes git commit -q -m 'An image'
git rm -q assets/img/notes/lecture-03/c.png
expect_status 1 git commit -q -m 'Without its image'
expect_error_contains 'git checkout HEAD -- assets/img/notes/lecture-03/c.png brings it back'
git reset -q --hard HEAD~2

# --- Without the program, or without an answer ------------------------------------------------------

move_program() {
    mv "$TEMP/bin/scribelint" "$TEMP/moved"
}
write_note 01 MARK-unchecked
git add .
move_program
run git commit -q -m 'Gone'
expect_equal 'it goes on' 0 "$status"
expect_equal 'after one line' 1 "$(wc -l <"$ERRORS" | tr -d ' ')"
expect_error_contains 'nor on the PATH'
git reset -q --soft HEAD^
git config scribelint.required true
expect_status 1 git commit -q -m 'Required'
expect_error_contains 'scribelint.required is set'
mkdir -p "$HOME/.local/bin"
ln -s "$SCRIBELINT" "$HOME/.local/bin/scribelint"
refused git commit -m 'In a usual place'
rm "$HOME/.local/bin/scribelint"
git config --unset scribelint.required
printf '#!/bin/sh\nkill -9 $$\n' >"$TEMP/bin/scribelint"
chmod +x "$TEMP/bin/scribelint"
expect_status 0 git commit -q -m 'Crashed'
expect_error_contains 'it stopped with status 137'
git reset -q --soft HEAD^
rm "$TEMP/bin/scribelint"
mv "$TEMP/moved" "$TEMP/bin/scribelint"

# The configuration of the course is wrong: no student can mend that here.
git reset -q --hard
printf 'rules: [\n' >.scribelint.yml
commit_all 'Broken configuration'
write_note 01 MARK-unread
git add .
expect_status 0 git commit -q -m 'Undecided'
expect_equal 'after one line' 1 "$(wc -l <"$ERRORS" | tr -d ' ')"
expect_error_contains 'the commit goes on, and the check on the pull request decides'
git reset -q --soft HEAD^
git config scribelint.required yes
expect_status 1 git commit -q -m 'Undecided and required'
expect_error_contains 'scribelint.required is set'
git config --unset scribelint.required

# libgit2 1.5 never comes back from an object that is cut short, as a full disk leaves it. A hook
# does, with less time than usual here.
git reset -q --hard
git rm -q .scribelint.yml
awk 'BEGIN { for (i = 0; i < 9000; i++) print (i * 7919) % 10007, (i * 104729) % 99991 }' >notes.md
git add notes.md
git commit -q --no-verify -m 'Numbers'
name=$(git rev-parse HEAD:notes.md)
object=$(git rev-parse --git-path "objects/$(echo "$name" | cut -c 1-2)/$(echo "$name" | cut -c 3-)")
head -c 2000 "$object" >"$TEMP/short"
mv -f "$TEMP/short" "$object"
echo more >>notes.md
git add notes.md
# shellcheck disable=SC3045,SC2317 # Debian's shell and macOS's have -S
in_a_second() (
    ulimit -S -t 1
    exec "$@"
)
expect_status 0 in_a_second git commit -q -m 'Damaged'
expect_equal 'one line' 1 "$(wc -l <"$ERRORS" | tr -d ' ')"
expect_error_contains 'the check on the pull request decides'
git reset -q --soft HEAD^
git config scribelint.required yes
expect_status 1 in_a_second git commit -q -m 'Damaged and required'
expect_error_contains 'scribelint.required is set'
finish
