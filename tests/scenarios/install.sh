#!/bin/sh
# `make install` into a folder: the program runs from there, its documents are whole.
. "$(dirname "$0")/lib.sh"

unset MAKEFLAGS MFLAGS MAKELEVEL SANITIZE WERROR BUILD
ln -s "$(dirname "$SCRIBELINT")" "$TEMP/build"
# What is built already is what is installed.
expect_status 0 make -s -C "$ROOT" -o all BUILD="$TEMP/build" DESTDIR="$TEMP/a package" \
    PREFIX=/usr install

installed="$TEMP/a package/usr"
(cd "$ROOT" && for file in README.md LICENSE docs/*; do echo "$file"; done) | sort >expected
(cd "$installed/share/doc/scribelint" && find . -type f | sed 's,^\./,,') | sort >found
expect_same_file expected found
expect_equal 'the program can be run' yes "$([ -x "$installed/bin/scribelint" ] && echo yes)"

while read -r file command; do
    # shellcheck disable=SC2086 # words
    run scribelint $command
    expect_same_file "$OUTPUT" "$installed/share/$file"
done <<'END'
man/man1/scribelint.1 manual
bash-completion/completions/scribelint completion bash
zsh/site-functions/_scribelint completion zsh
fish/vendor_completions.d/scribelint.fish completion fish
END

mkdir elsewhere
cd elsewhere
cp "$installed/bin/scribelint" "$TEMP/moved"
expect_status 0 "$TEMP/moved" --version
expect_status 0 "$TEMP/moved" rules
expect_output_contains image-missing
sh "$ROOT/tests/tools/course.sh" "$TEMP/area/elsewhere/course"
expect_status 1 "$TEMP/moved" check -C course --base main

finish
