#!/bin/sh
# Each allocation fails in turn: that is status 3 with a word about it, never a signal, and never a
# report that says less than it should.
#
# A run makes thousands of them, so only every k-th is tried, each time from another one on, for
# some 20 seconds. ALLOCATIONS=all tries all; ALLOCATIONS=text:4711 that one.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

seconds=${ALLOCATIONS_SECONDS:-20}
tries=1000
library=$TEMP/fail_malloc.so

repo_init course
# shellcheck disable=SC2016
write_note 01 'Text with [a link](other.md), math $a$ and <a href="x">more</a>.'
write_note 02 'A note that is to have another name.'
write _data/people.yml <<'EOF'
- name: A
EOF
commit_all 'Start'
git mv _posts/2024-01-02-lecture-02.md _posts/2024-01-03-lecture-03.md
write_note 01 '![none](/assets/img/none.png)' '<img src="/none.png">' '## Title' 'A line - TODO.'
git add .

# preload VARIABLE=VALUE ARGUMENT...
preload() {
    variable=$1
    shift
    run env "$variable" LD_PRELOAD="$library" scribelint "$@"
}

# count ARGUMENT...: how many allocations that run makes; nothing when they can't be counted.
count() {
    rm -f "$TEMP/count"
    preload FAIL_MALLOC_COUNT="$TEMP/count" "$@"
    if [ -s "$TEMP/count" ]; then cat "$TEMP/count"; fi
}

skip_all() {
    skip "$1"
    finish
}

if LC_ALL=C grep -q __asan_init "$SCRIBELINT"; then skip_all 'sanitizers have a malloc of their own'; fi
${CC:-cc} -std=c11 -D_GNU_SOURCE -O1 -shared -fPIC -o "$library" "$ROOT/tests/tools/fail_malloc.c" \
    >"$TEMP/details" 2>&1 || skip_all 'no library that fails malloc can be built here'
[ -n "$(count check)" ] || skip_all 'LD_PRELOAD does not work here'

# judge: the last run of `scribelint check --format $format` ended well. zlib, inside libgit2, tells
# of it in words of its own, and then one file is undecided.
judge() {
    case $status in
    3) [ -s "$ERRORS" ] || says_undecided ;;
    1) cmp -s "$OUTPUT" "$TEMP/whole" || says_undecided ;;
    *) false ;;
    esac
}

says_undecided() {
    grep -qE '^undecided: |^  "undecided": \[$' "$OUTPUT"
}

# try VARIABLE NUMBER
try() {
    preload "$1=$2" check --format "$format"
    judge && return
    failures=$((failures + 1))
    echo "$1=$2: exit status $status, $(wc -c <"$OUTPUT") bytes of report, $(cat "$ERRORS")" >>"$TEMP/bad"
}

# try_all FIRST LAST STEP VARIABLE: within the time there is.
try_all() {
    number=$1
    while [ "$number" -le "$2" ]; do
        try "$4" "$number"
        tried=$((tried + 1))
        number=$((number + $3))
        [ "${ALLOCATIONS-}" = all ] || [ "$(($(date +%s) - started))" -lt "$seconds" ] || break
    done
}

# What is before this one belongs to the start of the libraries.
first=$(cd "$TEMP" && count check)
for format in text json; do
    run scribelint check --format $format
    expect_equal "$format: the run by itself" 1 "$status"
    cp "$OUTPUT" "$TEMP/whole"
    total=$(count check --format $format)
    step=$(((total - first) * 2 / tries + 1))
    started=$(($(date +%s) - seconds / 2))
    offset=$(($(date +%s) % step))
    failures=0 tried=0
    : >"$TEMP/bad"
    case ${ALLOCATIONS-} in
    all) step=1 offset=0 ;;
    "$format":*) try FAIL_MALLOC_AT "${ALLOCATIONS#*:}" ;;
    esac
    try_all $((first + offset)) "$total" "$step" FAIL_MALLOC_AT
    echo "# $format: $tried of $total allocations, every ${step}th from $((first + offset))"
    head -n 20 "$TEMP/bad" >"$TEMP/worst"
    if [ "$failures" -eq 0 ] && [ "$tried" -gt 0 ]; then pass "$format: one fails"
    else fail "$format: one fails" "$TEMP/worst"; fi

    : >"$TEMP/bad"
    failures=0
    started=$(date +%s)
    try_all $((first + offset)) "$total" $(((total - first) / 20 + 1)) FAIL_MALLOC_FROM
    if [ "$failures" -eq 0 ]; then pass "$format: one and all later ones fail"
    else fail "$format: one and all later ones fail" "$TEMP/bad"; fi
done
finish
