#!/bin/sh
# scribelint-pdf by itself: what it answers about notes, about what is none, and about files that
# mean harm. docs/pdf-reader.md is what is tested.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

READER=${SCRIBELINT%/*}/scribelint-pdf
if [ ! -x "$READER" ]; then
    skip 'scribelint-pdf is not built: poppler-glib is not here'
    finish
fi

# make_pdf: standard input, objects for pdf.awk, as a PDF. It adds what all notes have alike:
# 1 the catalog (with CATALOG in it), 2 the pages, 3 the one page, 4 its content, fonts from 5.
make_pdf() {
    {
        cat <<END
obj 1
<< /Type /Catalog /Pages 2 0 R ${CATALOG-} >>
obj 2
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
obj 3
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R ${PAGE-}
   /Resources << /Font << /F1 5 0 R /F2 6 0 R /F3 7 0 R >> /XObject << /I1 8 0 R >> >> >>
obj 5
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
obj 6
<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Helvetica-BoldOblique >>
obj 7
<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>
END
        cat
    } | LC_ALL=C awk -f "$ROOT/tests/tools/pdf.awk"
}

one_page='obj 4
<<
stream
BT /F1 12 Tf 72 700 Td (One page) Tj ET
trailer /Root 1 0 R'

# read_pdf FILE [OPTION...]: leaves $status, $OUTPUT and $ERRORS.
read_pdf() {
    file=$1
    shift
    run_with_input "$file" "$READER" "$@"
}

# expect_answer DESCRIPTION STATUS LAST-LINE: of the last read_pdf, which must have said nothing else.
expect_answer() {
    if [ "$status" -eq "$2" ] && [ "$(head -n 1 "$OUTPUT")" = '{"scribelint-pdf": 1}' ] &&
        [ "$(tail -n 1 "$OUTPUT")" = "$3" ] && [ ! -s "$ERRORS" ]; then
        pass "$1"
    else
        fail_run "$1"
    fi
}

# expect_error DESCRIPTION KIND MESSAGE
expect_error() {
    expect_answer "$1" 1 "{\"error\": {\"kind\": \"$2\", \"message\": \"$3\"}}"
}

# --- A note ---------------------------------------------------------------------------------------

CATALOG='/Outlines 9 0 R' PAGE='/Annots [12 0 R 13 0 R]' make_pdf >note.pdf <<'END'
obj 4
<<
stream
BT /F2 14 Tf 72 700 Td (1) Tj 24 0 Td (Introduction) Tj ET
BT /F1 10 Tf 72 680 Td (Notes on ) Tj /F3 10 Tf (malloc) Tj /F1 10 Tf ( and free.) Tj ET
q 200 0 0 100 72 500 cm /I1 Do Q
obj 8
<< /Type /XObject /Subtype /Image /Width 4 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8
   /Filter /ASCIIHexDecode
stream
00ff00ff ff00ff00>
obj 9
<< /First 10 0 R /Last 10 0 R >>
obj 10
<< /Title (Introduction) /Parent 9 0 R /Dest [3 0 R /Fit] /First 11 0 R /Last 11 0 R >>
obj 11
<< /Title <FEFF00DC006200650072> /Parent 10 0 R >>
obj 12
<< /Type /Annot /Subtype /Link /Rect [72 600 152 610]
   /A << /S /URI /URI (https://example.org/a) >> >>
obj 13
<< /Type /Annot /Subtype /Link /Rect [72 580 152 590] /Dest [3 0 R /Fit] >>
obj 14
<< /Title (A "note") /Author <FEFF004D006C006C00E9> /Producer (by hand) >>
trailer /Root 1 0 R /Info 14 0 R
END
read_pdf note.pdf
expect_answer 'a note is read whole' 0 '{"end": {"pages": 1}}'
expect_output_contains '{"document": {"version": "1.5", "pages": 1, "title": "A \"note\"", "author": "Mllé", "producer": "by hand", "javascript": false, "attachments": 0}}'
expect_output_contains '{"outline": {"level": 1, "title": "Introduction", "page": 1}}'
expect_output_contains '{"outline": {"level": 2, "title": "Über"}}'
expect_output_contains '{"page": {"number": 1, "width": 612, "height": 792}}'
expect_output_contains '"pixels": [4, 2]'
expect_output_contains '{"image": {"x": 72, "y": 192, "width": 200, "height": 100, '
expect_output_contains '{"link": {"x": 72, "y": 182, "width": 80, "height": 10, "uri": "https://example.org/a"}}'
expect_output_contains '{"link": {"x": 72, "y": 202, "width": 80, "height": 10, "page": 1}}'

# list_runs: of the last answer, "LINE FONT SIZE BOLD ITALIC MONO [TEXT]".
list_runs() {
    sed -n 's/^{"run": {"text": "\(.*\)", "x": .*, "size": \(.*\), "font": "\(.*\)", "bold": \(.*\), "italic": \(.*\), "mono": \(.*\), "line": \(.*\)}}$/\7 \3 \2 \4 \5 \6 [\1]/p' "$OUTPUT"
}
list_runs >"$TEMP/runs"
cat >"$TEMP/expected" <<'END'
0 Helvetica-BoldOblique 14 true true false [1 Introduction]
1 Helvetica 10 false false false [Notes on ]
1 Courier 10 false false true [malloc ]
1 Helvetica 10 false false false [and free.]
END
expect_same_file "$TEMP/expected" "$TEMP/runs"

# Two columns, each read to its end.
{
    echo 'obj 4'
    echo '<<'
    echo 'stream'
    for column in 72 320; do
        for line in 1 2 3 4 5 6; do
            echo "BT /F1 10 Tf $column $((700 - 12 * line)) Td (column $column is as wide as line $line) Tj ET"
        done
    done
    echo 'trailer /Root 1 0 R'
} | make_pdf >columns.pdf
read_pdf columns.pdf
for column in 72 320; do
    for line in 1 2 3 4 5 6; do
        echo "column $column is as wide as line $line"
    done
done >"$TEMP/expected"
list_runs | sed 's/.*\[\(.*\)\]/\1/' >"$TEMP/runs"
expect_same_file "$TEMP/expected" "$TEMP/runs"

# Places count from the corner of what is shown.
PAGE='/CropBox [50 60 500 700] /Annots [9 0 R]' make_pdf >crop.pdf <<'END'
obj 4
<<
stream
q 100 0 0 50 150 200 cm /I1 Do Q
obj 8
<< /Type /XObject /Subtype /Image /Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8
stream
ab
obj 9
<< /Type /Annot /Subtype /Link /Rect [150 200 250 250] >>
trailer /Root 1 0 R
END
read_pdf crop.pdf
expect_output_contains '{"page": {"number": 1, "width": 450, "height": 640}}'
expect_output_contains '{"image": {"x": 100, "y": 450, "width": 100, "height": 50, "pixels": [2, 1]}}'

CATALOG='/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert) >>] >> >>' make_pdf >script.pdf <<END
$one_page
END
read_pdf script.pdf
expect_output_contains '"javascript": true'

CATALOG='/Names << /EmbeddedFiles << /Names [(a.txt) 9 0 R] >> >>' make_pdf >attached.pdf <<END
obj 9
<< /Type /Filespec /F (a.txt) /EF << /F 10 0 R >> >>
obj 10
<< /Type /EmbeddedFile
stream
attached
$one_page
END
read_pdf attached.pdf
expect_output_contains '"attachments": 1'

# --- What cannot be read --------------------------------------------------------------------------

: >empty.pdf
read_pdf empty.pdf
expect_error 'an empty file' empty 'it has no bytes'

printf '\211PNG\r\n\032\n and so on' >image.pdf
read_pdf image.pdf
expect_error 'a PNG image' not-a-pdf 'it is a PNG image'

printf 'version https://git-lfs.github.com/spec/v1\n' >pointer.pdf
read_pdf pointer.pdf
expect_error 'a pointer of Git LFS' not-a-pdf \
    'it is a Git LFS pointer; the PDF itself is not here'

echo 'just some text' >text.pdf
read_pdf text.pdf
expect_error 'a text' not-a-pdf 'it has no PDF header'

echo '%PDF-1.5 and nothing else' >header.pdf
read_pdf header.pdf
expect_error 'a header alone' damaged 'PDF document is damaged'

head -c 400 note.pdf >cut.pdf
read_pdf cut.pdf
expect_equal 'a file that was cut off ends with an answer' 1 "$status"
expect_output_contains '"kind": "damaged"'

# The password is of no matter: these values belong to none.
zeros=0000000000000000000000000000000000000000000000000000000000000000
make_pdf >locked.pdf <<END
$one_page /ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <$zeros> /U <$zeros> >>
END
read_pdf locked.pdf
expect_error 'a file with a password' encrypted 'Document is encrypted'

# --- What means harm ------------------------------------------------------------------------------

make_pdf >xref-loop.pdf <<END
$one_page /Prev @xref
END
read_pdf xref-loop.pdf
expect_answer 'a cross-reference table that follows itself' 0 '{"end": {"pages": 1}}'

LC_ALL=C awk -f "$ROOT/tests/tools/pdf.awk" >page-loop.pdf <<'END'
obj 1
<< /Type /Catalog /Pages 2 0 R >>
obj 2
<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>
trailer /Root 1 0 R
END
read_pdf page-loop.pdf --max-seconds 10
expect_equal 'pages that hold themselves end with an answer' yes \
    "$([ "$status" -le 1 ] && echo yes)"

CATALOG='/Outlines 9 0 R' make_pdf >outline-loop.pdf <<END
obj 9
<< /First 10 0 R /Last 10 0 R >>
obj 10
<< /Title (Round) /Next 10 0 R /First 9 0 R /Parent 9 0 R >>
$one_page
END
read_pdf outline-loop.pdf
expect_answer 'an outline that goes round' 0 '{"end": {"pages": 1}}'

awk 'BEGIN {
    print "obj 1\n<< /Type /Catalog /Pages 2 0 R >>\nobj 2\n<< /Type /Pages /Count 100000 /Kids ["
    for (i = 3; i < 100003; i++) print i " 0 R"
    print "] >>"
    for (i = 3; i < 100003; i++)
        print "obj " i "\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    print "trailer /Root 1 0 R"
}' | LC_ALL=C awk -f "$ROOT/tests/tools/pdf.awk" >many.pdf
read_pdf many.pdf --max-pages 50
expect_answer '100,000 pages' 0 '{"end": {"pages": 50, "limit": "pages"}}'
expect_output_contains '"pages": 100000'

# Runs of runs: two bytes become 128, and 64 times as many with each filter more: 8 GiB.
bomb_filters='/ASCIIHexDecode /RunLengthDecode /RunLengthDecode /RunLengthDecode /RunLengthDecode /RunLengthDecode'
make_pdf >bomb.pdf <<END
obj 4
<< /Filter [$bomb_filters]
stream
8181818181818181>
trailer /Root 1 0 R
END
read_pdf bomb.pdf --max-seconds 2
expect_answer 'a page that unpacks to gigabytes' 0 '{"end": {"pages": 0, "limit": "time"}}'

make_pdf >image-bomb.pdf <<END
obj 4
<<
stream
q 200 0 0 100 72 500 cm /I1 Do Q
obj 8
<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB
   /BitsPerComponent 8 /Filter [$bomb_filters]
stream
8181818181818181>
trailer /Root 1 0 R
END
read_pdf image-bomb.pdf --max-memory 128 --max-seconds 5
expect_answer 'an image of ten gigabytes is not unpacked' 0 '{"end": {"pages": 1}}'
# Poppler 25 leaves out an image of that size; where it is told, then as large as it is.
if grep -q '{"image"' "$OUTPUT"; then expect_output_contains '"pixels": [60000, 60000]'; fi

# read_pipe [OPTION...]: reads standard input, and prints the last line of the answer.
read_pipe() {
    "$READER" "$@" 2>&1 | tail -n 1
}
expect_equal '200 MB of zeros' \
    '{"error": {"kind": "not-a-pdf", "message": "it has no PDF header"}}' "$(head -c 200000000 /dev/zero | read_pipe)"
expect_equal 'a note with 200 MB of zeros behind it' '{"end": {"pages": 1}}' \
    "$({ cat note.pdf && head -c 200000000 /dev/zero; } | read_pipe)"
expect_equal '20 MB of noise' \
    '{"error": {"kind": "not-a-pdf", "message": "it has no PDF header"}}' \
    "$(head -c 20000000 /dev/urandom | read_pipe)"

# --- Limits and usage -----------------------------------------------------------------------------

{
    cat note.pdf
    head -c 2000000 /dev/zero
} >large.pdf
read_pdf large.pdf --max-input 1
expect_error 'a file larger than is read' limit 'it is larger than is read'

{
    cat note.pdf
    head -c 150000000 /dev/zero
} >memory.pdf
read_pdf memory.pdf --max-memory 128
if grep -q 'limit' "$OUTPUT"; then
    expect_error 'too little memory' limit 'it needs more memory than is allowed'
else
    skip 'a sanitizer is in the way of limits on memory'
fi
rm memory.pdf

expect_equal 'a file that never ends' \
    '{"error": {"kind": "limit", "message": "the time was over before the file was opened"}}' \
    "$({ cat note.pdf && sleep 3; } | read_pipe --max-seconds 1)"

awk 'BEGIN {
    print "obj 4\n<<\nstream"
    for (i = 0; i < 400; i++) print "BT /F1 1 Tf 72 " 780 - i " Td (line " i ") Tj ET"
    print "trailer /Root 1 0 R"
}' | make_pdf >lines.pdf
read_pdf lines.pdf --max-output 5000
expect_answer 'an answer that is too long' 0 '{"end": {"pages": 0, "limit": "output"}}'
expect_equal 'it keeps to its size' yes "$([ "$(wc -c <"$OUTPUT")" -le 5000 ] && echo yes)"

expect_status 2 "$READER" --max-pages many
expect_error_contains 'scribelint-pdf: --max-pages many is no number'
expect_status 2 "$READER" note.pdf
expect_error_contains 'on standard input'
expect_status 0 "$READER" --help
expect_output_contains '--max-seconds'

finish
