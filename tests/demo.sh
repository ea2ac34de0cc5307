#!/bin/sh
# `make demo`: what scribelint says about a student's pull request.
#
#   SCRIBELINT=program sh tests/demo.sh FOLDER
#
# Makes the course of tests/fixtures/ in FOLDER/course (removed first) and checks its pull request
# there. The check finds something and exits with 1; anything else means that the demo failed. Where
# scribelint-pdf is built, a pull request with a PDF in FOLDER/pdf-course is checked, too.
set -eu

tests=$(cd "$(dirname "$0")" && pwd)
program=${SCRIBELINT:-$tests/../build/scribelint}
folder=${1:-$tests/../build/demo}
course=$folder/course

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then
    bold=$(printf '\033[1m') plain=$(printf '\033[0m')
fi

# quote TEXT: so that a shell reads it as one word.
quote() {
    case $1 in
    *[!A-Za-z0-9_./-]*) printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf '%s' "$1" ;;
    esac
}

# show HEADING ARGUMENT...: runs scribelint with the arguments, which must find something.
show() {
    printf '\n%s%s%s\n' "$bold" "$1" "$plain"
    shift
    printf '$ scribelint %s\n\n' "$*"
    status=0
    "$program" "$@" || status=$?
    if [ "$status" -ne 1 ]; then
        echo "demo: scribelint should have exited with 1 (findings), and did with $status" >&2
        exit 1
    fi
}

sh "$tests/tools/course.sh" "$course"
sh "$tests/tools/pdf_course.sh" "$folder/pdf-course"
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
cd "$course"

show 'What a pull request with lecture notes brings, for its author:' \
    check --base main --head scribe-lecture-04
show 'The same as annotations for GitHub:' \
    check --base main --head scribe-lecture-04 --format github

if [ -x "${program%/*}/scribelint-pdf" ]; then
    cd ../pdf-course
    show 'What one with a PDF brings:' check --base main --head scribe-jan23
    cd ../course
fi

cat <<TEXT

${bold}The repository is there to try more:${plain}
    cd $(quote "$(pwd)")
    PATH=$(quote "${program%/*}"):\$PATH
    git log --stat main..                        what the pull request changes
    scribelint check --all                       every file, without a comparison
    scribelint check --base main --format json   for programs
    scribelint rules                             what it looks for
TEXT
