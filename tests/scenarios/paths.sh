#!/bin/sh
# PATH arguments: they narrow every kind of check, and a typing error never looks clean.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

write_marker "$TEMP/rules"
check() {
    expect_findings --rules "$TEMP/rules" "$@"
}

repo_init course
write .scribelint.yml <<'END'
rules: {file-outside-scope: off}
END
write_note 01 MARK-one
write_note 02 MARK-two
write old/moved.md <<'END'
A page with a few lines, MARK-moved,
so that it is found again
when it has another name.
END
write _posts-and-more/page.md <<'END'
MARK-page
END
commit_all 'Start'
git tag start
git rm -q _posts/2024-01-02-lecture-02.md
write_note 01 MARK-one MARK-new
write_note 03 MARK-three
mkdir new
git mv old/moved.md new/moved.md
write ./-dash.md <<'END'
MARK-dash
END
write 'with blank/*.md' <<'END'
MARK-star
END
write 'with blank/other.md' <<'END'
MARK-other
END
write _posts-and-more/page.md <<'END'
MARK-page changed
END
commit_all 'Change'
remember_state

check --base start _posts <<'END'
carried head marker _posts/2024-01-01-lecture-01.md:9 found MARK-one
fixed base marker _posts/2024-01-02-lecture-02.md:9 found MARK-two
introduced head marker _posts/2024-01-01-lecture-01.md:10 found MARK-new
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-three
END
expect_output_contains '"files": 3,'
for path in _posts/ ./_posts _posts/. .//_posts// new/../_posts _posts/x/..; do
    cp "$TEMP/expected" "$TEMP/posts"
    check --base start "$path" <"$TEMP/posts"
done

check --base start _posts/2024-01-02-lecture-02.md <<'END'
fixed base marker _posts/2024-01-02-lecture-02.md:9 found MARK-two
END
expect_equal 'a deleted file is a path' 0 "$status"

# A rename under its new name, its old one, and the old folder.
for path in new/moved.md old/moved.md old new/; do
    check --base start "$path" <<'END'
carried head marker new/moved.md:1 found MARK-moved
END
done
check --all old/../new <<'END'
introduced head marker new/moved.md:1 found MARK-moved
END

# Bytes, not patterns.
check --base start 'with blank/*.md' <<'END'
introduced head marker with blank/*.md:1 found MARK-star
END
check --base start -- -dash.md <<'END'
introduced head marker -dash.md:1 found MARK-dash
END
check --base start ./-dash.md <"$TEMP/expected"
check --base start -- -dash.md new ./new -dash.md 'with blank/other.md' <<'END'
carried head marker new/moved.md:1 found MARK-moved
introduced head marker -dash.md:1 found MARK-dash
introduced head marker with blank/other.md:1 found MARK-other
END

# From below.
cd 'with blank'
check --base start other.md <<'END'
introduced head marker with blank/other.md:1 found MARK-other
END
check --base start . <<'END'
introduced head marker with blank/*.md:1 found MARK-star
introduced head marker with blank/other.md:1 found MARK-other
END
check --base start ../_posts/2024-01-03-lecture-03.md <<'END'
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-three
END
check --base start .. --head HEAD <<'END'
carried head marker _posts-and-more/page.md:1 found MARK-page
carried head marker _posts/2024-01-01-lecture-01.md:9 found MARK-one
carried head marker new/moved.md:1 found MARK-moved
fixed base marker _posts/2024-01-02-lecture-02.md:9 found MARK-two
introduced head marker -dash.md:1 found MARK-dash
introduced head marker _posts/2024-01-01-lecture-01.md:10 found MARK-new
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-three
introduced head marker with blank/*.md:1 found MARK-star
introduced head marker with blank/other.md:1 found MARK-other
END
check --base start :/_posts/2024-01-03-lecture-03.md <<'END'
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-three
END
check --base start ':/with blank/../_posts/./2024-01-03-lecture-03.md' <"$TEMP/expected"
expect_status 0 scribelint check --base HEAD :/
expect_status 2 scribelint check --base start :/other.md
expect_status 2 scribelint check --base start :/../course
expect_status 2 scribelint check --base start :/etc/passwd
expect_status 2 scribelint check --base start _posts/2024-01-03-lecture-03.md
expect_error_contains 'from the top of the repository it is ":/_posts/2024-01-03-lecture-03.md"'
expect_status 2 scribelint check --base start '*.txt'
expect_error_contains 'write them without quotes'
expect_status 2 scribelint check --base start ../..
expect_status 2 scribelint check --base start ../../course/_posts
expect_status 2 scribelint check --base start _posts
cd ..
run scribelint -C _posts check --base start --format json --rules "$TEMP/rules" ../old
expect_output_contains 'MARK-moved'
ln -s "$PWD/_posts" "$TEMP/link"
cd "$TEMP/link"
check --base start 2024-01-03-lecture-03.md <<'END'
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-three
END
cd "$TEMP/area/course"

# Absolute, as editors give them.
check --base start "$PWD/_posts/2024-01-03-lecture-03.md" <"$TEMP/expected"
cd 'with blank'
check --base start "$TEMP/area/course/_posts/../_posts/2024-01-03-lecture-03.md" \
    <"$TEMP/expected"
cd ..
expect_status 2 scribelint check --base start /etc/passwd
expect_status 2 scribelint check --base start "$PWD-other/_posts"
expect_status 2 scribelint check --base start "$PWD/../course/_posts"
expect_status 0 scribelint check --base HEAD "$PWD"

# Nowhere.
for path in nowhere.md _posts/nowhere.md _post 2024-01-01-lecture-01.md '' \
    _posts/2024-01-01-lecture-01.md/ _POSTS '_posts/*.md'; do
    for sides in '--base start' --all --staged ''; do
        # shellcheck disable=SC2086
        run scribelint check $sides "$path"
        if [ "$status" -eq 2 ] && [ -s "$ERRORS" ]; then pass "no path \"$path\": $sides"
        else fail_run "no path \"$path\": $sides"; fi
    done
done
run scribelint check --all "$(printf 'x\033[31m\n::error::##[add-mask]')"
expect_equal 'no path like that' 2 "$status"
expect_equal 'the error is one line' 1 "$(wc -l <"$ERRORS" | tr -d ' ')"
expect_equal 'no ESC byte in it' 0 "$(tr -cd '\033' <"$ERRORS" | wc -c | tr -d ' ')"
expect_equal 'no ##[ in it' 0 "$(grep -c -F '##[' "$ERRORS" || :)"

# A file that is there but did not change is a path, and nothing is found in it.
expect_status 0 scribelint check --base HEAD _posts
expect_output_contains '0 files checked'
expect_status 0 scribelint check --base HEAD .
expect_unchanged

# Staged: also a path that only HEAD, or only the index has.
git rm -q _posts/2024-01-01-lecture-01.md
write_note 05 MARK-five
git add .
write_note 06 MARK-untracked
check --staged _posts/2024-01-01-lecture-01.md <<'END'
fixed base marker _posts/2024-01-01-lecture-01.md:10 found MARK-new
fixed base marker _posts/2024-01-01-lecture-01.md:9 found MARK-one
END
check _posts/2024-01-05-lecture-05.md <<'END'
introduced head marker _posts/2024-01-05-lecture-05.md:9 found MARK-five
END
expect_status 2 scribelint check --staged _posts/2024-01-06-lecture-06.md
expect_error_contains '_posts/2024-01-06-lecture-06.md'
expect_error_contains 'only on your disk: git add it first, or look there with scribelint check --worktree'
for folder in . _posts; do
    expect_status 2 scribelint -C $folder check ''
    expect_error_contains 'a PATH is empty; for all of the folder you are in write: .'
    expect_status 2 scribelint -C $folder fix ''
done
check --worktree _posts/2024-01-06-lecture-06.md <<'END'
introduced head marker _posts/2024-01-06-lecture-06.md:9 found MARK-untracked
END
finish
