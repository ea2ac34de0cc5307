#!/bin/sh
# Prints a C file that holds the scripts named on the command line, without their folder; see
# src/commands/hook_script.h.
set -eu

echo '#include "commands/hook_script.h"'
echo
echo 'const struct hook_script hook_scripts[] = {'
for file; do
    echo "    {\"${file##*/}\","
    od -A n -v -t o1 "$file" |
        awk '{ gsub(/ +/, "\\"); sub(/\\$/, ""); print "    \"" $0 "\"" }
             END { if (!NR) print "    \"\"" }'
    echo '    },'
done
echo '    {0, 0},'
echo '};'
