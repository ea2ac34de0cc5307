#!/bin/sh
# Pull requests that bring PDF notes, made here from objects: a good one, one for each thing that can
# be wrong with them, and helpers that die, hang or talk nonsense.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

READER=${SCRIBELINT%/*}/scribelint-pdf
if [ ! -x "$READER" ]; then
    skip 'scribelint-pdf is not built: poppler-glib is not here'
    finish
fi

# make_pdf FILE: of the lines of tests/tools/note_pdf.awk on standard input.
make_pdf() {
    mkdir -p "$(dirname "$1")"
    LC_ALL=C awk -f "$ROOT/tests/tools/note_pdf.awk" |
        LC_ALL=C awk -f "$ROOT/tests/tools/pdf.awk" >"$1"
}

# head_of NUMBER TITLE SCRIBES [LECTURER [COURSE]]: the first lines of a first page.
head_of() {
    echo "R 150 720 12 ${5-ABC-101: Systems, Fall 2025}"
    echo "R 220 690 14 $1: $2"
    echo "R 72 660 10 Lecturer: ${4-Ada Byron}"
    [ -z "$3" ] || echo "R 330 660 10 Scribe(s): $3"
}

networks_text() {
    cat <<'END'
B 72 620 14 1 Layers
R 72 600 10 Each layer of a network uses what the one below offers, and nothing else of it.
R 72 588 10 A frame carries a packet, a packet carries a segment, and a segment carries bytes of an
R 72 576 10 application. Headers are put before the payload on the way down and taken off on the way up.
B 72 540 14 2 Routing
R 72 520 10 A router reads the address in the header of a packet and sends it to the next hop that its
R 72 508 10 table has for the longest prefix of that address. Tables are filled by routing protocols, in
R 72 496 10 which routers tell their neighbors which networks they reach, and at what distance.
R 72 484 10 A packet whose time to live runs out is dropped, so that loops do not last forever.
page
B 72 720 14 3 Congestion
R 72 700 10 When queues of a router are full, packets are lost, and the sender halves its window. It grows
R 72 688 10 by one segment in a round trip otherwise, which is fair to other connections in the long run.
END
}

clouds_text() {
    cat <<'END'
B 72 620 14 1 Renting machines
R 72 600 10 A datacenter holds machines in racks, with power and cooling for all of them together. In the
R 72 588 10 cloud, tenants rent a part of it by the hour: a hypervisor gives each a machine of its own.
R 72 576 10 Spot instances are cheaper and can be taken away, reserved ones cost less for a year.
B 72 540 14 2 Object storage
R 72 520 10 Objects are kept in buckets, three times and in several buildings, so that a fire or a flood
R 72 508 10 does not lose them. Writes are slow and reads are fast, and an object is replaced as a whole.
R 72 496 10 Billing counts bytes, requests and hours. Elasticity means that machines come when there is
R 72 484 10 load and are given back afterwards. Containers share a kernel and start within a second.
page
B 72 720 14 3 Functions
R 72 700 10 Serverless functions hide machines altogether, and are billed by the millisecond of their run.
R 72 688 10 Their state lives elsewhere, in a database or in the object storage of the same region.
END
}

# slides FILE: pages with the lines of standard input: a title, a tab, what stands below it.
slides() {
    awk -F '\t' 'NR > 1 { print "page" } { print "R 60 720 30 " $1; print "R 60 500 14 " $2 }' |
        make_pdf "$1"
}

repo_init course
write .scribelint.yml <<'END'
course: {name: ABC 101, year: 2025}
roster: {file: roster.csv}
team: {min: 1, max: 3}
notes:
  - files: "notes/*.pdf"
    name: "{mon}{day}_scribe.pdf"
    pages: {min: 2, max: 12}
    megabytes: {max: 1}
allow: ["_data/*.yml"]
END
write _data/lectures.yml <<'END'
- {date: 2025-09-30, title: Introduction, lecturer: Ada Byron}
- {date: 2025-10-07, title: Networks and routing, lecturer: Ada Byron, slides: slides/1.pdf}
- {date: 2025-10-09, title: Clouds, lecturer: Barbara Liskov (guest), slides: slides/2.pdf}
- {date: 2025-10-14, title: Files, lecturer: Ada Byron}
END
write roster.csv <<'END'
Lecture,Scribe 1,Scribe 2
Oct 7,Ann Lee,Bo Ray
Oct 9,Cy Fox,Di Om
END
slides slides/1.pdf <<'END'
Layers of a network	frame packet segment header payload bytes application
Headers	payload header segment packet frame on the way down and up
Routing	a router reads the address, longest prefix, next hop in its table
Routing protocols	routers tell neighbors which networks they reach, distance
Time to live	a packet is dropped when time to live runs out, loops
Congestion	queues of a router are full, packets are lost
Windows	the sender halves its window, grows by one segment in a round trip
Fairness of connections	connections share a router, fair in the long run
Addresses	prefix of an address, networks, routers and hops
Frames	a frame carries a packet to the neighbor
END
slides slides/2.pdf <<'END'
Datacenters	machines in racks, power and cooling
Renting machines	cloud tenants rent by the hour, hypervisor
Spot instances	cheaper and taken away, reserved for a year
Object storage	objects in buckets, three times, several buildings
Durability	fire and flood do not lose objects
Billing	bytes, requests, hours, millisecond
Elasticity	machines come when there is load and are given back
Containers	share a kernel and start within a second
Serverless functions	hide machines altogether, billed by the run
State of functions	a database or object storage of the same region
Regions	buildings of a region, latency, replicas of a database
END
{
    head_of 1 Introduction 'Ed Poe and Flo Gray'
    echo 'B 72 620 14 1 What systems are'
    echo 'R 72 600 10 They are what is left when everything that can be computed is left out.'
    echo page
    echo 'R 72 700 10 And that is a lot, as will be seen.'
} | make_pdf notes/sep30_scribe.pdf
commit_all 'Start'

# Who wrote it stands on its first page; commits are by whoever uploads.
expect_status 0 scribelint status
expect_output_contains 'Ed Poe, Flo Gray'
expect_output_lacks 'commits by'

# pull NAME: a branch with nothing but the next note.
pull() {
    git checkout -q -b "$1" main
}

# The report on one line, whatever its width.
unwrap() {
    tr -s ' \n' ' ' <"$OUTPUT" >"$TEMP/unwrapped"
    cp "$TEMP/unwrapped" "$OUTPUT"
}

# found STATUS TEXT…: what the pull request brings.
found() {
    expected=$1
    shift
    git add -A
    git commit -q -m 'A note'
    expect_status "$expected" scribelint check --base main
    unwrap
    for text in "$@"; do
        expect_output_contains "$text"
    done
}

# --- A good one ------------------------------------------------------------------------------------

pull good
{ head_of 2 'Networks and routing' 'Ann Lee, Bo Ray' && networks_text; } |
    make_pdf notes/oct7_scribe.pdf
found 0
expect_output_contains '1 notice introduced'
expect_output_contains '[note-not-linked]'
expect_output_lacks skipped

# --- Files that are none -----------------------------------------------------------------------------

pull broken
mkdir -p notes
printf '%%PDF-1.5\nand then nothing\n' >notes/oct7_scribe.pdf
found 1 'error this PDF cannot be read: '

pull picture
printf '\211PNG\r\n\032\n0000' >notes/oct7_scribe.pdf
found 1 'error this PDF cannot be read: '

pull empty
: >notes/oct7_scribe.pdf
found 1 'has no content: its size is 0 bytes'
expect_output_lacks 'cannot be read'

pull scan
{ echo 'image 0 0 612 792 80' && echo page && echo 'image 0 0 612 792 80'; } |
    make_pdf notes/oct7_scribe.pdf
found 1 'error no text can be taken out of this PDF (2 pages)'

pull locked
LC_ALL=C awk -f "$ROOT/tests/tools/pdf.awk" >notes/oct7_scribe.pdf <<'END'
obj 1
<< /Type /Catalog /Pages 2 0 R >>
obj 2
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
obj 3
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>
obj 4
<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4
   /O <0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef>
   /U <fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210> >>
trailer /Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]
END
found 1 'error this PDF needs a password'

pull large
{ head_of 2 'Networks and routing' 'Ann Lee, Bo Ray' && networks_text; } |
    make_pdf notes/oct7_scribe.pdf
{ echo && head -c 1100000 /dev/zero | tr '\0' '%'; } >>notes/oct7_scribe.pdf
found 0 'warning this file is larger than 1 MB'

# --- The first page ---------------------------------------------------------------------------------

pull first_page
{ head_of 5 'Semaphores' 'Ann Lee, Bo Ray' 'Grace Hopper' 'ABC-102: Programs, Fall 2024' && networks_text; } |
    make_pdf notes/oct7_scribe.pdf
found 0 'the first page says "5", but _data/lectures.yml has 2' \
    '"Grace Hopper" did not give the lecture of Oct 7 (2)' \
    'this course is "ABC 101"' 'the first page says "Fall 2024"; the lectures are of 2025'

pull title
{ head_of 2 'Semaphores' 'Ann Lee, Bo Ray' && networks_text; } | make_pdf notes/oct7_scribe.pdf
found 0 '"Semaphores" has no word in common with "Networks and routing"'

pull slip
{ head_of 2 'Netwroks and routing' 'Ann Lee, Bo Ray' && networks_text; } | make_pdf notes/oct7_scribe.pdf
found 0 '"netwroks" in the title is "networks" in _data/lectures.yml'

# The guest's lecture, under the course's own lecturer; and right.
pull guest
{ head_of 3 'Clouds' 'Cy Fox, Di Om' && clouds_text; } | make_pdf notes/oct9_scribe.pdf
found 0 '"Ada Byron" did not give the lecture of Oct 9 (3)'
{ head_of 3 'Clouds' 'Cy Fox, Di Om' 'Barbara Liskov' && clouds_text; } | make_pdf notes/oct9_scribe.pdf
found 0
expect_output_lacks 'did not give'
expect_output_lacks warning

pull nobody
{ head_of 2 'Networks and routing' '' && networks_text; } | make_pdf notes/oct7_scribe.pdf
found 0 'warning the first page does not say who wrote this note'

pull scribes
{ head_of 2 'Networks and routing' 'Ann Lee, Ann Lee, Cy Fox, Gil' && networks_text; } |
    make_pdf notes/oct7_scribe.pdf
found 0 '"Ann Lee" is named twice among the scribes' '"Cy Fox" is not on the roster for lecture Oct 7 (2)' \
    '"Bo Ray" is on the roster' '"Gil" is one name only' 'the note names 4; a team has 1 to 3'

# --- What stands in it --------------------------------------------------------------------------------

pull leftovers
{
    head_of 2 'Networks and routing' 'Ann Lee, Bo Ray'
    networks_text
    cat <<'END'
R 72 676 10 As Figure ?? shows and the book [?] says, this holds; see Section ?? for more of it.
R 72 664 10 (This is to be deleted later.)
R 72 652 10 Operating System Basics: TODO
R 72 640 10 Lorem ipsum dolor sit amet, and we seperate it.
R 72 628 10 The rest is in Figure 4.
image 72 500 432 100 100
R 200 480 10 Figure 1: A network
B 72 440 14 2 Layer
R 72 420 10 Layers were explained on the first page already, in the first section of this note.
END
} | make_pdf notes/oct7_scribe.pdf
found 0 'placeholder "Figure ??" left in the text' 'placeholder "[?]" left' 'placeholder "Section ??" left' \
    'placeholder "to be deleted later" left' 'placeholder "TODO" left' 'placeholder "Lorem ipsum" left' \
    '"seperate" is misspelled' 'there is no "Figure 4" in this note' \
    'a picture (100 x 50 pixels) has 17 pixels for an inch of the page' \
    'section "Layer" stands on page 1 already, as "Layers"' \
    'the number of section "Layer" does not follow that of "Congestion" on page 2' \
    ' page 2 warning '

pull short
{ head_of 2 'Networks and routing' 'Ann Lee, Bo Ray' && networks_text | sed '/^page/,$d'; } |
    make_pdf notes/oct7_scribe.pdf
found 0 'notice this note has 1 page; the course wants 2 to 12'

# --- Another lecture's, another note ------------------------------------------------------------------

pull other_lecture
{ head_of 3 'Clouds' 'Cy Fox, Di Om' 'Barbara Liskov' && networks_text; } | make_pdf notes/oct9_scribe.pdf
found 0 'the text is much closer to the slides of Oct 7 (2) ("slides/1.pdf") than to those of Oct 9 (3)'
expect_output_lacks 'not there:'

pull uncovered
{
    head_of 3 'Clouds' 'Cy Fox, Di Om' 'Barbara Liskov'
    cat <<'TEXT'
R 72 600 10 The lecture of today was about what one sees in the sky over this town, most of it gray. They
R 72 588 10 come from the sea in the morning and are gone at noon. We heard how birds fly below them, and
R 72 576 10 why it rains so seldom here; in winter there is more of it. Somebody asked whether the exam
R 72 564 10 would be on this, and the answer was that it would not. Then we went home early, since the
R 72 552 10 projector did not work. Next week there will be another lecture, on something else, and after
R 72 540 10 that the homework is due, which nobody in the room had begun with when they were asked.
page
R 72 720 10 On the second page there is nothing but this line.
TEXT
} | make_pdf notes/oct9_scribe.pdf
found 0 'of 11 titles of "slides/2.pdf" the note has 0; not there: Datacenters; Renting machines; '

# The same text in other bytes, and a revision.
git checkout -q -b merged good
pull_from_merged() {
    git checkout -q -b "$1" merged
}
pull_from_merged again
{ head_of 2 'Networks and routing' 'Ann Lee, Bo Ray' && networks_text && echo 'R 300 40 10 2'; } |
    make_pdf notes/oct9_scribe.pdf
git add -A
git commit -q -m 'The same again'
expect_status 1 scribelint check --base merged
expect_output_contains 'of this note stands in "notes/oct7_scribe.pdf" already'

pull_from_merged revision
{ head_of 2 'Networks and routing' 'Ann Lee, Bo Ray' && networks_text && clouds_text | sed 1,4d; } |
    make_pdf notes/oct9_scribe.pdf
git add -A
git commit -q -m 'Half of it'
expect_status 1 scribelint check --base merged
expect_output_contains '% of this note stands in "notes/oct7_scribe.pdf" already'

# Files of the same few bytes keep a place; that they cannot be read is said, and nothing of copies.
pull_from_merged places
printf '%%PDF-1.5\nto come\n' >notes/oct9_scribe.pdf
cp notes/oct9_scribe.pdf notes/oct14_scribe.pdf
found 1 'error this PDF cannot be read: '
expect_output_lacks already

# Where it comes from is not when it was held.
pull origin
{ head_of 2 'Networks and routing' 'Ann Lee, Bo Ray' && echo 'R 72 640 10 Notes adapted from Winter 2024' && networks_text; } |
    make_pdf notes/oct7_scribe.pdf
found 0
expect_output_lacks 'Winter 2024'

expect_status 0 scribelint explain pdf-placeholder-left
expect_output_contains '| See Figure ?? and the book'
expect_output_contains 'overrides: [{files: "assets/scribe_notes/oct7_scribe.pdf", rules: {pdf-placeholder-left: off}}]'
expect_output_lacks '{"run"'
expect_output_lacks 'scribelint-disable'

# --- Helpers that are none ------------------------------------------------------------------------------

# helper NAME: a script on standard input that stands in for scribelint-pdf.
helper() {
    write "$TEMP/$1"
    chmod +x "$TEMP/$1"
    SCRIBELINT_PDF=$TEMP/$1
    export SCRIBELINT_PDF
    rm -rf "$HOME/.cache"
}

git checkout -q good
helper killed <<'END'
#!/bin/sh
kill -KILL $$
END
expect_status 1 scribelint check --base main
expect_output_contains 'this PDF cannot be read: scribelint-pdf was stopped by SIGKILL reading it'
expect_output_contains '1 file checked'

helper garbage <<'END'
#!/bin/sh
head -c 100000 /dev/urandom
END
run scribelint check --base main
expect_equal 'garbage ends in words' yes \
    "$(case $status in 1 | 3) grep -q 'file checked' "$OUTPUT" && echo yes ;; esac)"

helper half <<'END'
#!/bin/sh
echo '{"scribelint-pdf": 1}'
echo '{"document": {"version": "1.5", "pages": 2}}'
END
expect_status 1 scribelint check --base main
expect_output_contains 'this PDF cannot be read: '

helper hanging <<'END'
#!/bin/sh
exec sleep 600
END
started=$(date +%s)
run scribelint check --base main
expect_equal 'a helper that hangs is undecided' 3 "$status"
expect_output_contains 'it took longer than 10 s to read: nothing was read'
expect_equal 'within half a minute or so' yes "$([ $(($(date +%s) - started)) -lt 60 ] && echo yes)"

# Time that ends before there is any text; the next run knows.
helper late <<'END'
#!/bin/sh
echo '{"scribelint-pdf": 1}'
echo '{"document": {"version": "1.5", "pages": 2}}'
echo '{"page": {"number": 1, "width": 612, "height": 792}}'
echo '{"end": {"pages": 0, "limit": "time"}}'
END
for run in first second; do
    expect_status 3 scribelint check --base main
    expect_output_contains 'it took longer than 10 s to read: nothing was read'
    expect_equal "kept after the $run run" 1 "$(find "$HOME/.cache/scribelint/pdf" -type f | wc -l | tr -d ' ')"
done
expect_status 3 scribelint show notes/oct7_scribe.pdf
expect_output_contains 'it took longer than 10 s to read: nothing was read'

# A home that is not there is not made.
rm -rf "$HOME/.cache"
expect_status 3 env HOME="$TEMP/nowhere/home" scribelint check --base main
expect_equal 'no home' no "$([ -e "$TEMP/nowhere" ] && echo yes || echo no)"
expect_status 3 env XDG_CACHE_HOME="$TEMP/kept/" scribelint check --base main
expect_equal 'the last folders are made' yes "$([ -d "$TEMP/kept/scribelint/pdf" ] && echo yes)"

# verdict: the id of what the branch brings.
verdict() {
    scribelint check --base main --format json | sed -n 's/^ *"verdict": "\(.*\)",*$/\1/p'
}
unset SCRIBELINT_PDF
with_helper=$(verdict)
SCRIBELINT_PDF=$TEMP/none
export SCRIBELINT_PDF
expect_status 0 scribelint check --base main
expect_output_contains 'skipped: PDF notes are checked by name only: scribelint-pdf is not installed'
expect_equal 'there are verdicts' '12 12' "${#with_helper} $(verdict | tr -d '\n' | wc -c | tr -d ' ')"
if [ "$with_helper" = "$(verdict)" ]; then fail 'the verdict tells whether PDFs were read'; fi

# In the hook: one line, and only where the change has a PDF note.
expect_status 0 scribelint hook install
git checkout -q -b hooked main
echo 'nothing' >other.md
git add other.md
expect_status 0 git commit -q -m 'No note'
expect_equal 'not a word' '' "$(cat "$ERRORS")"
{ head_of 2 'Networks and routing' 'Ann Lee, Bo Ray' && networks_text; } | make_pdf notes/oct7_scribe.pdf
git add notes
git config scribelint.required true
expect_status 1 git commit -q -m 'A note'
expect_error_contains 'skipped: PDF notes are checked by name only'
expect_error_contains 'not every note could be read, and scribelint.required is set'
git config --unset scribelint.required
expect_status 0 git commit -q -m 'A note'
expect_equal 'one line' 1 "$(grep -c . "$ERRORS")"
expect_error_contains 'skipped: PDF notes are checked by name only'

finish
