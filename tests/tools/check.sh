#!/bin/sh
# `make check`: what the compiler does not see. COMPILE is the compiler with its flags.
#
# Every check prints the places that break it, as file:line: words; one "ok" or "FAILED" line each.
set -u
cd "$(dirname "$0")/../.." || exit 2

layers='base text git document config course finding rules report commands'
longest_file=600
longest_function=60
# Longer functions that are better whole, as file:function, with the reason behind a #.
long_functions=tests/tools/long-functions

for tool in clang-format shellcheck ctags; do
    command -v $tool >/dev/null || { echo "make check needs $tool" >&2 && exit 2; }
done
places=$(mktemp) || exit 2
trap 'rm -f "$places"' EXIT
failures=0

# report NAME: judges the check whose findings stand in $places.
report() {
    if [ -s "$places" ]; then
        echo "FAILED  $1"
        sed 's/^/    /' "$places"
        failures=$((failures + 1))
    else
        echo "ok      $1"
    fi
    : >"$places"
}

sources() {
    find src pdf -name '*.[ch]' | LC_ALL=C sort
}

all_c_files() {
    find src pdf tests -name '*.[ch]' | LC_ALL=C sort
}

# By their first line or their name.
shell_scripts() {
    find .ci .github hooks tests -type f ! -path 'tests/corpus/*' 2>/dev/null | while read -r file; do
        case $file in
        *.sh) echo "$file" ;;
        *) head -n 1 "$file" | LC_ALL=C grep -qaE '^#!.*[/ ](ba|da)?sh( |$)' && echo "$file" ;;
        esac
    done | LC_ALL=C sort
}

# Each folder includes only itself and those before it, by paths from src/.
# shellcheck disable=SC2016 # the $0 is awk's
check_layers() {
    sources | xargs awk -v layers="$layers" '
        BEGIN { count = split(layers, names, " "); for (i = 1; i <= count; i++) rank[names[i]] = i }
        /^[ \t]*#[ \t]*include[ \t]*"/ {
            split(FILENAME, path, "/"); split($0, quoted, "\"")
            # The reader of PDFs is a program of its own, on base/ alone.
            if (path[1] == "pdf") {
                if (quoted[2] !~ /^(pdf|base)\//) print FILENAME ":" FNR ": " $0 ": pdf/ is to stand on base/ alone"
                next
            }
            from = path[2]; to = quoted[2]; sub(/\/.*/, "", to)
            if (FILENAME == "src/main.c") next
            if (!(from in rank))            why = "folder " from " is no layer"
            else if (!(to in rank))         why = "write the path from src/"
            else if (rank[to] > rank[from]) why = from "/ comes before " to "/"
            else next
            print FILENAME ":" FNR ": " $0 ": " why
        }' >"$places"
    report "layers: $layers"
}

includes='^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]'

# confine HEADER WHO...: HEADER.h and what is below HEADER/ are for paths that start with a WHO.
confine() {
    header=$1
    shift
    sources | xargs grep -nE "$includes($header\\.h|$header/.*)[>\"]" /dev/null >"$places"
    for who; do
        grep -v "^$who" "$places" >"$places.rest"
        mv "$places.rest" "$places"
    done
    report "$header.h only in $*"
}

check_libraries() {
    confine git2 src/git/
    confine csv src/text/csv_table.c
    confine gumbo src/document/
    confine pcre2 src/text/pattern.c
    confine yaml src/text/yaml.c
    confine jansson src/report/ src/text/ src/document/pdf_answer.c pdf/answer.
    confine poppler pdf/
    confine glib pdf/
    confine seccomp pdf/sandbox.c
    confine cmark src/document/
    sources | xargs grep -lE "${includes}cmark.*\.h>" >"$places"
    [ "$(wc -l <"$places")" -gt 1 ] || : >"$places"
    report 'cmark.h in one file only'
}

# Those of pdf/ need PDF_FLAGS, which are empty where its library is not.
check_headers() {
    sources | grep '\.h$' | while read -r header; do
        flags=
        case $header in pdf/*) flags=${PDF_FLAGS:-none} ;; esac
        [ "$flags" != none ] || continue
        # shellcheck disable=SC2086 # lists of words
        ${COMPILE:-cc -std=c11 -D_GNU_SOURCE -Isrc -Wall -Wextra} $flags -Werror -fsyntax-only -x c \
            -include "$header" /dev/null 2>&1 | head -n 5
    done >"$places"
    report 'each header compiles alone'
}

check_format() {
    all_c_files | xargs clang-format --dry-run -Werror 2>&1 | grep -E ': (error|warning):' >"$places"
    report 'formatted by .clang-format'
}

check_shell() {
    shell_scripts | xargs shellcheck -x -P SCRIPTDIR -f gcc >"$places" 2>&1
    report 'shellcheck'
}

banned='strn?cpy|stpcpy|strn?cat|v?sprintf|strtok|ato[ilf]|atoll|gets|alloca|setlocale|system|popen'
banned="$banned|tmpnam|mktemp|asctime|ctime|gmtime|localtime"

# Literal text and comments may name them.
check_banned() {
    # shellcheck disable=SC2016 # the $0 is awk's
    all_c_files | xargs awk -v pattern="(^|[^A-Za-z0-9_])($banned)[ \t]*\\\\(" '
        FNR == 1 { comment = 0 }
        {
            line = $0
            gsub(/\\./, "", line); gsub(/"[^"]*"/, "\"\"", line); gsub(/\/\*.*\*\//, "", line)
            sub(/\/\/.*/, "", line)
            if (comment) { if (!sub(/.*\*\//, "", line)) next; comment = 0 }
            if (sub(/\/\*.*/, "", line)) comment = 1
            if (line ~ pattern) print FILENAME ":" FNR ": " $0
            if (line ~ /^#[ \t]*define[ \t]+_[A-Z]+_SOURCE/) print FILENAME ":" FNR ": " $0 ": the Makefile does this"
        }' >"$places"
    report 'banned functions'
}

check_sizes() {
    { all_c_files; shell_scripts; find tests -name '*.py'; echo Makefile; } | while read -r file; do
        lines=$(wc -l <"$file")
        [ "$lines" -le $longest_file ] || echo "$file:1: $lines lines"
    done >"$places"
    report "no file over $longest_file lines"

    sources | xargs ctags -f - --languages=C --kinds-C=f --fields=ne 2>/dev/null |
        awk -F '\t' -v most=$longest_function -v allowed=$long_functions '
            BEGIN { while ((getline line < allowed) > 0) { sub(/[ \t]*#.*/, "", line); if (line) known[line] = 1 } }
            {
                start = 0; end = 0
                for (i = 4; i <= NF; i++) {
                    if ($i ~ /^line:/) start = substr($i, 6)
                    if ($i ~ /^end:/)  end = substr($i, 5)
                }
                lines = end - start + 1
                if (lines > most && !(($2 ":" $1) in known)) print $2 ":" start ": " $1 "() has " lines " lines"
                if (lines > most) used[$2 ":" $1] = 1
            }
            END { for (entry in known) if (!(entry in used)) print allowed ":1: " entry " needs no exception any more" }' >"$places"
    report "no function over $longest_function lines"
}

check_layers
check_libraries
check_headers
check_format
check_shell
check_banned
check_sizes

if [ $failures -gt 0 ]; then
    echo "$failures checks failed"
    exit 1
fi
echo 'all checks passed'
