#!/bin/sh
# --worktree: HEAD against the files on disk, as `git add` would take them.
. "$(dirname "$0")/lib.sh"

repo_init repo
printf '*.md text eol=lf\nignored/\n' >.gitattributes
echo 'ignored/' >.gitignore
mkdir -p _posts assets/img ignored
printf -- '---\ntitle: "Lecture 1: x"\ndate: 2025-01-06\n---\nText.\n' >_posts/2025-01-06-lecture-01.md
commit_all first

expect_status 0 scribelint check --worktree
expect_output_contains 'nothing found'

# Untracked files count, ignored ones do not; content that is not staged counts.
printf -- '---\ntitle: "Lecture 2: x"\ndate: 2025-01-08\n---\n![a](/assets/img/a.png)\n![b](/ignored/b.png)\n' \
    >_posts/2025-01-08-lecture-02.md
write_picture assets/img/a.png
echo x >ignored/b.png
printf 'TODO\n' >>_posts/2025-01-06-lecture-01.md
remember_state
expect_status 1 scribelint check --worktree
expect_output_contains 'image "ignored/b.png" is not in the repository'
expect_output_lacks 'assets/img/a.png'
expect_output_contains 'placeholder "TODO'
expect_output_contains 'head worktree'
expect_unchanged
expect_status 0 scribelint check --staged
expect_output_contains 'nothing found'

# The base has a file that the disk has not; CRLF on disk is LF for Git.
rm _posts/2025-01-06-lecture-01.md _posts/2025-01-08-lecture-02.md
printf -- '---\r\ntitle: "Lecture 3: x"\r\ndate: 2025-01-13\r\n---\r\nText. TBD\r\n' >_posts/2025-01-13-lecture-03.md
remember_state
expect_status 0 scribelint check --worktree --format json
expect_output_contains '"head": "worktree"'
expect_output_contains '"column": 7'
expect_unchanged

# From a subdirectory, with a path.
mkdir sub
cd sub || exit 1
expect_status 0 scribelint check --worktree ../_posts
expect_output_contains 'TBD'
cd .. || exit 1

# Symlinks and repositories inside are skipped, a bare repository has none.
ln -s /etc/passwd _posts/2025-01-20-lecture-04.md
git init -q nested
expect_status 0 scribelint check --worktree
expect_output_lacks 'root:'
expect_output_contains 'a symbolic link'
git clone -q --bare . ../bare.git
expect_status 3 scribelint check -C ../bare.git --worktree
expect_error_contains 'name two commits: --base REV --head REV'
expect_status 3 scribelint fix -C ../bare.git
expect_error_contains '(fix: with --diff)'
expect_status 0 scribelint fix -C ../bare.git --diff --base HEAD --head HEAD

# A file that cannot be read on disk, when permissions count.
if [ "$(id -u)" != 0 ]; then
    chmod 000 _posts/2025-01-13-lecture-03.md
    expect_status 3 scribelint check --worktree
fi
finish
