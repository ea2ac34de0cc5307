#!/bin/sh
# Prints a C file that holds the files named on the command line; see src/rules/builtin.h.
# A file's name is its path as given. The caller gives them sorted. With --hooks before them they
# are the scripts that src/commands/hook_script.h is about, named without their folder.
set -eu

# Text as a C string.
quote() {
    od -A n -v -t o1 | awk '{ gsub(/ +/, "\\"); sub(/\\$/, ""); print "    \"" $0 "\"" }
                            END { if (!NR) print "    \"\"" }'
}

# The lines of the examples left empty, so that all others keep their numbers.
without_examples() {
    awk '/^  examples:/ { examples = 1 } /^[-#]/ { examples = 0 } { print examples ? "" : $0 }' "$1"
}

if [ "${1-}" = --hooks ]; then
    shift
    echo '#include "commands/hook_script.h"'
    echo
    echo 'const struct hook_script hook_scripts[] = {'
    for file; do
        echo "    {\"${file##*/}\","
        quote <"$file"
        echo '    },'
    done
    echo '    {0, 0},'
    echo '};'
    exit
fi

echo '#include "rules/builtin.h"'
echo
number=0
for file; do
    number=$((number + 1))
    echo "static const char full_${number}[] ="
    quote <"$file"
    echo '    ;'
    echo "static const char brief_${number}[] ="
    without_examples "$file" | quote
    echo '    ;'
done

echo
echo 'const struct builtin_file builtin_files[] = {'
number=0
for file; do
    number=$((number + 1))
    echo "    {\"$file\", {full_${number}, sizeof full_${number} - 1},"
    echo "     {brief_${number}, sizeof brief_${number} - 1}},"
done
echo '    {0, {0, 0}, {0, 0}},'
echo '};'
