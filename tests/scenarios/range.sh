#!/bin/sh
# --base and --head: what a branch brings from where it left, and nothing else.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

write_marker "$TEMP/rules"
check() {
    expect_findings --rules "$TEMP/rules" "$@"
}

# --- The merge base ---------------------------------------------------------------------------------

repo_init course
write_note 01 MARK-old
write_note 02 MARK-gone
write index.md <<'END'
Welcome.
END
commit_all 'Start'
git tag start
git checkout -q -b topic
write_note 03 MARK-new
commit_all 'Note'
write_note 01 MARK-old 'One more line.'
git rm -q _posts/2024-01-02-lecture-02.md
commit_all 'More'
git checkout -q main
write_note 04 MARK-later
write_note 01 MARK-changed
commit_all 'The target moves on'
git checkout -q topic
write_note 05 MARK-worktree
git add .
write_note 03 MARK-unstaged
remember_state

check --base main <<'END'
carried head marker _posts/2024-01-01-lecture-01.md:9 found MARK-old
fixed base marker _posts/2024-01-02-lecture-02.md:9 found MARK-gone
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-new
END
cp "$TEMP/expected" "$TEMP/topic"
expect_equal 'findings give 1' 1 "$status"
expect_output_contains "\"base\": \"$(git rev-parse start)\""
expect_output_contains "\"head\": \"$(git rev-parse topic)\""
expect_output_contains '"files": 3,'
cp "$OUTPUT" "$TEMP/first"
check --base main --head topic <"$TEMP/topic"
expect_same_file "$TEMP/first" "$OUTPUT"
run scribelint check --rules "$TEMP/rules" --format json --base=start --head=topic
expect_same_file "$TEMP/first" "$OUTPUT"
check --base topic --head main <<'END'
fixed base marker _posts/2024-01-01-lecture-01.md:9 found MARK-old
introduced head marker _posts/2024-01-01-lecture-01.md:9 found MARK-changed
introduced head marker _posts/2024-01-04-lecture-04.md:9 found MARK-later
END
check --base HEAD~1 <<'END'
carried head marker _posts/2024-01-01-lecture-01.md:9 found MARK-old
fixed base marker _posts/2024-01-02-lecture-02.md:9 found MARK-gone
END
expect_equal 'carried and fixed findings give 0' 0 "$status"
check --base topic </dev/null
expect_status 0 scribelint check --base HEAD
expect_output_contains '0 files checked'
expect_unchanged
git reset -q --hard

# --- Text of old and new findings -------------------------------------------------------------------

expect_status 1 scribelint check --rules "$TEMP/rules" --base main
expect_output_contains '_posts/2024-01-03-lecture-03.md'
expect_output_lacks 'MARK-old'
expect_output_contains 'fixed, thank you: marker (_posts/2024-01-02-lecture-02.md:9)'
expect_output_contains '1 error introduced (blocking); 1 fixed, 1 carried'

# --- Renames ----------------------------------------------------------------------------------------

git checkout -q -b renamed start
mkdir -p old
git mv _posts/2024-01-01-lecture-01.md 'old/näme with blank.md'
printf 'MARK-added\n' >>'old/näme with blank.md'
commit_all 'Rename and edit'
check --base start <<'END'
carried head marker old/n\u00E4me with blank.md:9 found MARK-old
introduced head marker old/n\u00E4me with blank.md:10 found MARK-added
END
git mv 'old/näme with blank.md' _posts/2024-01-01-lecture-01.md
commit_all 'Rename back'
check --base start <<'END'
carried head marker _posts/2024-01-01-lecture-01.md:9 found MARK-old
introduced head marker _posts/2024-01-01-lecture-01.md:10 found MARK-added
END

# --- Equal findings: those on added lines are the new ones --------------------------------------------

git checkout -q -b twice start
write_note 01 Alpha. MARK-old Beta.
commit_all 'One'
write_note 01 Alpha. MARK-old Beta. MARK-old Gamma.
commit_all 'Behind'
check --base HEAD~1 <<'END'
carried head marker _posts/2024-01-01-lecture-01.md:10 found MARK-old
introduced head marker _posts/2024-01-01-lecture-01.md:12 found MARK-old
END
write_note 01 Zero. MARK-old One. Alpha. MARK-old Beta. MARK-old Gamma.
commit_all 'Before'
check --base HEAD~1 <<'END'
carried head marker _posts/2024-01-01-lecture-01.md:13 found MARK-old
carried head marker _posts/2024-01-01-lecture-01.md:15 found MARK-old
introduced head marker _posts/2024-01-01-lecture-01.md:10 found MARK-old
END
check --base HEAD --head HEAD~1 </dev/null
expect_output_contains '"files": 0,'
write_note 01 Alpha. MARK-old Beta.
commit_all 'One left'
expect_status 0 scribelint check --base HEAD~1 --rules "$TEMP/rules"
expect_output_contains '2 fixed, 1 carried'

# --- Attributes and NUL bytes hide nothing ------------------------------------------------------------

git checkout -q -b hidden start
printf '*.md -diff\n' >.gitattributes
printf '_posts/*3* binary\n_posts/*4* -text -diff filter=x\n' >>.gitattributes
write_note 01 MARK-old 'A line between.' MARK-old
write_note 03 MARK-three
write_note 04 MARK-four
printf 'MARK-before\n\000\nMARK-behind\n' >>_posts/2024-01-04-lecture-04.md
git config filter.x.clean "echo cleaned >$TEMP/filtered; cat"
git config filter.x.smudge "echo smudged >$TEMP/filtered; cat"
git config diff.external "echo external >$TEMP/filtered"
commit_all 'Attributes'
rm -f "$TEMP/filtered"
remember_state
run scribelint check --format json --rules "$TEMP/rules" --base start
list_findings "$OUTPUT" | grep ' marker ' >"$TEMP/found"
cat >"$TEMP/expected" <<'END'
carried head marker _posts/2024-01-01-lecture-01.md:9 found MARK-old
introduced head marker _posts/2024-01-01-lecture-01.md:11 found MARK-old
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-three
introduced head marker _posts/2024-01-04-lecture-04.md:10 found MARK-before
introduced head marker _posts/2024-01-04-lecture-04.md:12 found MARK-behind
introduced head marker _posts/2024-01-04-lecture-04.md:9 found MARK-four
END
expect_same_file "$TEMP/expected" "$TEMP/found"
expect_unchanged
if [ -e "$TEMP/filtered" ]; then fail 'no filter was run'; else pass 'no filter was run'; fi

# --- Several merge bases ------------------------------------------------------------------------------

git checkout -q -b cross-a start
write_note 06 MARK-six
commit_all 'A'
git checkout -q -b cross-b start
write_note 07 MARK-seven
commit_all 'B'
git merge -q -m 'B takes A' cross-a~0
git checkout -q cross-a
git merge -q -m 'A takes B' cross-b~1
write_note 08 MARK-eight
commit_all 'On top'
expect_equal 'two merge bases' 2 "$(git merge-base --all cross-a cross-b | wc -l | tr -d ' ')"
expect_status 1 scribelint check --rules "$TEMP/rules" --base cross-b --head cross-a
expect_output_contains 'several merge bases'
expect_output_contains MARK-eight

# --- Revisions of every kind --------------------------------------------------------------------------

git checkout -q topic
git tag -a -m 'A tag object' annotated start
check --base annotated --head "topic^{commit}" <"$TEMP/topic"
git checkout -q --detach topic
check --base main <"$TEMP/topic"
git checkout -q topic
for revision in nowhere '' -- '..' 'topic..main' 'topic^9' 'HEAD:index.md' 'HEAD^{tree}' \
    'a b' '@{upstream}' "$(printf 'x\033[31m')"; do
    run scribelint check "--base=$revision"
    if [ "$status" -eq 2 ] && [ -s "$ERRORS" ]; then pass "base \"$revision\": status 2"
    else fail_run "base \"$revision\": status 2"; fi
    run scribelint check --base topic "--head=$revision"
    if [ "$status" -eq 2 ] && [ -s "$ERRORS" ]; then pass "head \"$revision\": status 2"
    else fail_run "head \"$revision\": status 2"; fi
done
expect_status 3 scribelint check --base 0123456789012345678901234567890123456789
expect_error_contains 'git fetch origin 0123456789012345678901234567890123456789'
git checkout -q --orphan alone
commit_all 'Another root'
expect_status 3 scribelint check --base main
expect_error_contains 'no common ancestor'
expect_status 2 scribelint check --base main --staged
expect_status 2 scribelint check --base main --all
expect_status 2 scribelint check --all --staged
expect_status 2 scribelint check --head main
expect_status 2 scribelint check --head main --staged
finish
