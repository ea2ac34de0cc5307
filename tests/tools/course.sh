#!/bin/sh
# Makes the course of tests/fixtures/ with its pull request: tests/tools/course.sh FOLDER
#
# FOLDER is removed first. It becomes a repository with the course on the branch main and a
# student's pull request on the branch scribe-lecture-04, which is checked out. Names, dates and
# settings are fixed, so the commit ids are always the same.
set -eu

fixtures=$(cd "$(dirname "$0")/../fixtures" && pwd)
folder=${1:?"usage: course.sh FOLDER"}

# Nothing of the caller's Git may show through.
for name in $(env | awk -F= '/^GIT_[A-Z_0-9]*=/ { print $1 }') XDG_CONFIG_HOME; do
    unset "$name"
done
HOME=$folder
GIT_CONFIG_NOSYSTEM=1
GIT_AUTHOR_DATE='2024-01-22T09:00:00Z' GIT_COMMITTER_DATE='2024-01-22T09:00:00Z'
export HOME GIT_CONFIG_NOSYSTEM GIT_AUTHOR_DATE GIT_COMMITTER_DATE

# commit NAME MESSAGE
commit() {
    git add -A
    git -c user.name="$1" -c user.email=nobody@example.org commit -q -m "$2"
}

rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
git init -q --template=
git symbolic-ref HEAD refs/heads/main
git config core.fileMode false
git config core.autocrlf false

cp -R "$fixtures/course/." .
commit 'Kim Sample' 'Add the notes of lecture 2'
git checkout -q -b scribe-lecture-04
cp -R "$fixtures/pull-request/." .
GIT_AUTHOR_DATE='2024-01-25T23:50:00Z' GIT_COMMITTER_DATE='2024-01-25T23:50:00Z'
commit 'Ida Beispiel' 'Add the notes of lecture 4'
