# What the scenarios of the action share: a course on a server, the stand-in, what a person sees.
# Sourced after ../scenarios/lib.sh; leaves the scenario as skipped where the stand-in cannot run.
# shellcheck shell=sh
# shellcheck disable=SC2154 # lib.sh sets them

python=
for candidate in python3 /usr/bin/python3; do
    if [ -z "$python" ] && "$candidate" -c 'import sys, yaml; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
        python=$candidate
    fi
done
if [ -z "$python" ] || ! git http-backend </dev/null 2>&1 | grep -q Status; then
    skip 'the stand-in of the runner needs python3 with yaml (python3-yaml), and git http-backend'
    finish
fi
export PYTHONDONTWRITEBYTECODE=1

# --- The course on its server -------------------------------------------------------------------

root=$TEMP/server
mkdir -p "$root/example"
git init -q --bare "$root/example/course.git"
"$python" "${ROOT:?}/tests/runner/server.py" "$root" ghs_secret "$TEMP/port" >"$TEMP/server.log" 2>&1 &
server=$!
leave_server() {
    server_status=$?
    kill "$server" 2>/dev/null
    set +e # so that `leave` sees the status, whatever it is
    (exit "$server_status")
    leave
}
trap leave_server EXIT
for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ -s "$TEMP/port" ] || sleep 0.3
done
port=$(cat "$TEMP/port")

# The workflow of a course is the one of the documentation; OWNER stands for any account.
awk '/^```yml$/ { on = 1; next } /^```$/ && on { exit } on' "$ROOT/docs/github.md" >"$TEMP/notes.yml"
sed 's/- uses: OWNER/- uses: actions\/checkout@v4\n      - uses: OWNER/' "$TEMP/notes.yml" >"$TEMP/checkout.yml"
sed 's/@v4$/@v4\n        with: {fetch-depth: 0}/' "$TEMP/checkout.yml" >"$TEMP/whole.yml"
sed 's/@v4$/@v4\n        with: {persist-credentials: false}/' "$TEMP/checkout.yml" >"$TEMP/careful.yml"
# with_inputs FILE LINE...: the workflow with inputs of the action.
with_inputs() {
    inputs_file=$TEMP/$1
    shift
    {
        cat "$TEMP/notes.yml"
        echo '        with:'
        printf '          %s\n' "$@"
    } >"$inputs_file"
}

# act EVENT [OPTION...]: runs the workflow $workflow. What a person sees is in the files of out/.
workflow=$TEMP/notes.yml
act() {
    run "$python" "$ROOT/tests/runner/runner.py" "$workflow" --root "$root" --port "$port" \
        --program "$SCRIBELINT" --out "$TEMP/out" --event "$@"
    if [ "$status" -ne 0 ]; then fail_run "the stand-in: $*"; fi
    # Whatever happened: nothing but annotations, no secret, no request but reading.
    expect_equal "$1: no other command" '' "$(cat "$TEMP/out/commands")"
    # shellcheck disable=SC2016
    expect_equal "$1: no secret, no file of the machine" '' \
        "$(cat "$TEMP/out/log" "$TEMP/out/summary.md" | grep -e ghs_secret -e 'root:.*:0:0:' -e Z2hzX3NlY3JldA || :)"
    expect_equal "$1: nothing was run" '' "$(find "$TEMP/out" "$TEMP/area" -name pwned)"
}

seen() {
    cat "$TEMP/out/$1"
}

# expect_annotations: standard input is all of them, without what follows the place and the title.
expect_annotations() {
    cat >"$TEMP/wanted"
    seen annotations | sed 's/^\([a-z]* [^ ]* [^:]*\): .*/\1/' >"$TEMP/annotations"
    expect_same_file "$TEMP/wanted" "$TEMP/annotations"
}

expect_seen() {
    if grep -qF -e "$2" "$TEMP/out/$1"; then pass "$1 has: $2"; else
        fail "$1 has: $2" "$TEMP/out/$1"
    fi
}

sh "$ROOT/tests/tools/course.sh" "$TEMP/area/course"
cd course || exit
git remote add origin "$root/example/course.git"
git checkout -q main
git push -q origin main

# propose NUMBER: HEAD becomes the head of the pull request, and GitHub makes its merge commit.
propose() {
    propose_head=$(git rev-parse HEAD)
    git push -q --force origin "HEAD:refs/pull/$1/head"
    git checkout -q --detach main
    if git merge -q --no-ff -m "Merge pull request $1" "$propose_head" >"$TEMP/merge.log" 2>&1; then
        git push -q --force origin "HEAD:refs/pull/$1/merge"
    else
        git merge --abort
        git push -q origin ":refs/pull/$1/merge" 2>/dev/null || :
    fi
    git checkout -q --force main
}

# expect_pull_agrees NUMBER: the action's report is that of a reviewer's `check --pull`.
expect_pull_agrees() {
    run scribelint check --pull "$1" --onto main --format json -C "$root/example/course.git"
    grep -v '"base":' "$OUTPUT" >"$TEMP/reviewer"
    cat "$TEMP"/out/temp/scribelint/report.*/report.json | grep -v '"base":' >"$TEMP/action"
    expect_same_file "$TEMP/reviewer" "$TEMP/action"
}
