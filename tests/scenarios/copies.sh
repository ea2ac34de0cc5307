#!/bin/sh
# The text of a note again under another name: in a change, in a whole site, and where there are too
# many to be compared with each other.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# words SEED: a paragraph that is another one for each number.
words() {
    awk -v seed="$1" 'BEGIN { for (i = 0; i < 80; i++) printf "word%d%s", (seed * 1000 + i * i), i % 9 == 8 ? "\n" : " " }'
}

# copy_of LECTURE SEED: a note with that text, and a line of its own.
copy_of() {
    write_note "$1" "Of lecture $1." '' "$(words "$2")"
}

# expect_copies TEXT ARGUMENT...: the findings of note-copied are the lines of TEXT.
expect_copies() {
    printf '%s' "$1" >"$TEMP/expected"
    shift
    run scribelint check --format lines "$@"
    sed -n 's/:1:1: error: \([0-9]*\) % of this note stands in "\(.*\)" already \[note-copied\]/ \2/p' \
        "$OUTPUT" >"$TEMP/found"
    expect_same_file "$TEMP/expected" "$TEMP/found"
}

one=_posts/2024-01-01-lecture-01.md
two=_posts/2024-01-02-lecture-02.md

repo_init course
copy_of 01 1
copy_of 03 3
commit_all 'Start'
copy_of 02 1
git add .
expect_copies "$two $one
"
commit_all 'A copy'
expect_copies "$two $one
" --base HEAD~1
copy_of 03 4
git add .
expect_copies ''
commit_all 'Something else'

# Of a whole site, not of a part of it, nor of a file in an editor.
expect_copies "$two $one
" --all
expect_copies '' --all _posts
run_with_input $two scribelint check --stdin-filename $two
expect_equal 'not in an editor' 0 "$(grep -c note-copied "$OUTPUT" || :)"

# As many as no course has: equal files are found.
git checkout -q -b many
for number in 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29; do
    for letter in a b c d; do
        {
            printf -- '---\ntitle: "Lecture"\n---\n'
            words "$number$(printf %d "'$letter")"
        } | write "_posts/2024-01-$number-lecture-$number-$letter.md"
    done
done
copy=_posts/2024-01-30-lecture-30.md
cp $one $copy
commit_all 'Many'
expect_copies "$copy $one
" --base HEAD~1
run scribelint check --base HEAD~1
expect_output_contains 'note: there are too many notes at once'
expect_equal 'said once' 1 "$(grep -c 'too many notes' "$OUTPUT")"
finish
