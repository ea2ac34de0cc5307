#!/bin/sh
# The demo's pull request: the reports are those in tests/golden/, and the demo itself works.
# `make golden` writes the golden files anew: look at their diff before you commit it.
. "$(dirname "$0")/lib.sh"

golden=$ROOT/tests/golden

# The verdict id is another with every word that changes in a rule, so it is left out.
without_id() {
    sed 's/\(verdict"*:* "*\)[0-9a-f]\{12\}/\1000000000000/' "$1" >"$TEMP/without-id"
    mv "$TEMP/without-id" "$1"
}

# The ids of the commits are always the same, so the reports are, too.
sh "$ROOT/tests/tools/course.sh" "$TEMP/area/course"
cd course
remember_state
for format in text github json; do
    expect_status 1 scribelint check --base main --head scribe-lecture-04 --format "$format"
    without_id "$OUTPUT"
    case $format in
    text) file=$golden/pull-request.txt ;;
    *) file=$golden/pull-request.$format ;;
    esac
    [ -z "${UPDATE_GOLDEN-}" ] || cp "$OUTPUT" "$file"
    expect_same_file "$file" "$OUTPUT"
done

run scribelint check --base main --head scribe-lecture-04 --color always
sed "s/$(printf '\033')\[[0-9;]*m//g" "$OUTPUT" >"$TEMP/uncoloured"
without_id "$TEMP/uncoloured"
expect_same_file "$golden/pull-request.txt" "$TEMP/uncoloured"
expect_unchanged
cd ..

expect_status 0 sh "$ROOT/tests/demo.sh" "$TEMP/a folder/it's"
cp "$OUTPUT" "$TEMP/first"
cp "$OUTPUT" "$TEMP/plain"
without_id "$TEMP/plain"
expect_equal "the demo has the text report" "$(cat "$golden/pull-request.txt")" \
    "$(awk '/^\$ / { n++; getline; next } n == 1' "$TEMP/plain" | sed '$d' | sed '$d')"
expect_status 0 sh "$ROOT/tests/demo.sh" "$TEMP/a folder/it's"
expect_same_file "$TEMP/first" "$OUTPUT"

# What the demo says to try next.
sed -n "s/^    //p" "$TEMP/first" | sed -n '/^cd /p; /^PATH=/p' >"$TEMP/next"
echo 'scribelint check --all' >>"$TEMP/next"
expect_status 1 sh "$TEMP/next"

# A check that ends otherwise than with findings fails the demo.
for wrong in 0 2 3; do
    printf '#!/bin/sh\nexit %s\n' $wrong >"$TEMP/bin/wrong"
    chmod +x "$TEMP/bin/wrong"
    expect_status 1 env "SCRIBELINT=$TEMP/bin/wrong" sh "$ROOT/tests/demo.sh" "$TEMP/demo"
    expect_error_contains "and did with $wrong"
done

finish
