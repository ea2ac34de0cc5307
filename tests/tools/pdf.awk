# Makes a PDF of its objects, with the offsets and lengths that they need:
#
#   LC_ALL=C awk -f tests/tools/pdf.awk <<'END' >note.pdf
#   obj 1
#   << /Type /Catalog /Pages 2 0 R >>
#   obj 4
#   <<
#   stream
#   BT /F1 12 Tf 72 700 Td (Text) Tj ET
#   trailer /Root 1 0 R /Prev @xref
#   END
#
# An object ends where the next begins. After `stream`, the dictionary before it is closed and given
# its /Length. @xref in the trailer is where the cross-reference table stands. Characters must be
# bytes, hence LC_ALL=C.

function out(text) {
    printf "%s\n", text
    offset += length(text) + 1
}

function end_object() {
    if (!number)
        return
    if (in_stream) {
        out("/Length " length(data) " >>")
        out("stream")
        out(data)
        out("endstream")
    }
    out("endobj")
    number = 0
}

BEGIN {
    out("%PDF-1.5")
}

$1 == "obj" && NF == 2 {
    end_object()
    number = $2
    if (number > most)
        most = number
    place[number] = offset
    in_stream = 0
    data = ""
    out(number " 0 obj")
    next
}

$1 == "trailer" {
    end_object()
    trailer = $0
    sub(/^trailer/, "", trailer)
    next
}

$0 == "stream" {
    in_stream = 1
    next
}

in_stream {
    data = data (data == "" ? "" : "\n") $0
    next
}

{
    out($0)
}

END {
    end_object()
    table = offset
    gsub(/@xref/, table, trailer)
    out("xref")
    out("0 " most + 1)
    out("0000000000 65535 f ")
    for (i = 1; i <= most; i++)
        out(sprintf("%010d %05d %s ", place[i], i in place ? 0 : 65535, i in place ? "n" : "f"))
    out("trailer")
    out("<< /Size " most + 1 trailer " >>")
    out("startxref")
    out(table)
    out("%%EOF")
}
