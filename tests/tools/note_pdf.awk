# A note as objects for pdf.awk, from lines that say what stands where, in points from the lower left
# corner: R (roman), B (bold) or T (typewriter), x, y, size, text. "page" begins the next page, "image
# x y width height pixels" is a gray picture as many pixels wide and half as high.
#
#   LC_ALL=C awk -f tests/tools/note_pdf.awk <<'END' | LC_ALL=C awk -f tests/tools/pdf.awk >note.pdf
#   R 150 700 12 ABC 101: Systems, Fall 2025
#   B 72 600 14 1 Layers
#   page
#   R 72 700 10 Second page.
#   END

BEGIN {
    font["R"] = "F1"
    font["B"] = "F2"
    font["T"] = "F3"
    pages = 1
    next_object = 6
}

$1 == "page" {
    pages++
    next
}

$1 == "image" {
    number = next_object++
    image[number] = $6
    used[pages] = used[pages] " /I" number " " number " 0 R"
    content[pages] = content[pages] "q " $4 " 0 0 " $5 " " $2 " " $3 " cm /I" number " Do Q\n"
    next
}

{
    text = $0
    for (i = 0; i < 4; i++)
        sub(/^[^ ]+ /, "", text)
    gsub(/[\\()]/, "\\\\&", text)
    content[pages] = content[pages] "BT /" font[$1] " " $4 " Tf " $2 " " $3 " Td (" text ") Tj ET\n"
}

END {
    for (i = 1; i <= pages; i++) {
        place[i] = next_object
        kids = kids " " next_object " 0 R"
        next_object += 2
    }
    print "obj 1\n<< /Type /Catalog /Pages 2 0 R >>"
    print "obj 2\n<< /Type /Pages /Kids [" kids " ] /Count " pages " >>"
    print "obj 3\n<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
    print "obj 4\n<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold >>"
    print "obj 5\n<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"
    for (number in image) {
        rows = image[number] / 2
        print "obj " number "\n<< /Type /XObject /Subtype /Image /Width " image[number] \
            " /Height " rows " /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /ASCIIHexDecode"
        print "stream\n00>"
    }
    for (i = 1; i <= pages; i++) {
        print "obj " place[i] "\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents " \
            place[i] + 1 " 0 R\n/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >>" \
            " /XObject <<" used[i] " >> >> >>"
        print "obj " place[i] + 1 "\n<<\nstream\n" content[i]
    }
    print "trailer /Root 1 0 R"
}
