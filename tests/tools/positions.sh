#!/bin/sh
# `make positions`: runs the program POSITIONS over every version of every Markdown file in the corpus.
#
# SCRIBELINT_CORPUS names the folder with the bundles (default: ../shared/corpus); without it the
# run is skipped, and says so. FOLDER is where the clones and the files go. More names given as
# arguments are looked at instead of the corpus.
set -eu
cd "$(dirname "$0")/../.."
corpus=${SCRIBELINT_CORPUS:-../shared/corpus}

if [ $# -gt 0 ]; then
    exec "$POSITIONS" "$@"
fi
if ! ls "$corpus"/*.bundle >/dev/null 2>&1; then
    echo "positions: skipped, no bundles in $corpus (SCRIBELINT_CORPUS)"
    exit 0
fi

unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE GIT_OBJECT_DIRECTORY
files=$FOLDER/files
rm -rf "$files"
mkdir -p "$files"
for bundle in "$corpus"/*.bundle; do
    clone=$FOLDER/$(basename "$bundle" .bundle).git
    [ -d "$clone" ] || git clone --quiet --mirror "$bundle" "$clone"
    git -C "$clone" rev-list --all --objects |
        awk 'tolower($0) ~ /\.(md|markdown|mkd|mkdn|mkdown)$/ { print $1 }' | sort -u |
        while read -r blob; do
            [ -f "$files/$blob.md" ] || git -C "$clone" cat-file blob "$blob" >"$files/$blob.md"
        done
done
find "$files" -name '*.md' -print0 | sort -z | "$POSITIONS" --stdin0
