#!/bin/sh
# Other tools that run hooks, with what docs/hooks.md has for them: the pre-commit framework,
# Lefthook and husky. What is not installed is skipped.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# snippet WORD: the first code block of docs/hooks.md below a line that has the WORD.
snippet() {
    awk -v word="$1" '
        index($0, word)  { near = 1 }
        near && /^```/   { if (on) exit; on = 1; next }
        on' "$ROOT/docs/hooks.md"
}

# start FOLDER: a course with a remote.
start() {
    cd "$TEMP/area"
    git init -q --bare "$1.git"
    repo_init "$1"
    git remote add origin "../$1.git"
    write_marker .scribelint/rules
    write_note 01 'Text.'
    commit_all 'Start'
    git push -q --no-verify -u origin main
}

print_work() {
    find . -name .git -prune -o -name node_modules -prune -o \
        \( -type f -exec cksum {} + \) | LC_ALL=C sort -k 3
    git ls-files -s
    git diff --binary
}

# expect_gates: staged, partial, merged and pushed content is checked, and all files stay.
expect_gates() {
    write_note 02 MARK-staged
    git add .
    write_note 02 MARK-unstaged
    print_work >"$TEMP/work-before"
    expect_status 1 git commit -q -m 'Bad'
    expect_error_contains 'found MARK-staged'
    expect_error_contains 'To commit anyway: git commit --no-verify'
    expect_equal 'only what is staged' 0 "$(grep -c MARK-unstaged "$ERRORS" || :)"
    print_work >"$TEMP/work-after"
    expect_same_file "$TEMP/work-before" "$TEMP/work-after"
    expect_status 1 git commit -q -a -m 'Bad'
    expect_error_contains 'found MARK-unstaged'
    write_note 02 'Text.'
    git add .
    expect_status 0 git commit -q -m 'Good'
    write_note 03 MARK-pushed
    git add .
    git commit -q --no-verify -m 'Bad'
    write_note 04 'Text.'
    git add .
    expect_status 0 git commit -q -m 'Good, on top of it'
    run git push -q origin HEAD:refs/heads/topic
    cat "$OUTPUT" >>"$ERRORS"
    expect_equal 'the push is refused' 1 "$status"
    expect_error_contains 'found MARK-pushed'
    expect_error_contains 'To push anyway: git push --no-verify'
    write_note 03 'Text.'
    git add .
    expect_status 0 git commit -q -m 'Mended'
    expect_status 0 git push -q origin HEAD:refs/heads/topic
}

# install_first FOLDER: a course where scribelint's hooks stand, beside one that was there.
install_first() {
    start "$1"
    printf '#!/bin/sh\necho mine >&2\n' >.git/hooks/pre-commit
    chmod +x .git/hooks/pre-commit
    scribelint hook install >/dev/null
}

# --- The pre-commit framework -----------------------------------------------------------------------

if command -v pre-commit >/dev/null && pre-commit --version >/dev/null 2>&1; then
    repo_init "$TEMP/area/hooks of scribelint"
    cp "$ROOT/.pre-commit-hooks.yaml" .
    commit_all 'Hooks'
    git tag v0.1.0
    start framework
    snippet 'pre-commit framework' | sed "s,https://[^ ]*scribelint,$TEMP/area/hooks of scribelint," \
        >.pre-commit-config.yaml
    commit_all 'Configuration'
    git push -q origin main
    expect_status 0 pre-commit install
    expect_gates
    expect_status 0 pre-commit run --from-ref main~1 --to-ref main
    expect_status 1 pre-commit run --from-ref origin/main --to-ref 'main~2'
    expect_output_contains 'found MARK-pushed'
    expect_status 2 scribelint hook install
    expect_error_contains .pre-commit-config.yaml

    # Put before scribelint's hooks it calls them, and they what was there before.
    install_first legacy
    echo 'repos: []' >.pre-commit-config.yaml
    commit_all 'Configuration'
    expect_status 0 pre-commit install
    write_note 02 MARK-legacy
    git add .
    expect_status 1 git commit -q -m 'Bad'
    expect_error_contains 'found MARK-legacy'
    expect_error_contains mine
else
    skip 'the pre-commit framework is not installed'
fi

# --- Lefthook -----------------------------------------------------------------------------------------

if command -v lefthook >/dev/null && lefthook version >/dev/null 2>&1; then
    start lefthook
    snippet Lefthook >lefthook.yml
    commit_all 'Configuration'
    git push -q origin main
    expect_status 0 lefthook install
    expect_gates
    expect_status 2 scribelint hook install
    expect_error_contains lefthook.yml

    # What it does with scribelint's hooks is what `hook install` warns of.
    install_first lefthook-later
    snippet Lefthook >lefthook.yml
    expect_status 0 scribelint hook install
    expect_output_contains 'This repository has lefthook.yml'
    commit_all 'Configuration'
    git push -q --no-verify origin main
    expect_status 0 lefthook install
    expect_status 1 scribelint hook status
    expect_output_contains "not installed; what is there is Lefthook's"
    expect_gates
else
    skip 'Lefthook is not installed'
fi

# --- husky --------------------------------------------------------------------------------------------

if command -v husky >/dev/null && command -v node >/dev/null; then
    start husky
    expect_status 0 husky
    for hook in pre-commit pre-merge-commit pre-push; do
        snippet husky | sed -n "/^# .husky\/$hook\$/{n;p;}" >.husky/$hook
    done
    commit_all 'Configuration'
    git push -q --no-verify origin main
    expect_gates
    expect_status 2 scribelint hook install
    expect_error_contains .husky/pre-commit
    expect_status 1 scribelint hook status
    expect_output_contains "These are husky's"
else
    skip 'husky is not installed'
fi
finish
