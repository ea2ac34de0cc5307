#!/bin/sh
# Pictures by their bytes, their folder and their use; pages that share or leave an address.
# shellcheck source=tests/scenarios/lib.sh
. "$(dirname "$0")/lib.sh"

repo_init course
write _config.yml <<'END'
permalink: /notes/:title/
END
write index.md <<'END'
---
title: Course
---
[Lecture 1](notes/lecture-01/) and [all about it](about/).
END
write about.md <<'END'
---
title: About
---
A course about storage, in ten weeks, with notes by those who take it.
END
write_note 01 'One.'
write_picture assets/img/old.png
commit_all 'Start the site'
git tag start

# --- What a note brings ---------------------------------------------------------------------------

write_note 02 '![a](/assets/img/notes/lecture-02/a.png) ![b](/assets/img/notes/lecture-02/b.jpg)' \
    '![c](/assets/img/notes/lecture-02/c.png) ![d](/assets/img/notes/lecture-03/d.png)'
folder=assets/img/notes/lecture-02
write_picture $folder/a.png
write_picture $folder/b.jpg
write_picture "$TEMP/whole.png"
head -c 60 "$TEMP/whole.png" >$folder/c.png
write_picture assets/img/notes/lecture-03/d.png
write_picture $folder/e.png
echo 'Here goes a picture.' >$folder/f.png
printf '![%s](/%s/f.png)\n' f "$folder" >>_posts/2024-01-02-lecture-02.md
commit_all 'Note 2'
expect_findings --base start <<'END'
introduced head image-damaged assets/img/notes/lecture-02/c.png
introduced head image-not-shown assets/img/notes/lecture-02/f.png
introduced head image-other-format assets/img/notes/lecture-02/b.jpg
introduced head image-unused assets/img/notes/lecture-02/e.png
introduced head image-wrong-folder assets/img/notes/lecture-03/d.png
END
expect_status 1 scribelint check --base start
expect_output_contains 'this picture is damaged: it is cut off'
expect_output_contains '"assets/img/notes/lecture-02/", which is that of the note'

# What is there already is not the note's fault.
git tag noted
write_note 04 'Four.'
commit_all 'Note 4'
expect_findings --base noted </dev/null

# --- Addresses -------------------------------------------------------------------------------------

git checkout -q start
write _posts/2024-01-09-lecture-01.md <_posts/2024-01-01-lecture-01.md
git mv about.md course.md
commit_all 'The first lecture once more'
run scribelint check --base start --format github
expect_output_contains 'have the same address, /notes/lecture-01/: Jekyll publishes only "_posts/2024-01-09-lecture-01.md"'
expect_output_contains 'pages that link the old address: 1, the first is "index.md"'
write index.md <<'END'
---
title: Course
---
[Lecture 1](notes/lecture-01/) and [all about it](course/).
END
commit_all 'Link it'
run scribelint check --base start
expect_output_lacks 'old address'

finish
