#!/bin/sh
# A newcomer, by the words of the README: both gates set up in a fresh clone, a commit with a fault
# stopped on the machine, the same commit as a pull request, and mended until both let it through.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$ROOT/tests/runner/lib.sh"

# --- The staff ------------------------------------------------------------------------------------

cd "$TEMP/area"
git clone -q "$root/example/course.git" staff
cd staff
expect_status 0 scribelint init
expect_status 0 scribelint init --github --owner example
git add .scribelint.yml .github/workflows/scribelint.yml
git commit -q -m 'Check notes with scribelint'
git push -q origin main
cd ../course
git pull -q --ff-only origin main
workflow=.github/workflows/scribelint.yml
act push
expect_equal 'the course as it is passes' success "$(seen conclusion)"
expect_seen summary.md '| # | Date | Title |'

# --- A student ------------------------------------------------------------------------------------

cd ..
git clone -q "$root/example/course.git" student
cd student
expect_status 0 scribelint hook install
expect_output_contains 'pre-commit        installed'
git checkout -q -b lecture-03
# Everything the template asks for, and one fault: the picture was never added.
note=_posts/2024-01-18-lecture-03.md
sed -e 's/^title: .*/title: "Lecture 3: Threads"/' -e 's/^date: .*/date: 2024-01-18/' \
    _posts/2024-01-16-lecture-02.md |
    awk '/^---$/ { fence++ } { print } fence == 2 { exit }' >$note
cat >>$note <<'END'

## What threads share

All threads of a process see the same memory, each with a stack of its own.

![Two stacks in one address space]({{ '/assets/img/notes/lecture-03/stacks.png' | relative_url }})
END
run git add $note
run git commit -m 'Notes of lecture 3'
cp "$ERRORS" "$TEMP/screen"
expect_equal 'the hook stops the commit' 1 "$status"
# Lines of the report stand below their file.
fault=$(sed -n 's/^ *\([0-9:]*\) *error  image .*/\1/p' "$TEMP/screen")
expect_equal 'one fault is told, with its place' 1 "$(printf '%s\n' "$fault" | grep -c .)"
expect_error_contains '[image-missing]'
expect_error_contains 'fix:  commit the file, or correct the path'
expect_error_contains 'no file assets/img/notes/lecture-03/stacks.png is on your disk either'
expect_error_contains 'To commit anyway: git commit --no-verify'
expect_equal 'on one screen' yes "$([ "$(wc -l <"$TEMP/screen")" -le 24 ] && echo yes)"

# --- The same as a pull request -------------------------------------------------------------------

git commit -q --no-verify -m 'Notes of lecture 3'
commit=$(git rev-parse HEAD)
run git push origin lecture-03
expect_equal 'the other hook stops the push' 1 "$status"
git push -q --no-verify origin lecture-03
cd ../course
git fetch -q origin
git checkout -q --detach "$commit"
propose 7
act opened --pull 7
expect_equal 'the check fails' failure "$(seen conclusion)"
# The same finding at the same place, on the machine and beside the line.
expect_equal 'the annotation is where the hook said' "$note:${fault%%:*}:${fault#*:}" \
    "$(sed -n 's/^error \([^ ]*\)-[0-9]* image-missing: .*/\1/p' "$TEMP/out/annotations")"
expect_seen summary.md '1 thing to mend'
expect_seen summary.md '| 3 | Jan 18 |'
expect_pull_agrees 7
# The id does not hang on the seat.
id_of() {
    sed -n 's/.*verdict \([0-9a-f]\{12\}\).*/\1/p' "$1" | head -n 1
}
expect_equal 'one verdict' "$(id_of "$TEMP/screen")" "$(id_of "$TEMP/out/summary.md")"

# --- Mended ---------------------------------------------------------------------------------------

cd ../student
write_picture assets/img/notes/lecture-03/stacks.png
git add assets/img/notes/lecture-03/stacks.png
run git commit -m 'Add the picture'
expect_equal 'the hook lets it through' 0 "$status"
run git push origin lecture-03
expect_equal 'and the push' 0 "$status"
commit=$(git rev-parse HEAD)
cd ../course
git fetch -q origin
git checkout -q --detach "$commit"
propose 7
act synchronize --pull 7
expect_equal 'the check passes' success "$(seen conclusion)"

finish
