#!/bin/sh
# Compares the formulas that scribelint finds with those that kramdown and KaTeX make of the same files:
#
#     sh tests/tools/formulas.sh FORMULAS file.md …
#
# FORMULAS is the program of tests/tools/formulas.c. Needs Ruby with kramdown, kramdown-parser-gfm and
# liquid, and npm's katex and htmlparser2 in the current folder; skipped with a word where they are absent.
set -eu
tools=$(cd "$(dirname "$0")" && pwd)
formulas=$1
shift

if ! ruby -e 'require "kramdown-parser-gfm"; require "liquid"' 2>/dev/null; then
    echo "formulas: skipped, no Ruby with kramdown-parser-gfm and liquid"
    exit 0
fi
if ! node -e 'require.resolve("katex", {paths: ["."]}); require.resolve("htmlparser2", {paths: ["."]})' 2>/dev/null; then
    echo "formulas: skipped, no katex and htmlparser2 (npm install katex htmlparser2)"
    exit 0
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$formulas" "$@" >"$folder/ours"
ruby "$tools/formulas.rb" "$@" 2>/dev/null | node "$tools/formulas.js" "$folder/ours" "$@"
