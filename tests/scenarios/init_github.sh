#!/bin/sh
# scribelint init --github: the workflow of docs/github.md, written once, over nobody's work.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

file=.github/workflows/scribelint.yml

# wanted OWNER BRANCH: what the documentation shows, with these in it.
wanted() {
    awk '/^```yml$/ { on = 1; next } /^```$/ && on { exit } on' "$ROOT/docs/github.md" |
        sed "s/OWNER/$1/; s/\[main\]/[$2]/" >"$TEMP/wanted.yml"
}

expect_init() {
    expect_status 0 scribelint init --github "$@"
    expect_same_file "$TEMP/wanted.yml" $file
}

# --- Written once ---------------------------------------------------------------------------------

repo_init course
wanted some-account main
mkdir -p below
(cd below && scribelint init --github --owner some-account >"$OUTPUT")
expect_same_file "$TEMP/wanted.yml" $file
expect_output_contains 'Wrote .github/workflows/scribelint.yml'
expect_output_contains 'some-account/scribelint@v1'
expect_output_contains 'git add ../.github/workflows/scribelint.yml'
expect_equal 'nothing else is written' "./$file" "$(find . -name .git -prune -o -type f -print)"

remember_state
expect_init --owner some-account
expect_output_contains 'nothing was written'
expect_unchanged
commit_all 'A workflow'
remember_state
expect_init --owner some-account
expect_output_contains 'nothing to do'
expect_output_lacks 'git add'
expect_unchanged

# Somebody else's words stay, unless --force says otherwise.
expect_status 2 scribelint init --github --owner other
expect_error_contains "$file is there already; --force"
expect_unchanged
expect_status 0 scribelint init --github --owner other --stdout
wanted other main
expect_same_file "$TEMP/wanted.yml" "$OUTPUT"
expect_error_contains "Proposed $file"
expect_unchanged
chmod 600 $file
expect_init --owner other --force
expect_equal 'permissions stay' 600 "$(stat -c %a $file 2>/dev/null || stat -f %Lp $file)"
git checkout -q $file

# A second workflow would say everything twice.
for uses in '    steps:\n      - run: make\n      - uses: an/scribelint@main' \
    '    uses: an/scribelint/.github/workflows/check-notes.yml@v1'; do
    rm $file
    # shellcheck disable=SC2059 # the format is the test's own
    printf "on: push\njobs:\n  notes:\n$uses\n" | write .github/workflows/own.yaml
    remember_state
    expect_status 2 scribelint init --github --owner other
    expect_error_contains '.github/workflows/own.yaml runs scribelint already'
    expect_unchanged
    expect_init --owner other --force
done
rm $file
printf 'on: push\njobs: {}\n' | write .github/workflows/own.yaml
expect_init --owner other

# Words about it run nothing.
rm $file
write .github/workflows/own.yaml <<'WORKFLOW'
# One day: uses: an/scribelint@v1
on: push
jobs:
  notes:
    runs-on: ubuntu-24.04
    steps:
      - run: echo an/scribelint@v1
WORKFLOW
expect_init --owner other

# --- The account ------------------------------------------------------------------------------------

rm $file
for wrong in '' - -a a/b 'a b' 'a"' "$(printf 'a\nb')" aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; do
    expect_status 2 scribelint init --github --owner "$wrong"
    expect_error_contains '--owner takes an account on GitHub'
done
expect_status 2 scribelint init --owner other
expect_error_contains '--owner goes with --github'
run scribelint init --github --stdout
if [ "$status" -eq 0 ]; then
    skip 'an account is built in'
else
    expect_status 2 scribelint init --github
    expect_error_contains 'scribelint init --github --owner ACCOUNT'
fi

# --- The branch --------------------------------------------------------------------------------------

git branch -q -m "it's#1,2"
cd ..
git clone -q course clone
cd clone
rm $file
wanted a "'it''s#1,2'"
expect_init --owner a
expect_output_contains "it's#1,2"
git checkout -q -b topic
expect_init --owner a
cd ..
repo_init nothing
git checkout -q -b unborn
wanted a main
expect_init --owner a
cd ..
git clone -q --bare course bare.git
cd bare.git
remember_state
expect_status 2 scribelint init --github --owner a
expect_error_contains '--stdout'
expect_status 0 scribelint init --github --owner a --stdout
expect_unchanged
cd ..

# --- What is no file ----------------------------------------------------------------------------------

repo_init links
mkdir "$TEMP/outside"
ln -s "$TEMP/outside" .github
expect_status 3 scribelint init --github --owner a
expect_equal 'no link is followed' '' "$(find "$TEMP/outside" -type f)"
rm .github
mkdir -p .github/workflows
ln -s "$TEMP/outside/x" $file
expect_status 2 scribelint init --github --owner a --force
expect_error_contains 'is there and no file'
expect_equal 'nor is one there' '' "$(find "$TEMP/outside" -type f)"
rm $file
mkdir $file
expect_status 2 scribelint init --github --owner a --force
expect_error_contains 'is there and no file'
finish
