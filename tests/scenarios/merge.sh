#!/bin/sh
# --merge: what a merge commit brought, also where the clone has hardly more than that commit.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# libgit2 1.5 itself forgets memory when history ends early.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS

write_marker "$TEMP/rules"
check() {
    expect_findings --rules "$TEMP/rules" "$@"
}

repo_init course
git config uploadpack.allowAnySHA1InWant true
write_note 01 Alpha. Beta. Gamma. MARK-old Delta. Epsilon. Zeta.
commit_all 'Start'
git checkout -q -b topic
write_note 01 Alpha. Beta. Gamma. MARK-old Delta. MARK-mine Zeta.
write_note 03 '![plot](/assets/Plot.png)' MARK-three
write assets/plot.png <<'END'
picture
END
commit_all 'Topic'
git update-ref refs/pull/1/head HEAD
git checkout -q main
write_note 01 First. MARK-target Alpha. Beta. Gamma. MARK-old Delta. Epsilon. Zeta.
commit_all 'Move on'
git tag target
git checkout -q --detach
git merge -q --no-ff -m 'Merge' topic
git tag merge
git checkout -q main

# The lines are those of the topic, and so is everything that a reviewer's --pull says.
write "$TEMP/one" <<'END'
carried head marker _posts/2024-01-01-lecture-01.md found MARK-target
carried head marker _posts/2024-01-01-lecture-01.md:12 found MARK-old
introduced head marker _posts/2024-01-01-lecture-01.md:14 found MARK-mine
introduced head marker _posts/2024-01-03-lecture-03.md:10 found MARK-three
END
run scribelint check --format json --rules "$TEMP/rules" --pull 1 --onto main
cp "$OUTPUT" "$TEMP/pull.json"
remember_state
run scribelint check --format json --rules "$TEMP/rules" --merge merge
expect_same_file "$TEMP/pull.json" "$OUTPUT"
list_findings "$OUTPUT" | grep ' marker ' >"$TEMP/found" || :
expect_same_file "$TEMP/one" "$TEMP/found"
run scribelint check --format json --rules "$TEMP/rules" --merge merge --onto target
expect_same_file "$TEMP/pull.json" "$OUTPUT"

# Onto another commit the lines are those of the merge: nobody's own version is known.
check --merge merge --onto topic <<'END'
carried head marker _posts/2024-01-01-lecture-01.md:14 found MARK-old
carried head marker _posts/2024-01-01-lecture-01.md:16 found MARK-mine
introduced head marker _posts/2024-01-01-lecture-01.md:10 found MARK-target
END

# A commit that is no merge: what it brought.
check --merge target <<'END'
carried head marker _posts/2024-01-01-lecture-01.md:14 found MARK-old
introduced head marker _posts/2024-01-01-lecture-01.md:10 found MARK-target
END

# A patch of it is for the topic.
run scribelint fix --pull 1 --onto main --diff
cp "$OUTPUT" "$TEMP/pull.diff"
expect_equal 'there is something to mend' 1 "$(grep -c '^+.*assets/plot.png' "$TEMP/pull.diff")"
expect_status 0 scribelint fix --merge merge --diff
expect_same_file "$TEMP/pull.diff" "$OUTPUT"
expect_status 2 scribelint fix --merge merge
expect_error_contains '--diff prints a patch'

expect_status 2 scribelint check --merge merge --base main
expect_error_contains 'exclude each other'
expect_status 2 scribelint check --onto main
expect_error_contains '--onto goes with --pull or --merge'
expect_status 2 scribelint check --merge nosuch
# Of a root there is no parent to fetch.
expect_status 3 scribelint check --merge main~1
expect_error_contains 'is the first commit'
expect_error_contains "check --all --head $(git rev-parse main~1)"
expect_unchanged
cd ..

# Depth 1 is too little, and says so; depth 2 is enough.
merge=$(git -C course rev-parse merge)
git init -q shallow
cd shallow
git fetch -q --depth=1 "file://$TEMP/area/course" "$merge"
expect_status 3 scribelint check --merge "$merge"
expect_error_contains "git fetch --depth=2 origin $merge"
git fetch -q --depth=2 "file://$TEMP/area/course" "$merge"
run scribelint check --format json --rules "$TEMP/rules" --merge "$merge"
expect_same_file "$TEMP/pull.json" "$OUTPUT"

finish
