# Writes a course as a stream for `git fast-import`:
#
#     awk -v notes=N -v files=M -f notes.awk
#
# N notes of about 2.6 KB with front matter, formulas, figures, lists and links, and M small files in
# folders of a hundred. The same numbers give the same bytes with every awk.

function random(below) {
    state = (state * 1103 + 12345) % 1048576
    return int(state / 1048576 * below)
}

function word() { return words[random(word_count) + 1] }

function sentence(size,    text, i) {
    text = word()
    text = toupper(substr(text, 1, 1)) substr(text, 2)
    for (i = 1; i < size; i++) text = text " " word()
    return text "."
}

function paragraph(lines,    text, i) {
    for (i = 0; i < lines; i++) text = text sentence(9 + random(6)) "\n"
    return text "\n"
}

function formula() { return "$$ \\sum_{i=1}^{n} a_{" random(9) "} x_i^2 \\leq \\log(" word() ") $$" }

function note(number,    text, i) {
    text = "---\nlayout: distill\ntitle: \"Lecture " number ": " word() " and " word() "\"\n"
    text = text "description: " sentence(8) "\ndate: " date(number) "\nlecturers:\n  - name: A. Teacher\n"
    text = text "authors:\n  - name: B. Student " number "\n    url: \"#\"\n---\n\n"
    for (i = 1; i <= 3; i++) {
        text = text "## Part " i ": " word() " " word() "\n\n" paragraph(2)
        text = text "The bound is " formula() ", see [" word() "](https://example.org/" word() ").\n\n"
        text = text "- " sentence(7) "\n- **" word() "**: " sentence(6) "\n- `" word() "()` " sentence(5) "\n\n"
    }
    text = text "<figure>\n  <img src=\"{{ '/assets/img/" (number % 100) ".png' | relative_url }}\" alt=\"" word() "\" />\n"
    text = text "  <figcaption>" sentence(8) "</figcaption>\n</figure>\n\n"
    return text "![" word() "](/course/assets/img/" (number % 100) ".png)\n\n### Summary\n\n" paragraph(3)
}

function two(number) { return sprintf("%02d", number) }

function date(number) {
    return (2000 + int(number / 336)) "-" two(1 + int(number / 28) % 12) "-" two(1 + number % 28)
}

function file(path, content) {
    printf "M 100644 inline %s\ndata %d\n%s\n", path, length(content), content
}

BEGIN {
    word_count = split("the model of a variable and its distribution over graph nodes we sample from" \
        " this posterior given observed data with an exact inference method that converges slowly in" \
        " practice because each message depends on all neighbours let us define energy as loss for" \
        " training where gradient descent finds optimal parameters under some conditions", words, " ")
    state = 204
    print "commit refs/heads/main"
    print "committer Nobody <nobody@example.org> 1700000000 +0000"
    print "data 7\nCourse\n"
    file("_config.yml", "title: Course\nbaseurl: /course\n")
    for (i = 0; i < 100; i++) file("assets/img/" i ".png", "x")
    for (i = 0; i < notes; i++) file("_posts/" date(i) "-lecture-" two(i) ".md", note(i))
    for (i = 0; i < files; i++) file("data/" int(i / 100) "/" i % 100 ".txt", "file " i "\n")
}
