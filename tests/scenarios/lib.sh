# What scenarios share: a temporary folder, a Git that knows nothing of yours, checks that count.
#
#   . "$(dirname "$0")/lib.sh"
#   repo_init course
#   write index.md <<'END'
#   Welcome.
#   END
#   commit_all 'Start the site'
#   remember_state
#   expect_status 0 scribelint check --staged
#   expect_output_contains '0 errors'
#   expect_unchanged
#   finish
#
# A scenario is a POSIX shell script, run by tests/run or by hand: `sh tests/scenarios/x.sh` after
# `make`. It runs in a temporary folder, under `set -eu`: a step that is no check and fails ends the
# scenario as failed. The program is $SCRIBELINT, and `scribelint` on the PATH (also in hooks).
# Checks never end the scenario; they print TAP lines. `finish` must be the last command.
# shellcheck shell=sh
set -eu

ROOT=$(cd "$(dirname "$0")/../.." && pwd)
SCRIBELINT=${SCRIBELINT:-$ROOT/build/scribelint}
TEMP=$(mktemp -d "${TMPDIR:-/tmp}/scribelint-scenario.XXXXXX")
TEMP=$(cd "$TEMP" && pwd -P)
if [ ! -x "$SCRIBELINT" ]; then
    echo "not ok 1 - $SCRIBELINT is missing; run make first"
    exit 1
fi

# Nothing of the caller's repository, configuration or continuous integration may show through.
for name in $(env | awk -F= '/^(GIT|GITHUB|SCRIBELINT)_[A-Z_0-9]*=/ { print $1 }') \
    CI NO_COLOR XDG_CONFIG_HOME XDG_CACHE_HOME; do
    unset "$name"
done
HOME=$TEMP/home
GIT_CONFIG_GLOBAL=$HOME/.gitconfig
GIT_CONFIG_NOSYSTEM=1
GIT_CEILING_DIRECTORIES=$TEMP
GIT_AUTHOR_NAME=Scribe GIT_AUTHOR_EMAIL=scribe@example.org
GIT_COMMITTER_NAME=Scribe GIT_COMMITTER_EMAIL=scribe@example.org
GIT_AUTHOR_DATE='2024-01-15T12:00:00Z' GIT_COMMITTER_DATE='2024-01-15T12:00:00Z'
LC_ALL=C TZ=UTC GIT_PAGER=cat GIT_EDITOR=true GIT_TERMINAL_PROMPT=0
PATH=$TEMP/bin:$PATH
export SCRIBELINT HOME GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_CEILING_DIRECTORIES \
    GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL \
    GIT_AUTHOR_DATE GIT_COMMITTER_DATE LC_ALL TZ GIT_PAGER GIT_EDITOR GIT_TERMINAL_PROMPT PATH
mkdir "$HOME" "$TEMP/bin" "$TEMP/area"
ln -s "$SCRIBELINT" "$TEMP/bin/scribelint"
git config --global init.defaultBranch main
git config --global core.autocrlf false
git config --global protocol.file.allow always

# What the last command run by `run` or `expect_status` wrote, and its exit status.
OUTPUT=$TEMP/output
ERRORS=$TEMP/errors
status=0

test_count=0
test_failures=0
test_finished=
cd "$TEMP/area"

leave() {
    leave_status=$?
    cd /
    rm -rf "$TEMP"
    [ -n "$test_finished" ] && exit "$leave_status"
    echo "not ok $((test_count + 1)) - the scenario stopped early, with status $leave_status"
    exit 1
}
trap leave EXIT
trap 'exit 130' INT TERM

# --- Repositories -------------------------------------------------------------------------------

# repo_init [FOLDER]: a new empty repository in FOLDER, made and entered.
repo_init() {
    mkdir -p "${1:-.}"
    cd "${1:-.}"
    git init -q
}

# write FILE: standard input into FILE, its folders made.
write() {
    case $1 in */*) mkdir -p "${1%/*}" ;; esac
    cat >"$1"
}

# write_picture FILE: a PNG of one pixel into FILE, its folders made.
write_picture() {
    case $1 in */*) mkdir -p "${1%/*}" ;; esac
    printf '\211PNG\r\n\032\n\0\0\0\015IHDR\0\0\0\001\0\0\0\001\001\0\0\0\0007n\371$' >"$1"
    printf '\0\0\0\012IDATx\234c\140\0\0\0\002\0\001H\257\244q\0\0\0\0IEND\256B\140\202' >>"$1"
}

# commit_all [MESSAGE]: everything in the working tree, hooks not run.
commit_all() {
    git add -A
    git commit -q --no-verify --allow-empty -m "${1:-Change}"
}

# --- Notes and findings -------------------------------------------------------------------------

# write_note NUMBER [LINE...]: the note of lecture NUMBER (two digits) with LINEs as its text. It is
# clean by the default configuration; a line with MARK-word is what the rule of write_marker flags.
write_note() {
    note_number=$1
    shift
    write "_posts/2024-01-$note_number-lecture-$note_number.md" <<END
---
layout: distill
title: "Lecture ${note_number#0}: Storage"
date: 2024-01-$note_number
---

## What disks do in lecture $note_number

$(printf '%s\n' "$@")
END
}

# write_marker FOLDER [SEVERITY]: a folder for --rules with one rule, "marker": any file may show
# what of it was read, by MARK-words that the finding's message repeats.
write_marker() {
    write "$1/marker.yml" <<END
- id: marker
  severity: ${2:-error}
  summary: A word that begins with MARK-
  why: Scenarios tell by it which content was read.
  files: [any]
  check: pattern
  scope: file
  forbid: 'MARK-\w+'
  message: 'found {value}'
  examples: {good: [MARK], bad: [MARK-x]}
END
}

# list_findings FILE: of a JSON report, one sorted line "STATE SIDE RULE PATH:LINE MESSAGE" for each
# finding; the wording of the built-in rules is their own affair and left out. Relies on the one
# member a line that scribelint writes.
list_findings() {
    scribelint rules | sed 's/ .*//' >"$TEMP/built-in"
    awk '
        FNR == NR             { built_in[$1]; next }
        function value(line) {
            sub(/^[^:]*: "?/, "", line)
            sub(/"?,?$/, "", line)
            return line
        }
        /^      "rule": /     { rule = value($0) }
        /^      "state": /    { state = value($0) }
        /^      "side": /     { side = value($0) }
        /^      "path": /     { path = value($0) }
        /^      "line": /     { line = value($0) }
        /^      "message": /  { message = value($0) }
        /^      "fingerprint": / {
            print state, side, rule, path (line == "null" ? "" : ":" line) \
                (rule in built_in ? "" : " " message)
        }' "$TEMP/built-in" "$1" | sort
}

# expect_findings ARGUMENT...: `scribelint check --format json ARGUMENT...` has the findings that
# standard input lists, in the words and the order of list_findings. Leaves $status and $OUTPUT.
expect_findings() {
    cat >"$TEMP/wanted" # standard input may be what the last call expected
    mv "$TEMP/wanted" "$TEMP/expected"
    run scribelint check --format json "$@"
    list_findings "$OUTPUT" >"$TEMP/found"
    if diff -u "$TEMP/expected" "$TEMP/found" >"$TEMP/details" 2>&1; then
        pass "findings: check $*"
    else
        sed 's/^/standard error: /' "$ERRORS" >>"$TEMP/details"
        fail "findings: check $*" "$TEMP/details"
    fi
}

# --- Checks -------------------------------------------------------------------------------------

# pass DESCRIPTION
pass() {
    test_count=$((test_count + 1))
    echo "ok $test_count - $1"
}

# fail DESCRIPTION [FILE]: the file is shown below it. (No pipe into it: it must count in this shell.)
fail() {
    test_count=$((test_count + 1))
    test_failures=$((test_failures + 1))
    echo "not ok $test_count - $1"
    [ -z "${2-}" ] || sed 's/^/#     /' "$2"
}

# skip REASON: counts one check as skipped.
skip() {
    test_count=$((test_count + 1))
    echo "ok $test_count # SKIP $1"
}

# run COMMAND...: leaves its $status, and what it wrote in the files $OUTPUT and $ERRORS.
run() {
    status=0
    "$@" >"$OUTPUT" 2>"$ERRORS" </dev/null || status=$?
}

# run_with_input FILE COMMAND...: the same with FILE as standard input.
run_with_input() {
    run_input=$1
    shift
    status=0
    "$@" >"$OUTPUT" 2>"$ERRORS" <"$run_input" || status=$?
}

# fail_run DESCRIPTION: fails and shows what the last command did.
fail_run() {
    {
        echo "exit status $status; standard output:"
        sed 's/^/    /' "$OUTPUT"
        echo "standard error:"
        sed 's/^/    /' "$ERRORS"
    } >"$TEMP/details"
    fail "$1" "$TEMP/details"
}

# expect_status N COMMAND...
expect_status() {
    expected_status=$1
    shift
    run "$@"
    if [ "$status" -eq "$expected_status" ]; then
        pass "status $expected_status: $*"
    else
        fail_run "status $expected_status: $*"
    fi
}

# expect_output_contains TEXT: some line of the last standard output has TEXT, taken literally.
expect_output_contains() {
    if grep -qF -e "$1" "$OUTPUT"; then
        pass "output has: $1"
    else
        fail_run "output has: $1"
    fi
}

expect_output_lacks() {
    if grep -qF -e "$1" "$OUTPUT"; then
        fail_run "output lacks: $1"
    else
        pass "output lacks: $1"
    fi
}

expect_error_contains() {
    if grep -qF -e "$1" "$ERRORS"; then
        pass "standard error has: $1"
    else
        fail_run "standard error has: $1"
    fi
}

# expect_output_is: the last standard output equals this function's standard input.
expect_output_is() {
    cat >"$TEMP/expected"
    expect_same_file "$TEMP/expected" "$OUTPUT"
}

# expect_equal DESCRIPTION EXPECTED ACTUAL
expect_equal() {
    if [ "$2" = "$3" ]; then
        pass "$1"
    else
        printf 'expected: %s\nactual:   %s\n' "$2" "$3" >"$TEMP/details"
        fail "$1" "$TEMP/details"
    fi
}

# expect_same_file EXPECTED ACTUAL
expect_same_file() {
    if diff -u "$1" "$2" >"$TEMP/details" 2>&1; then
        pass "same: ${1##*/} and ${2##*/}"
    else
        fail "same: ${1##*/} and ${2##*/}" "$TEMP/details"
    fi
}

# Every file of the working tree, the index and all of .git: content, executable bit, link targets.
print_state() {
    find . -type f -exec cksum {} + | LC_ALL=C sort -k 3
    find . -type f -perm -u+x | LC_ALL=C sort
    find . -type l -exec ls -l {} + | sed 's/.* \(\.\/.* -> \)/\1/' | LC_ALL=C sort
    find . -type d | LC_ALL=C sort
}

# remember_state, then something, then expect_unchanged: nothing below this folder was written,
# not the working tree, not the index, no ref, object or stash.
remember_state() {
    print_state >"$TEMP/state"
}

expect_unchanged() {
    print_state >"$TEMP/state-now"
    if cmp -s "$TEMP/state" "$TEMP/state-now"; then
        pass "nothing was written"
    else
        diff "$TEMP/state" "$TEMP/state-now" >"$TEMP/details" || :
        fail "nothing was written" "$TEMP/details"
    fi
}

# finish: the closing count.
finish() {
    test_finished=yes
    echo "1..$test_count"
    echo "# $((test_count - test_failures)) of $test_count checks passed"
    [ "$test_failures" -eq 0 ] || exit 1
    exit 0
}
