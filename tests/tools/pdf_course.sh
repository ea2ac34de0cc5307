#!/bin/sh
# Makes a small course whose notes are PDFs, with a pull request: tests/tools/pdf_course.sh FOLDER
#
# FOLDER is removed first. It becomes a repository with the course on the branch main and a
# student's pull request on the branch scribe-jan23, which is checked out. Names and dates are
# fixed, so the commit ids are always the same.
set -eu

tools=$(cd "$(dirname "$0")" && pwd)
folder=${1:?"usage: pdf_course.sh FOLDER"}

for name in $(env | awk -F= '/^GIT_[A-Z_0-9]*=/ { print $1 }') XDG_CONFIG_HOME; do
    unset "$name"
done
GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
GIT_AUTHOR_DATE='2024-01-22T09:00:00Z' GIT_COMMITTER_DATE='2024-01-22T09:00:00Z'
export GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL GIT_AUTHOR_DATE GIT_COMMITTER_DATE

# commit NAME MESSAGE
commit() {
    git add -A
    git -c user.name="$1" -c user.email=nobody@example.org commit -q -m "$2"
}

# make_pdf FILE: of the lines of note_pdf.awk on standard input.
make_pdf() {
    LC_ALL=C awk -f "$tools/note_pdf.awk" | LC_ALL=C awk -f "$tools/pdf.awk" >"$1"
}

text_of_jan18() {
    cat <<'END'
B 72 620 14 1 Disks
R 72 600 10 A disk turns under a head that moves from track to track. What a program waits for is the
R 72 588 10 seek and half a turn, some ten milliseconds, and only then the bytes, which come fast.
B 72 556 14 2 Buffers
R 72 536 10 A buffer pool keeps pages of a file in memory, so that reading one of them a second time
R 72 524 10 costs nothing. When it is full, a page has to leave; the least recently used one is a good
R 72 512 10 guess for most programs, and a bad one for the scan of a large table.
END
}

rm -rf "$folder"
mkdir -p "$folder/_data" "$folder/notes"
cd "$folder"
git init -q --template=
git symbolic-ref HEAD refs/heads/main
git config core.fileMode false
git config core.autocrlf false

cat >.scribelint.yml <<'END'
course: {name: CSE 190, year: 2024}
team: {min: 1, max: 3}
notes:
  - files: "notes/*.pdf"
    pages: {min: 2, max: 10}
END
cat >_data/lectures.yml <<'END'
- {date: 2024-01-16, title: Introduction, lecturer: Kim Sample}
- {date: 2024-01-18, title: Storage, lecturer: Kim Sample, notes: notes/jan18_scribe.pdf}
- {date: 2024-01-23, title: Networks, lecturer: Kim Sample}
END
{
    echo 'R 150 720 12 CSE 190: Systems, Winter 2024'
    echo 'R 250 690 14 2: Storage'
    echo 'R 72 660 10 Lecturer: Kim Sample'
    echo 'R 330 660 10 Scribe(s): Bo Muster, Cy Beispiel'
    text_of_jan18
    echo page
    echo 'R 72 700 10 Solid state disks have no head to move, and are written in whole blocks.'
} | make_pdf notes/jan18_scribe.pdf
commit 'Kim Sample' 'Notes of January 18'

# Made from a copy of the note before, and half done.
git checkout -q -b scribe-jan23
{
    echo 'R 150 720 12 CSE 190: Systems, Winter 2023'
    echo 'R 250 690 14 2: Storage'
    echo 'R 72 660 10 Lecturer: Kim Sample'
    echo 'R 330 660 10 Scribe(s): Ida Beispiel, Flo'
    text_of_jan18
    echo 'B 72 470 14 3 Networks: TODO'
    echo 'R 72 450 10 A packet goes from hop to hop, as Figure ?? shows.'
} | make_pdf notes/jan23_scribe.pdf
GIT_AUTHOR_DATE='2024-01-30T23:50:00Z' GIT_COMMITTER_DATE='2024-01-30T23:50:00Z'
commit 'Ida Beispiel' 'Notes of January 23'
