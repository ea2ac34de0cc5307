#!/bin/sh
# Prints a C file that holds the files named on the command line; see src/rules/builtin.h.
# A file's name is its path as given. The caller gives them sorted.
set -eu

echo '#include "rules/builtin.h"'
echo
number=0
for file; do
    number=$((number + 1))
    echo "static const char content_${number}[] ="
    od -A n -v -t o1 "$file" | awk '{ gsub(/ +/, "\\"); sub(/\\$/, ""); print "    \"" $0 "\"" }
                                    END { if (!NR) print "    \"\"" }'
    echo '    ;'
done

echo
echo 'const struct builtin_file builtin_files[] = {'
number=0
for file; do
    number=$((number + 1))
    echo "    {\"$file\", content_${number}, sizeof content_${number} - 1},"
done
echo '    {0, 0, 0},'
echo '};'
