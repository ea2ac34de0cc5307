#!/bin/sh
# Where the configuration comes from before a commit: the course's branch, which a student's clone
# knows by one remote or another, and never what stands on the student's own branch.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# The rule "marker" for .scribelint/rules: it shows which side the course's rules come from.
write_marker "$TEMP/rules"

repo_init course
write_note 01 'One.'
commit_all 'Start'
cd ..
git clone -q course fork 2>/dev/null

# The course gets a configuration and a rule; the fork knows nothing of it.
cd course
write .scribelint.yml <<'END'
course:
  name: Systems
  repository: "example/course"
  timezone: America/Los_Angeles
fail-on: never
END
mkdir -p .scribelint/rules
cp "$TEMP/rules/marker.yml" .scribelint/rules/
commit_all 'Configure'
cd ..
git clone -q fork student 2>/dev/null
cd student
write_note 02 MARK-two
git add .
expect_status 0 scribelint check
expect_output_lacks MARK-two

# A remote tells nothing about a branch that left before the configuration, and all about a later one.
git remote add upstream "$TEMP/area/course"
git fetch -q upstream
expect_status 0 scribelint check
expect_output_lacks MARK-two
git reset -q --hard upstream/main
write_note 02 MARK-two
git add .
remember_state
expect_status 0 scribelint check
expect_output_contains MARK-two
expect_status 0 scribelint check --worktree
expect_output_contains MARK-two
expect_unchanged

# What the branch itself says does not count, staged or committed, right or wrong.
write .scribelint.yml <<'END'
fail-on: notice
END
rm -r .scribelint
git add -A
expect_status 0 scribelint check
expect_output_contains MARK-two
commit_all 'Ask for more'
write_note 03 MARK-three
git add .
expect_status 0 scribelint check
expect_output_contains MARK-three
expect_status 0 scribelint check --all
expect_output_lacks MARK-two
write .scribelint.yml <<'END'
nonsense: 1
END
commit_all 'Nonsense'
write_note 04 MARK-four
git add .
expect_status 0 scribelint check
expect_output_contains MARK-four
expect_output_lacks MARK-three
expect_status 2 scribelint check --all

# By "origin", the fork, the configuration is new: the defaults, and a note.
cd ..
git clone -q fork another 2>/dev/null
cd another
write .scribelint.yml <<'END'
fail-on: never
END
mkdir -p .scribelint/rules
cp "$TEMP/rules/marker.yml" .scribelint/rules/
commit_all 'A configuration of its own'
write_note 02 MARK-two
git add .
expect_status 0 scribelint check
expect_output_lacks MARK-two
expect_output_contains 'note: the .scribelint.yml that this change adds takes effect once it is merged'

# The remote that course.repository names goes before "upstream" and "origin".
git remote add upstream "$TEMP/area/fork"
git remote add ta "$TEMP/area/example/course.git"
mkdir -p "$TEMP/area/example"
git clone -q --bare "$TEMP/area/course" "$TEMP/area/example/course.git"
git fetch -q --all 2>/dev/null
git reset -q --hard ta/main
write_note 02 MARK-two
git add .
expect_status 0 scribelint check
expect_output_contains MARK-two
git commit -q -m Two
write_note 03 MARK-three
write .scribelint.yml <<'END'
course: {repository: "https://example.org/elsewhere"}
END
git add .
expect_status 0 scribelint check
expect_output_contains MARK-three
git commit -q -m 'Name another'
write_note 04 MARK-four
git add .
expect_status 0 scribelint check
expect_output_lacks MARK-four
expect_output_contains 'takes effect once it is merged'

# Without any remote, HEAD.
for remote in ta upstream origin; do
    git remote remove $remote
done
write .scribelint.yml <<'END'
rules: {no-such-rule: off}
END
commit_all 'HEAD counts'
write_note 05 Five.
git add .
expect_status 2 scribelint check

# --pull goes by the target, also when the pull request brings a configuration.
cd "$TEMP/area/course"
git checkout -q --detach main
write .scribelint.yml <<'END'
fail-on: error
END
rm -r .scribelint
write_note 09 MARK-nine
commit_all 'Nine'
git update-ref refs/pull/9/head HEAD
git checkout -q main
expect_status 0 scribelint check --pull 9
expect_output_contains MARK-nine
expect_status 0 scribelint check --pull 9 --onto main~1
expect_output_lacks MARK-nine
expect_output_contains 'takes effect once it is merged'

# --- Keys -----------------------------------------------------------------------------------------------

write "$TEMP/wrong.yml" <<'END'
course: {repo: x}
END
expect_status 2 scribelint check --all --config "$TEMP/wrong.yml"
expect_error_contains 'wrong.yml:1:10: unknown key "repo"; known here: name, repository, timezone'
for wrong in 'course: x' 'course: {name: [a]}' 'course: [a]' 'course: {name: a, name: b}'; do
    printf '%s\n' "$wrong" >"$TEMP/wrong.yml"
    expect_status 2 scribelint check --all --config "$TEMP/wrong.yml"
done

finish
