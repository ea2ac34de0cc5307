#!/bin/sh
# Pull requests that mean harm, through the stand-in of GitHub's runner: the verdict stays right, the
# log says nothing that is not scribelint's, nothing is run, and no file of the machine is read.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$ROOT/tests/runner/lib.sh"

# hostile NUMBER: HEAD is proposed and checked, without a clone and with one before the action.
hostile() {
    propose "$1"
    for workflow in "$TEMP/checkout.yml" "$TEMP/notes.yml"; do
        act opened --pull "$1" --fork
        # Each annotation is of a rule, a path of the repository, or the program's own.
        expect_equal "$1: annotations are scribelint's" '' "$(grep -vE \
            '^(error|warning|notice) (\. -: Process completed|\. scribelint: |.* [a-z]+(-[a-z0-9]+)+(:|$)|.* could not be checked)' \
            "$TEMP/out/annotations")"
        expect_equal "$1: nothing says \"forged\" for itself" '' \
            "$(grep -aE '^[[:space:]]*(::|##\[)[a-z-]*[^:]*::forged|^forged|##\[' "$TEMP/out/log" || :)"
        expect_equal "$1: the summary is shown" yes "$([ -s "$TEMP/out/summary.md" ] && echo yes)"
    done
    git checkout -q --force main
    git clean -qfdx
}

# begin: a branch from main with a fault of its own, which every verdict must have.
begin() {
    git checkout -q --detach main
    write _posts/2024-01-30-lecture-05.md <<'END'
---
layout: distill
title: "Lecture 6: Files"
date: 2024-01-30
---

## Files

![Missing](/assets/img/nosuch.png)
END
}

expect_fault() {
    expect_seen annotations 'error _posts/2024-01-30-lecture-05.md:9:12-34 image-missing'
    expect_equal "$1: fails" failure "$(seen conclusion)"
}

# --- Names and contents that a log would obey ---------------------------------------------------

begin
mkdir -p "assets/##[add-mask]forged"
# shellcheck disable=SC2016 # for whoever would expand them
for name in 'x%0A::error ::forged' '##[add-mask]forged' '::error::forged' \
    "$(printf 'a\n::error::forged')" "$(printf '\r##[error]forged')" '%0D%0A##[stop-commands]forged' \
    'a,line=1::forged' '$(touch pwned)' '`touch pwned`' '-rf' '--help' '@{u}' "a'b\"c"; do
    printf 'MARK\n<<<<<<< HEAD\n' >"assets/##[add-mask]forged/$name.md"
    printf '<<<<<<< HEAD\n::stop-commands::forged\n' >"_posts/2024-02-01-lecture-$name.md"
done
{
    cat _posts/2024-01-30-lecture-05.md
    printf '\n::stop-commands::forged\n   ::error::forged\n##[error]forged TODO\n##[group]forged\n'
    printf '![::error::forged](/%%0A::error::forged.png)\n![x](/##[add-mask]forged.png)\n'
    # shellcheck disable=SC2016 # of Markdown
    printf '```\n</details><script>alert(1)</script>\n````\n'
    printf '\r::stop-commands::forged TODO\r##[add-mask]forged TODO\n\302\240::error::forged TODO\n'
} >"$TEMP/note"
mv "$TEMP/note" _posts/2024-01-30-lecture-05.md
commit_all '::error::forged'
hostile 1
expect_fault 'names'
# shellcheck disable=SC2016 # of Markdown
expect_equal 'the summary has no HTML of theirs, but for the fenced patch' '' \
    "$(sed '/^````* diff$/,/^````*$/d' "$TEMP/out/summary.md" | grep '<script' || :)"

# --- Settings, links, submodules ----------------------------------------------------------------

begin
write .scribelint.yml <<'END'
fail-on: never
rules: {image-missing: off}
END
mkdir -p .scribelint/rules .github/workflows .git-evil
write .scribelint/rules/all.yml <<'END'
- id: steal
  severity: error
  summary: x
  why: x
  files: [any]
  check: pattern
  scope: file
  forbid: '(a+)+$'
  message: '{value}'
  examples: {good: [b], bad: [a]}
END
cp "$TEMP/notes.yml" .github/workflows/notes.yml
write .gitattributes <<'END'
* filter=evil diff=evil ident
*.csv working-tree-encoding=UTF-16 merge=evil
*.md export-subst
END
write .gitconfig <<'END'
[filter "evil"]
    smudge = touch pwned
    clean = touch pwned
[core]
    fsmonitor = touch pwned
    hooksPath = hooks
END
write hooks/post-checkout <<'END'
#!/bin/sh
touch pwned
END
chmod +x hooks/post-checkout
write .lfsconfig <<'END'
[lfs]
    url = http://127.0.0.1:1/
END
ln -s /etc/passwd _posts/2024-02-06-lecture-06.md
ln -s /etc/passwd assets/passwd.png
ln -s ../../../../../../../../etc _data
ln -s /etc/passwd .scribelintignore
printf '![x](/assets/passwd.png)\n![y](/../../../../etc/passwd)\n![z](file:///etc/passwd)\n' >>_posts/2024-01-30-lecture-05.md
write .gitmodules <<'END'
[submodule "evil"]
    path = evil
    url = ext::sh -c touch% pwned
    update = !touch pwned
    fetchRecurseSubmodules = true
END
git add -A 2>/dev/null
git update-index --add --cacheinfo "160000,$(git rev-parse main),evil"
git commit -q --no-verify -m 'Settings'
hostile 2
expect_fault 'settings'
expect_equal 'settings: the rule that it adds is not in force' '' "$(grep steal "$TEMP/out/annotations")"

# The course's configuration replaced by a link, a folder, a huge file: what counts is the target's.
begin
ln -s /etc/passwd .scribelint.yml
commit_all 'A link'
hostile 3
expect_fault 'link'

# What it silences is not told as well.
git checkout -q --detach main
printf '\n<!-- scribelint-disable-file image-missing: ##[error]forged </details> -->\n![One](/assets/img/nosuch.png)\n' \
    >>_posts/2024-01-16-lecture-02.md
commit_all 'Silence'
hostile 8
expect_equal 'silenced: passes' success "$(seen conclusion)"
expect_seen summary.md 'nothing to mend, but see the remarks'
expect_seen summary.md '<details open><summary>Remarks (1)</summary>'
expect_seen summary.md 'silences image-missing'

# A repository within the repository, for a Git that would look there.
begin
mkdir -p objects refs
printf 'ref: refs/heads/main\n' >HEAD
printf '[core]\n\tbare = true\n\tfsmonitor = touch pwned\n\thooksPath = hooks\n' >config
touch objects/a refs/a
commit_all 'Bare'
hostile 4
expect_fault 'bare'

# --- Large ----------------------------------------------------------------------------------------

begin
mkdir many
awk 'BEGIN { for (i = 1; i <= 3000; i++) { file = "many/" i ".md"; print "Text " i > file; close(file) } }'
commit_all 'Many files'
hostile 5
expect_fault 'many files'

begin
awk 'BEGIN { for (i = 1; i <= 500; i++) printf "![x](/assets/%d.png)\n\nTODO %d\n\n", i, i }' >>_posts/2024-01-30-lecture-05.md
awk 'BEGIN { for (i = 1; i <= 40; i++) { file = "_posts/2024-03-" (i < 10 ? "0" : "") i "-x.md"; printf "![x](/nosuch.png)\n" > file; close(file) } }'
commit_all 'Many findings'
hostile 6
expect_fault 'many findings'
expect_equal 'many findings: at most ten errors, and the runner drops its own only' 1 "$(seen lost)"
expect_seen log 'not shown here'

# A summary is shown up to 1 MiB.
begin
awk 'BEGIN { for (i = 1; i <= 3000; i++) { file = "_posts/" sprintf("2024-03-01-%060d.md", i); print "---\nlayout: post\ntitle: x\n---\n![x](/nosuch.png)\n<<<<<<< HEAD" > file; close(file) } }'
commit_all 'Very many findings'
hostile 7
expect_fault 'very many findings'

finish
