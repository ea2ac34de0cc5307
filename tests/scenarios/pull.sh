#!/bin/sh
# --pull: what merging a pull request now would change, by a real git's refs and merges.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

write_marker "$TEMP/rules"
check() {
    expect_findings --rules "$TEMP/rules" "$@"
}

# --- The course's repository ------------------------------------------------------------------------

repo_init course
write_note 01 Alpha. Beta. Gamma. MARK-old Delta. Epsilon. Zeta.
write_note 02 MARK-two
commit_all 'Start'
git tag start

# propose NUMBER: the current commit becomes the head of pull request NUMBER, and main is back.
propose() {
    git update-ref "refs/pull/$1/head" HEAD
    git checkout -q main
}

# 1 changes a file that the target changes later, above and below; 2 conflicts.
git checkout -q --detach start
write_note 01 Alpha. Beta. Gamma. MARK-old Delta. MARK-mine Zeta.
write_note 03 MARK-three
commit_all 'One'
propose 1
git checkout -q --detach start
write_note 02 MARK-conflict
commit_all 'Two'
propose 2

# 3 is merged with a merge commit, 4 by moving the branch forward, 5 is squashed.
git checkout -q --detach start
write_note 05 MARK-five
commit_all 'Three'
write_note 05 MARK-five MARK-more
commit_all 'Three, more'
propose 3
git merge -q --no-ff -m 'Merge 3' refs/pull/3/head
git tag merge-3
git checkout -q --detach main
write_note 06 MARK-six
commit_all 'Four'
propose 4
git tag before-4
git merge -q --ff-only refs/pull/4/head
git checkout -q --detach main
write_note 07 MARK-seven
commit_all 'Five'
propose 5
git merge -q --squash refs/pull/5/head
git commit -q -m 'Squash 5'

# The target moves on.
write_note 01 First. MARK-target Alpha. Beta. Gamma. MARK-old Delta. Epsilon. Zeta.
write_note 02 MARK-changed
commit_all 'Move on'

# 6 leaves from the tip, so that there is nothing to merge with.
git checkout -q --detach main
write_note 08 MARK-eight
commit_all 'Six'
propose 6
cd ..
git clone -q course clone 2>/dev/null
cd clone
git fetch -q origin '+refs/pull/*/head:refs/remotes/origin/pull/*/head'
main=$(git rev-parse origin/main)
head_of() {
    git rev-parse "refs/remotes/origin/pull/$1/head"
}
write "$TEMP/one" <<'END'
carried head marker _posts/2024-01-01-lecture-01.md found MARK-target
carried head marker _posts/2024-01-01-lecture-01.md:12 found MARK-old
introduced head marker _posts/2024-01-01-lecture-01.md:14 found MARK-mine
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-three
END

# --- Merged in memory ---------------------------------------------------------------------------------

# Whatever is checked out plays no part; lines are those of the head.
git checkout -q --detach start
remember_state
check --pull 1 <"$TEMP/one"
expect_equal 'findings give 1' 1 "$status"
expect_output_contains "\"base\": \"$main\""
expect_output_contains "\"head\": \"$(head_of 1)\""
expect_output_contains '"files": 2,'
git cat-file blob "$(head_of 1):_posts/2024-01-01-lecture-01.md" >"$TEMP/head-version"
expect_equal 'the line is that of the head' MARK-mine "$(sed -n 14p "$TEMP/head-version")"

# It is what a check of the merge commit sees, but for the lines.
run scribelint check --format json --rules "$TEMP/rules" --pull 1
list_findings "$OUTPUT" | sed 's/:[0-9]*//' | sort >"$TEMP/in-memory"
expect_unchanged
git checkout -q --detach origin/main
git merge -q --no-edit refs/remotes/origin/pull/1/head
run scribelint check --format json --rules "$TEMP/rules" --base HEAD^1
list_findings "$OUTPUT" | sed 's/:[0-9]*//' | sort >"$TEMP/on-disk"
expect_same_file "$TEMP/on-disk" "$TEMP/in-memory"
git checkout -q --detach start
remember_state

# A head that left the tip itself needs no merging.
check --pull 6 <<'END'
introduced head marker _posts/2024-01-08-lecture-08.md:9 found MARK-eight
END
expect_output_contains "\"base\": \"$main\""

# --- Conflicts ------------------------------------------------------------------------------------------

check --pull 2 <<'END'
fixed base marker _posts/2024-01-02-lecture-02.md:9 found MARK-two
introduced head marker _posts/2024-01-02-lecture-02.md:9 found MARK-conflict
END
expect_output_contains "\"base\": \"$(git rev-parse start)\""
expect_output_contains "\"head\": \"$(head_of 2)\""
expect_status 1 scribelint check --rules "$TEMP/rules" --pull 2
expect_output_contains 'note: pull request 2 conflicts with its target in "_posts/2024-01-02-lecture-02.md"'
expect_status 1 scribelint check --rules "$TEMP/rules" --pull 2 --onto start
expect_output_lacks conflicts

# --- Merged already ---------------------------------------------------------------------------------------

check --pull 3 <<'END'
introduced head marker _posts/2024-01-05-lecture-05.md:10 found MARK-more
introduced head marker _posts/2024-01-05-lecture-05.md:9 found MARK-five
END
expect_output_contains "\"base\": \"$(git rev-parse merge-3^1)\""
expect_output_contains "\"head\": \"$(head_of 3)\""
expect_status 1 scribelint check --rules "$TEMP/rules" --pull 3
expect_output_contains "note: pull request 3 is merged already; this is what the merge $(git rev-parse merge-3 | cut -c 1-10) brought"

expect_status 3 scribelint check --pull 4
expect_error_contains '--onto REV'
check --pull 4 --onto before-4 <<'END'
introduced head marker _posts/2024-01-06-lecture-06.md:9 found MARK-six
END

# A squashed one is merged a second time: nothing is left of it.
check --pull 5 </dev/null
expect_equal 'nothing left to bring' 0 "$status"

# --- Where the refs and the target are ----------------------------------------------------------------------

expect_status 3 scribelint check --pull 99
expect_error_contains 'git fetch origin refs/pull/99/head:refs/remotes/origin/pull/99/head'
expect_unchanged
fetch=$(sed -n 's/.*: \(git fetch origin .*\)/\1/p' "$ERRORS" | sed 's/99/1/g')
git update-ref -d refs/remotes/origin/pull/1/head
expect_status 3 scribelint check --pull 1
expect_status 0 sh -c "$fetch"
check --pull 1 <"$TEMP/one"
git update-ref -d refs/remotes/origin/pull/1/head
git fetch -q origin refs/pull/1/head:refs/remotes/origin/pr/1
check --pull 1 <"$TEMP/one"
git update-ref -d refs/remotes/origin/pr/1
git fetch -q origin refs/pull/1/head:refs/pull/1/head
check --pull 1 <"$TEMP/one"
git symbolic-ref -d refs/remotes/origin/HEAD
check --pull 1 <"$TEMP/one"
git update-ref refs/remotes/origin/other refs/remotes/origin/main
git update-ref -d refs/remotes/origin/main
expect_status 3 scribelint check --pull 1
expect_error_contains '--onto REV'
check --pull 1 --onto origin/other <"$TEMP/one"

# A stale fork is "origin", the course is "upstream".
cd "$TEMP/area"
git clone -q clone fork 2>/dev/null
cd fork
git remote add upstream "$TEMP/area/course"
git fetch -q upstream '+refs/heads/*:refs/remotes/upstream/*' 'refs/pull/1/head:refs/remotes/upstream/pr/1'
git update-ref refs/remotes/origin/main start
check --pull 1 <"$TEMP/one"
expect_status 3 scribelint check --pull 2
expect_error_contains 'git fetch upstream refs/pull/2/head:refs/remotes/upstream/pull/2/head'

# A bare mirror.
cd "$TEMP/area"
git clone -q --mirror course mirror.git
cd mirror.git
remember_state
check --pull 1 <"$TEMP/one"
expect_status 3 scribelint check --pull 99
expect_error_contains 'git fetch origin refs/pull/99/head:refs/pull/99/head'
expect_unchanged

# A shallow one can't see where the head left. (libgit2 1.5 forgets memory of its own there.)
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS
cd "$TEMP/area"
git clone -q --depth 1 "file://$TEMP/area/course" shallow
cd shallow
git fetch -q --depth 1 origin refs/pull/1/head:refs/pull/1/head
expect_status 3 scribelint check --pull 1
expect_error_contains 'git fetch --unshallow'
git fetch -q --unshallow
check --pull 1 <"$TEMP/one"

# --- Several ----------------------------------------------------------------------------------------------

cd "$TEMP/area/mirror.git"
expect_status 1 scribelint check --rules "$TEMP/rules" --pull 1,99,5
grep '^pull request\|^not checked' "$OUTPUT" | cut -d ' ' -f 1-3 >"$TEMP/headings"
cat >"$TEMP/expected" <<'END'
pull request 1
pull request 99
not checked: pull
pull request 5
END
expect_same_file "$TEMP/expected" "$TEMP/headings"
expect_status 3 scribelint check --pull 99,5
expect_status 0 scribelint check --pull 5,5
expect_output_contains 'note: nothing of it differs from its target: all that it changes is there'
expect_status 0 scribelint check --pull 5 --format markdown
expect_output_contains 'nothing to mend, but see the remarks'
expect_output_contains 'all that it changes is there already'
expect_output_lacks 'all is well'
expect_status 1 scribelint check --rules "$TEMP/rules" --pull all
expect_output_contains '1 pull request brings nothing new'
expect_equal 'open are 1, 2 and 6; 5 brings nothing' '1 2 6' \
    "$(sed -n 's/^pull request \([0-9]*\)$/\1/p' "$OUTPUT" | tr '\n' ' ' | sed 's/ $//')"
expect_status 2 scribelint check --pull all --format json
expect_status 0 scribelint check --pull 5 --format json
git update-ref -d refs/pull/1/head
git update-ref -d refs/pull/2/head
git update-ref -d refs/pull/5/head
expect_status 1 scribelint check --rules "$TEMP/rules" --pull all --format json
git update-ref -d refs/pull/6/head
expect_status 0 scribelint check --pull all
expect_output_contains 'no pull request is open'

# --- Usage --------------------------------------------------------------------------------------------------

for wrong in 0 x 1x '1,' ',1' -1 99999999999 ''; do
    expect_status 2 scribelint check "--pull=$wrong"
done
expect_status 2 scribelint check --pull 1 --base main
expect_status 2 scribelint check --pull 1 --head main
expect_status 2 scribelint check --onto main
expect_status 2 scribelint check --pull 1 --onto no-such-branch

finish
