#!/bin/sh
# `make bench`: scribelint beside rumdl, markdownlint-cli2 and a bare program on libgit2.
#
#   FOLDER=folder        where peers and fixtures go (required)
#   SCRIBELINT=program   BARE=program   STOPWATCH=program   (tests/tools/)
#   SCRIBELINT_CORPUS    folder with pgm.bundle and prs.tsv (default: ../shared/corpus); items that
#                        need it are skipped without it. So are the peers without npm.
#   RUNS=N               runs of each short program (default 31)
#   ITEMS='hook all'     only these of: hook commit all large sizes pull pdf
set -eu
cd "$(dirname "$0")/.."
corpus=$(cd "${SCRIBELINT_CORPUS:-../shared/corpus}" 2>/dev/null && pwd) || corpus=
tools=$PWD/tests/tools
runs=${RUNS:-31}
note=_posts/2019-01-16-lecture-02.md

for name in $(env | awk -F= '/^GIT_[A-Z_0-9]*=/ { print $1 }'); do
    unset "$name"
done
mkdir -p "$FOLDER"
FOLDER=$(cd "$FOLDER" && pwd)
table=$FOLDER/table
: >"$table"

wanted() {
    case " ${ITEMS:-hook commit all large sizes pull pdf} " in *" $1 "*) return 0 ;; esac
    return 1
}

skip() {
    echo "bench: skipped: $*"
}

# The peers, once. rumdl's npm package holds a binary for each system; its launcher would add Node.
install_peers() {
    rumdl='' markdownlint=''
    if ! command -v npm >/dev/null; then
        skip 'the peers, npm is not there'
        return
    fi
    [ -d "$FOLDER/npm/node_modules" ] ||
        { mkdir -p "$FOLDER/npm" && npm install --silent --no-audit --no-fund --prefix "$FOLDER/npm" \
            rumdl markdownlint-cli2; } || { skip 'the peers, npm cannot install them' && return; }
    rumdl=$(find "$FOLDER/npm/node_modules/@rumdl" -type f -name rumdl 2>/dev/null | head -n 1)
    markdownlint=$FOLDER/npm/node_modules/.bin/markdownlint-cli2
    [ -n "$rumdl" ] || skip 'rumdl, its package has no binary for this system'
    [ -x "$markdownlint" ] || markdownlint=''
}

# measure TITLE RUNS [-- NAME PROGRAM ARGUMENT…]…: one block of the table.
measure() {
    title=$1
    shift
    "$STOPWATCH" "$@" >"$FOLDER/times" || { skip "$title" && return; }
    echo "bench: $title: done"
    {
        echo
        echo "$title"
        awk -F '\t' '
            BEGIN { printf "  %-34s %10s %10s %8s %8s\n", "", "median ms", "fastest", "ratio", "MB" }
            { printf "  %-34s %10.1f %10.1f %8.2f %8.1f\n", $1, $2, $3, $4, $5 }' "$FOLDER/times"
    } >>"$table"
}

# The course of the corpus, as a student's clone at its tip.
clone_corpus() {
    [ ! -f "$FOLDER/pgm/.git/ready" ] || return 0
    rm -rf "$FOLDER/pgm"
    git clone --quiet --mirror "$corpus/pgm.bundle" "$FOLDER/pgm/.git"
    git -C "$FOLDER/pgm" config core.bare false
    git -C "$FOLDER/pgm" reset --quiet --hard
    : >"$FOLDER/pgm/.git/ready"
}

bench_hook() {
    cd "$FOLDER/pgm"
    git reset --quiet --hard
    sed '40s/$/ A sentence that was added today./' "$note" >"$FOLDER/changed"
    cp "$FOLDER/changed" "$note"
    git add "$note"
    set -- "$runs" -- 'bare libgit2, HEAD to index' "$BARE" staged \
        -- 'scribelint hook run pre-commit' "$SCRIBELINT" hook run pre-commit \
        -- 'scribelint check --staged' "$SCRIBELINT" check --staged
    [ -z "$rumdl" ] || set -- "$@" -- 'rumdl check NOTE' "$rumdl" check --no-cache "$note"
    [ -z "$markdownlint" ] || set -- "$@" -- 'markdownlint-cli2 NOTE' "$markdownlint" "$note"
    measure "The hook: one changed note of $(($(wc -c <"$note") / 1024)) KB" "$@"
    git reset --quiet --hard
}

# clone_for_commits NAME: a clone with one note changed and staged.
clone_for_commits() {
    rm -rf "${FOLDER:?}/$1"
    git clone --quiet --shared "$FOLDER/pgm" "$FOLDER/$1"
    cd "$FOLDER/$1"
    git config user.name Scribe
    git config user.email scribe@example.org
}

# In the second of the clone Git can't tell from the times that nothing changed, and reads all files.
stage_note() {
    sleep 1
    git update-index -q --refresh
    echo 'A sentence that was added today.' >>"$note"
    git add "$note"
}

# `git commit` as a whole, taken back each time, so that the next one is the same.
bench_commit() {
    commit='git commit -q -m Change && git reset -q --soft HEAD^'
    clone_for_commits commit-plain
    stage_note
    clone_for_commits commit-hook
    "$SCRIBELINT" hook install >/dev/null
    stage_note
    set -- "$runs" -- 'git commit' sh -c "cd '$FOLDER/commit-plain' && $commit" \
        -- '… with the hook' sh -c "cd '$FOLDER/commit-hook' && $commit"
    if command -v pre-commit >/dev/null && clone_for_commits commit-framework; then
        printf '%s\n' 'repos:' '- repo: local' '  hooks:' '  - id: scribelint' '    name: scribelint' \
            "    entry: $SCRIBELINT hook run pre-commit" '    language: system' \
            '    pass_filenames: false' >.pre-commit-config.yaml
        git add .
        git commit -q -m 'Configuration'
        pre-commit install >/dev/null
        stage_note
        set -- "$@" -- '… with the pre-commit framework' \
            sh -c "cd '$FOLDER/commit-framework' && $commit"
    fi
    measure 'git commit: one changed note' "$@"
}

# bench_tree FOLDER TITLE RUNS: every note of the last commit.
bench_tree() {
    cd "$1"
    title=$2
    set -- "$3" -- 'bare libgit2, cmark and libyaml' "$BARE" parse \
        -- 'scribelint check --all' "$SCRIBELINT" check --all --max 10
    ! taskset=$(command -v taskset) ||
        set -- "$@" -- 'scribelint check --all, one thread' "$taskset" -c 0 "$SCRIBELINT" check --all --max 10
    [ -z "$rumdl" ] || set -- "$@" -- 'rumdl check .' "$rumdl" check --no-cache .
    # The peers look at no pictures: this is like with like.
    # shellcheck disable=SC2046 # no names with blanks
    [ "$title" = "$large" ] ||
        set -- "$@" -- 'scribelint check --all, only *.md' "$SCRIBELINT" check --all --max 10 $(git ls-files '*.md')
    [ -z "$markdownlint" ] || [ "$title" = "$large" ] ||
        set -- "$@" -- 'markdownlint-cli2 **/*.md' "$markdownlint" '**/*.md'
    measure "$title" "$@"
}

bench_all() {
    bench_tree "$FOLDER/pgm" 'The notes of one course, whole tree' $((runs / 4 + 1))
}

# make_course NAME NOTES FILES: a repository with nothing in its working tree yet.
make_course() {
    [ ! -f "$FOLDER/$1/.git/ready" ] || return 0
    rm -rf "${FOLDER:?}/$1"
    git init --quiet --template= "$FOLDER/$1"
    git -C "$FOLDER/$1" symbolic-ref HEAD refs/heads/main
    LC_ALL=C awk -v notes="$2" -v files="$3" -f "$tools/notes.awk" |
        git -C "$FOLDER/$1" fast-import --quiet
    git -C "$FOLDER/$1" read-tree HEAD
    : >"$FOLDER/$1/.git/ready"
}

large='10,000 notes of 2.6 KB, whole tree'

bench_large() {
    make_course large 10000 0
    git -C "$FOLDER/large" checkout --quiet --force
    bench_tree "$FOLDER/large" "$large" "${LARGE_RUNS:-5}"
}

# The size of the repository must not matter to a change of one note.
bench_sizes() {
    for size in 1000 10000 100000; do
        make_course "files-$size" 20 $((size - 121))
        cd "$FOLDER/files-$size"
        path=$(git ls-files _posts | head -n 1)
        blob=$({ git cat-file blob "HEAD:$path" && echo 'One more line.'; } | git hash-object -w --stdin)
        git update-index --cacheinfo "100644,$blob,$path"
        measure "One changed note among $size files" "$runs" \
            -- 'bare libgit2, HEAD to index' "$BARE" staged \
            -- 'scribelint check --staged' "$SCRIBELINT" check --staged
    done
}

# The pull request of the corpus that changes the most bytes of text, and what takes the time.
bench_pull() {
    cd "$FOLDER/pgm"
    awk -F '\t' '$1 == "pgm" { print $2, $3, $4 }' "$corpus/prs.tsv" | while read -r number base head; do
        git diff --numstat "$base" "$head" -- '*.md' |
            awk -v pull="$number $base $head" '{ lines += $1 + $2 } END { print lines + 0, pull }'
    done | sort -n | tail -n 1 >"$FOLDER/largest"
    read -r lines number base head <"$FOLDER/largest"
    measure "The largest pull request of the corpus (#$number, $lines lines of notes)" "$runs" \
        -- 'bare libgit2, HEAD to index' "$BARE" staged \
        -- 'scribelint check --base --head' "$SCRIBELINT" check --base "$base" --head "$head"
    if command -v valgrind >/dev/null; then
        profile "$base" "$head"
    else
        skip 'where the time of a pull request goes, valgrind is not there'
    fi
}

# Instructions by the function of ours that they belong to, with all that it calls.
profile() {
    valgrind --quiet --tool=callgrind --callgrind-out-file="$FOLDER/profile" \
        "$SCRIBELINT" check --base "$1" --head "$2" >/dev/null 2>&1 || :
    {
        echo '  where it goes (share of the instructions, with what is called):'
        callgrind_annotate --inclusive=yes --auto=no "$FOLDER/profile" |
            sed -n 's/^ *[0-9,]* ( *\([0-9.]*\)%).*:\([a-z_]*\) \[.*scribelint\]$/\1 \2/p' | awk '
            BEGIN {
                names["repository_open"] = "libgit2 starts, repository opens"
                names["settings_open"] = "rules and configuration"
                names["change_set_compute"] = "comparison of the trees and lines"
                names["snapshot_read"] = "reading of files"
                names["document_read"] = "documents (cmark, libyaml, gumbo, masks)"
                names["pattern_find"] = "patterns (PCRE2)"
                names["print_report"] = "report"
            }
            $2 in names && !seen[$2]++ { printf "  %6.1f %%  %s\n", $1, names[$2] }'
    } >>"$table"
}

# make_pdf_notes NOTES: PDFs of eight pages, a picture on each, no two with the same words in a row.
make_pdf_notes() {
    rm -rf "${FOLDER:?}/pdfs"
    git init --quiet --template= "$FOLDER/pdfs"
    cd "$FOLDER/pdfs"
    mkdir -p assets/scribe_notes
    for note in $(seq 1 "$1"); do
        awk -v note="$note" 'BEGIN {
            srand(note)
            split("the cache page disk router packet lock log commit index thread process " \
                  "memory network replica quorum leader object bucket query plan join of in and is", words)
            print "R 150 720 12 ABC 101: Systems, Fall 2025"
            print "R 250 690 14 " note ": Systems"
            print "R 72 660 10 Scribe(s): Ann Lee, Bo Ray"
            for (page = 1; page <= 8; page++) {
                if (page > 1) print "page"
                print "B 72 640 14 " page " Part " page
                print "image 72 480 234 130 400"
                for (y = 460; y > 60; y -= 12) {
                    line = ""
                    for (i = 0; i < 14; i++) line = line " " words[int(rand() * 26) + 1]
                    print "R 72 " y " 10" line
                }
            }
        }' | LC_ALL=C awk -f "$tools/note_pdf.awk" | LC_ALL=C awk -f "$tools/pdf.awk" \
            >"assets/scribe_notes/note-$note.pdf"
    done
    commit_pdfs 'Notes made for this'
}

# Those of the corpus that are no placeholders.
take_pdf_notes() {
    rm -rf "${FOLDER:?}/pdfs"
    git init --quiet --template= "$FOLDER/pdfs"
    cd "$FOLDER/pdfs"
    mkdir -p assets/scribe_notes
    for bundle in "$corpus"/*.bundle; do
        name=$(basename "$bundle" .bundle)
        [ -d "$FOLDER/$name.git" ] || git clone --quiet --mirror "$bundle" "$FOLDER/$name.git"
        git -C "$FOLDER/$name.git" ls-tree -r -l main -- assets/scribe_notes |
            awk '$4 > 1000 && /[.]pdf$/ { print $3, $5 }' |
            while read -r blob path; do
                git -C "$FOLDER/$name.git" cat-file blob "$blob" \
                    >"assets/scribe_notes/$name-$(basename "$path")"
            done
    done
    commit_pdfs 'Notes of the corpus'
}

commit_pdfs() {
    git add -A
    git -c user.name=Scribe -c user.email=scribe@example.org commit --quiet -m "$1"
}

# measure_pdfs WHAT: the note of most bytes, and all of them; with nothing kept, and with all kept.
measure_pdfs() {
    largest=$(find assets/scribe_notes -name '*.pdf' -exec wc -c {} + | grep -v total | sort -n | tail -n 1 |
        awk '{ print $2 }')
    count=$(find assets/scribe_notes -name '*.pdf' | wc -l | tr -d ' ')
    # A cache that cannot be made keeps nothing.
    cold="$FOLDER/pdfs/.git/HEAD" kept="$FOLDER/pdf-cache"
    what=$1
    set -- "$runs"
    # shellcheck disable=SC2016 # for the shell that is measured
    all='for note in assets/scribe_notes/*.pdf; do "$0" "$note" - || exit; done'
    # shellcheck disable=SC2016
    each='for note in assets/scribe_notes/*.pdf; do "$0" "$note" || exit; done'
    ! command -v pdftotext >/dev/null || set -- "$@" -- pdftotext pdftotext "$largest" -
    ! command -v pdfinfo >/dev/null || set -- "$@" -- pdfinfo pdfinfo "$largest"
    set -- "$@" -- 'scribelint show, nothing kept' env "XDG_CACHE_HOME=$cold" "$SCRIBELINT" show "$largest" \
        -- 'scribelint show, answer kept' env "XDG_CACHE_HOME=$kept" "$SCRIBELINT" show "$largest"
    measure "$what: the one of most bytes ($(($(wc -c <"$largest") / 1024)) KB)" "$@"
    set -- $((runs / 4 + 1))
    ! command -v pdftotext >/dev/null || set -- "$@" -- 'pdftotext, one by one' sh -c "$all" pdftotext
    ! command -v pdfinfo >/dev/null || set -- "$@" -- 'pdfinfo, one by one' sh -c "$each" pdfinfo
    set -- "$@" -- 'scribelint check --all, nothing kept' env "XDG_CACHE_HOME=$cold" "$SCRIBELINT" check --all \
        -- 'scribelint check --all, answers kept' env "XDG_CACHE_HOME=$kept" "$SCRIBELINT" check --all
    measure "$what: all $count" "$@"
}

bench_pdf() {
    if [ ! -x "${SCRIBELINT%/*}/scribelint-pdf" ]; then
        skip 'PDF notes, scribelint-pdf is not built'
        return
    fi
    make_pdf_notes 20
    measure_pdfs '20 PDF notes of eight pages, made for this'
    if [ -f "$corpus/f25.bundle" ]; then
        take_pdf_notes
        measure_pdfs 'The PDF notes of the corpus'
    else
        skip 'PDF notes of the corpus, no f25.bundle in it'
    fi
}

install_peers
for item in hook commit all pull; do
    wanted $item || continue
    if [ ! -f "$corpus/pgm.bundle" ]; then
        skip "$item, no pgm.bundle in the corpus (SCRIBELINT_CORPUS)"
    else
        clone_corpus
        bench_$item
    fi
done
! wanted sizes || bench_sizes
! wanted large || bench_large
! wanted pdf || bench_pdf
cat "$table"
