#!/bin/sh
# Many files are looked at on several threads: the outcome is the same as on one, byte for byte.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

repo_init course
git symbolic-ref HEAD refs/heads/main
LC_ALL=C awk -v notes=70 -v files=30 -f "$ROOT/tests/tools/notes.awk" | git fast-import --quiet --force
git checkout -q --force main
printf 'Text with \000 in it.\n' >_posts/2000-01-20-lecture-19.md
head -c 3000000 /dev/zero | tr '\0' a >_posts/2000-01-25-lecture-24.md
ln -s 2000-01-01-lecture-00.md _posts/2000-03-30-lecture-90.md
printf '%%PDF-1.4\n' >_posts/2000-03-31-lecture-91.pdf
printf -- '---\npermalink: /same/\n---\nText.\n' | tee one.md >two.md
commit_all 'What cannot be read'
git branch -q start
for note in _posts/*-lecture-*.md; do
    name=${note##*/}
    [ -h "$note" ] || printf '\nThe the end, TODO: more.\n\n![](missing-%s.png)\n' "${name%.md}" >>"$note"
done
git rm -q --cached assets/img/3.png && rm assets/img/3.png
git mv _posts/2000-01-10-lecture-09.md _posts/2000-03-29-lecture-89.md
commit_all 'A change of all notes'

if ! command -v taskset >/dev/null || ! taskset -c 0 true 2>/dev/null; then
    skip 'no taskset to run on one processor only'
    finish
fi

# same ARGUMENT...: `scribelint check ARGUMENT...`, on one processor and on all.
same() {
    run taskset -c 0 scribelint check "$@"
    cp "$OUTPUT" "$TEMP/alone"
    alone=$status
    run scribelint check "$@"
    expect_equal "status on several threads: $*" "$alone" "$status"
    expect_same_file "$TEMP/alone" "$OUTPUT"
}

for format in json text github lines; do
    same --all --fail-on never --format $format
    same --base start --fail-on never --show all --format $format
done
expect_output_contains 'missing-2000-01-02-lecture-01.png'
same --all _posts --max 0
same --base start _posts/2000-01-02-lecture-01.md
git reset -q --soft start
same --staged --show all --format json
git reset -q
same --worktree --show all --format json

# The pages of both sides are read by all threads, each side with the settings of its own site.
same --all one.md two.md _posts
expect_output_contains '/same/'
echo 'permalink: pretty' >>_config.yml
commit_all 'Other addresses'
same --base start --show all --format json
finish
