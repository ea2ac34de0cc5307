#!/bin/sh
# Clones that lack something: "could not look" is status 3 with the command that helps, never clean.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# libgit2 1.5 itself forgets memory when history ends early and for some keys of a partial clone.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS

write_marker "$TEMP/rules"
repo_init origin
git config uploadpack.allowFilter true
git config uploadpack.allowAnySHA1InWant true
write_note 01 MARK-old
write_note 02 MARK-two
write assets/img/plot.png <<'END'
picture
END
commit_all 'Start'
write_note 01 MARK-old '![plot](/assets/img/plot.png)'
commit_all 'Second'
git checkout -q -b topic
write_note 01 MARK-old '![plot](/assets/img/plot.png)' MARK-edit
write_note 03 MARK-new
commit_all 'Topic'
git checkout -q main
write_note 04 MARK-later
commit_all 'Later'
cd ..

# --- Shallow ----------------------------------------------------------------------------------------

git clone -q --depth 1 --no-single-branch "file://$TEMP/area/origin" shallow
cd shallow
git checkout -q topic
remember_state
expect_status 3 scribelint check --base origin/main
expect_error_contains 'git fetch --unshallow'
expect_status 3 scribelint check --base HEAD~1
expect_error_contains 'git fetch --unshallow'
expect_status 3 scribelint check --base HEAD --head HEAD~2
expect_error_contains 'git fetch --unshallow'
expect_status 1 scribelint check --all --rules "$TEMP/rules"
expect_status 0 scribelint check --staged
expect_unchanged
git fetch -q --unshallow
expect_findings --rules "$TEMP/rules" --base origin/main <<'END'
carried head marker _posts/2024-01-01-lecture-01.md:9 found MARK-old
introduced head marker _posts/2024-01-01-lecture-01.md:11 found MARK-edit
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-new
END
cp "$TEMP/expected" "$TEMP/topic"
cd ..

# What actions/checkout makes with fetch-depth: 2 is enough.
git -C origin checkout -q --detach main
git -C origin merge -q -m 'Merge of a pull request' topic
git -C origin update-ref refs/pull/1/merge HEAD
git -C origin checkout -q main
git init -q action
cd action
git fetch -q --depth=2 "file://$TEMP/area/origin" refs/pull/1/merge
git checkout -q --detach FETCH_HEAD
expect_findings --rules "$TEMP/rules" --base HEAD^1 --head HEAD <"$TEMP/topic"
cd ..

# --- Without blobs ----------------------------------------------------------------------------------

git clone -q --filter=blob:none --no-checkout "file://$TEMP/area/origin" partial
cd partial
git update-ref --no-deref HEAD origin/topic
remember_state
expect_status 3 scribelint check --base origin/main --rules "$TEMP/rules"
cat "$OUTPUT" "$ERRORS" >"$TEMP/both"
if grep -q 'git fetch --refetch --no-filter' "$TEMP/both"; then pass 'says what to run'
else fail_run 'says what to run'; fi
expect_status 3 scribelint check --all --rules "$TEMP/rules"
expect_output_contains 'undecided: _posts/2024-01-01-lecture-01.md'
expect_output_contains '3 undecided'
expect_unchanged
git fetch -q --refetch --no-filter
expect_status 1 scribelint check --base origin/main --rules "$TEMP/rules"
cd ..

git clone -q --filter=tree:0 --no-checkout "file://$TEMP/area/origin" treeless
cd treeless
expect_status 3 scribelint check --base origin/main --head origin/topic
expect_status 3 scribelint check --all --head origin/topic
cd ..

# --- One object is gone -----------------------------------------------------------------------------

# lose REVISION:PATH: deletes a loose object.
lose() {
    lost=$(git rev-parse "$1")
    mv ".git/objects/$(printf %s "$lost" | cut -c 1-2)/$(printf %s "$lost" | cut -c 3-)" \
        "$TEMP/lost"
}
give_back() {
    mv "$TEMP/lost" ".git/objects/$(printf %s "$lost" | cut -c 1-2)/$(printf %s "$lost" | cut -c 3-)"
}

cd origin
git checkout -q topic

# An undecided file beside a finding: findings win.
lose topic:_posts/2024-01-03-lecture-03.md
expect_status 1 scribelint check --base main --rules "$TEMP/rules"
expect_output_contains MARK-edit
expect_output_contains 'undecided: _posts/2024-01-03-lecture-03.md'
expect_status 3 scribelint check --base main --rules "$TEMP/rules" --fail-on never
expect_status 3 scribelint check --base main
expect_status 0 scribelint check --base main _posts/2024-01-01-lecture-01.md
expect_status 2 scribelint check --base main nowhere.md
expect_status 2 scribelint check --base main --fail-on sometimes
give_back

# What can't be compared is not introduced and not clean either.
lose main~1:_posts/2024-01-01-lecture-01.md
expect_status 3 scribelint check --base main _posts/2024-01-01-lecture-01.md
expect_status 1 scribelint check --base main --rules "$TEMP/rules"
expect_output_contains MARK-new
expect_output_contains 'undecided: _posts/2024-01-01-lecture-01.md'
expect_output_lacks 'found MARK-old'
give_back

# The blob of an image is never needed, only its name.
lose topic:assets/img/plot.png
expect_status 0 scribelint check --base main
expect_status 0 scribelint check --all
give_back

# A folder that can't be read: its images are not missing, nobody knows.
lose topic:assets/img
for side in --all '--base main'; do
    # shellcheck disable=SC2086
    run scribelint check $side
    if [ "$status" -eq 3 ]; then pass "status 3: $side without a tree"
    else fail_run "status 3: $side without a tree"; fi
    expect_output_lacks 'plot.png'
done
give_back

# A template that can't be read: nobody knows what of it is left in the note.
git checkout -q -b with-template
write _posts/2024-01-01-template.md <<'END'
---
title: Template
---

A template explains in its first paragraph how notes are to be written.
END
commit_all 'Template'
write_note 06 'A template explains in its first paragraph how notes are to be written.'
commit_all 'Note'
run scribelint check --base HEAD~1
expect_output_contains '[template-prose-left]'
lose HEAD:_posts/2024-01-01-template.md
expect_status 3 scribelint check --base HEAD~1
expect_output_contains 'undecided: _posts/2024-01-01-template.md'
give_back
git checkout -q topic

lose main~1:
expect_status 3 scribelint check --base main --head topic
expect_status 3 scribelint check --all --head main~1
give_back

# A configuration that can't be read must not become the defaults.
write .scribelint.yml <<'END'
fail-on: never
END
commit_all 'Configure'
write_note 05 MARK-five
commit_all 'Another'
lose HEAD:.scribelint.yml
expect_status 3 scribelint check --base HEAD~1
expect_status 3 scribelint check --all
give_back

# An object with other bytes than its name says.
lose HEAD:_posts/2024-01-05-lecture-05.md
printf 'rubbish' >".git/objects/$(printf %s "$lost" | cut -c 1-2)/$(printf %s "$lost" | cut -c 3-)"
expect_status 3 scribelint check --base HEAD~1
rm -f ".git/objects/$(printf %s "$lost" | cut -c 1-2)/$(printf %s "$lost" | cut -c 3-)"
give_back
cp "$TEMP/rules/marker.yml" .git/index
expect_status 3 scribelint check --staged
echo DIRC >.git/index
expect_status 3 scribelint check --staged
expect_error_contains 'it is cut short; run: rm'
rm .git/index
expect_status 3 scribelint check --staged
# A page that a deleted picture may be missed from, and that can't be read, is not clean.
cd "$TEMP/area"
repo_init referrer
write _posts/2024-01-09-lecture-09.md <<'END'
---
title: "Lecture 9: x"
date: 2024-01-09
---
![x](/assets/x.png)
END
write assets/x.png <<'END'
x
END
commit_all 'Note'
git rm -q assets/x.png
expect_status 1 scribelint check --staged
expect_output_contains 'image "assets/x.png" is not in the repository'
id=$(git rev-parse HEAD:_posts/2024-01-09-lecture-09.md)
rm -f ".git/objects/${id%"${id#??}"}/${id#??}"
expect_status 3 scribelint check --staged
expect_output_contains 'undecided: _posts/2024-01-09-lecture-09.md'

finish
