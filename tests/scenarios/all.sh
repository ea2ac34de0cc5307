#!/bin/sh
# --all: every file of one side, without a comparison; bare repositories; -C.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

write_marker "$TEMP/rules"
check() {
    expect_findings --rules "$TEMP/rules" "$@"
}

repo_init course
write .scribelint.yml <<'END'
notes: [{files: '_posts/[0-9]*.md', template: '_posts/*template*.md'}]
rules: {file-outside-scope: off}
END
write _posts/2024-01-01-template.md <<'END'
---
layout: distill
title: Template
date: 2024-01-01
---

Write here.
END
write_note 02 MARK-first
write notes/deep/er/readme.md <<'END'
MARK-deep
END
commit_all 'Start'
git tag start
write_note 03 MARK-second
write _posts/2024-01-01-template.md <<'END'
---
layout: distill
title: Template
date: 2024-01-01
---

The template was changed, MARK-template.
END
write _data/schedule.yml <<'END'
- lecture: MARK-schedule
END
commit_all 'Add, and change the template'
write_note 03 MARK-worktree
write_note 04 MARK-staged
git add _posts/2024-01-04-lecture-04.md
git rm -q --cached _posts/2024-01-02-lecture-02.md
remember_state

# --- One side ---------------------------------------------------------------------------------------

check --all <<'END'
introduced head marker _data/schedule.yml:1 found MARK-schedule
introduced head marker _posts/2024-01-01-template.md:7 found MARK-template
introduced head marker _posts/2024-01-02-lecture-02.md:9 found MARK-first
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-second
introduced head marker notes/deep/er/readme.md:1 found MARK-deep
END
expect_equal 'findings give 1' 1 "$status"
expect_output_contains '"base": null,'
expect_output_contains "\"head\": \"$(git rev-parse HEAD)\""
expect_output_contains '"introduced": 5,'
expect_output_contains '"fixed": 0,'
expect_output_contains '"carried": 0,'
expect_output_contains '"files": 6,'
cp "$OUTPUT" "$TEMP/all"
check --all --head HEAD <"$TEMP/expected"
expect_same_file "$TEMP/all" "$OUTPUT"
check --all --head start <<'END'
introduced head marker _posts/2024-01-02-lecture-02.md:9 found MARK-first
introduced head marker notes/deep/er/readme.md:1 found MARK-deep
END

# The same change, compared: rules about changes run then, and only then.
check --base start <<'END'
introduced head marker _data/schedule.yml:1 found MARK-schedule
introduced head marker _posts/2024-01-01-template.md:7 found MARK-template
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-second
introduced head template-changed _posts/2024-01-01-template.md
END
expect_status 0 scribelint check --all
expect_output_contains 'nothing found'
expect_output_lacks 'introduced'
check --all notes <<'END'
introduced head marker notes/deep/er/readme.md:1 found MARK-deep
END
expect_unchanged

# --- Where it is started ----------------------------------------------------------------------------

cd ..
run scribelint -C course check --all --format json --rules "$TEMP/rules"
expect_same_file "$TEMP/all" "$OUTPUT"
run scribelint check -C course --all --format json --rules "$TEMP/rules"
expect_same_file "$TEMP/all" "$OUTPUT"
run scribelint -C course -C notes/deep check -C er --all --format json --rules "$TEMP/rules"
expect_same_file "$TEMP/all" "$OUTPUT"
run scribelint check --all --format json --rules ../rules -C course
expect_equal '-C comes first, wherever it stands' 2 "$status"
run scribelint check --all --format json --rules ../../rules -C course
expect_same_file "$TEMP/all" "$OUTPUT"
run scribelint -C course/.git check --all --format json --rules "$TEMP/rules"
expect_same_file "$TEMP/all" "$OUTPUT"
expect_status 2 scribelint -C nowhere check --all
expect_status 2 scribelint check --all -C nowhere
expect_status 2 scribelint check --all -C
expect_status 2 scribelint -C
expect_status 2 scribelint -C course

# --- Bare -------------------------------------------------------------------------------------------

git clone -q --bare course bare.git
cd bare.git
remember_state
run scribelint check --all --format json --rules "$TEMP/rules"
expect_same_file "$TEMP/all" "$OUTPUT"
run scribelint check --base start --head main --format json --rules "$TEMP/rules"
expect_equal 'a range in a bare repository' 1 "$status"
expect_output_contains 'MARK-second'
check --all _posts/2024-01-03-lecture-03.md <<'END'
introduced head marker _posts/2024-01-03-lecture-03.md:9 found MARK-second
END
expect_status 3 scribelint check --staged
expect_error_contains 'bare'
expect_status 3 scribelint check
expect_unchanged
cd refs
check --all ./notes/ <<'END'
introduced head marker notes/deep/er/readme.md:1 found MARK-deep
END
cd ../..
run env GIT_DIR="$PWD/bare.git" scribelint check --all --format json --rules "$TEMP/rules"
expect_same_file "$TEMP/all" "$OUTPUT"

# --- No commit yet ----------------------------------------------------------------------------------

repo_init empty
remember_state
run scribelint check --all
expect_equal 'nothing to read is not clean' 2 "$status"
expect_status 0 scribelint check --staged
expect_status 0 scribelint check
expect_output_contains 'nothing is staged'
expect_unchanged
finish
