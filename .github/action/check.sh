#!/bin/bash
# What the action does with the program: gets the commits that the event is about, checks, reports.
#
# All values come from the environment. Only Git and $PROGRAM see what the pull request brings, and
# both read it as objects: nothing is checked out, and no file of the working tree is opened.
set -euo pipefail
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
export GIT_TERMINAL_PROMPT=0

work=$RUNNER_TEMP/scribelint
mkdir -p "$work"
zero=0000000000000000000000000000000000000000
reports=$(mktemp -d "$work/report.XXXXXX")
sides=()   # which sides to compare, as options of `scribelint check`
options=() # the other options
paths=()

# stop STATUS <TEXT: no verdict. The text comes into the log and the summary, whatever it holds: in
# the log no line begins with it, and `##[` counts anywhere.
stop() {
    local text
    text=$(tr -d '\000-\010\013-\037\177' | sed 's/##\[/##\\[/g')
    text=${text:-it stopped with status $1 and said nothing}
    printf '%s\n' "$text" | sed 's/^/| /' >&2
    {
        printf '### scribelint could not check this\n\n<pre>\n'
        printf '%s\n' "$text" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'
        printf '</pre>\n\n'
    } >>"$GITHUB_STEP_SUMMARY"
    exit "$1"
}

# --- The repository -----------------------------------------------------------------------------

# The one that is checked out, or, where there is none, an empty one of our own to fetch into.
find_repository() {
    place=$GITHUB_WORKSPACE
    if [ ! -e "$place/.git" ]; then
        place=$work/course.git
        git init -q --bare "$place"
        git -C "$place" config remote.origin.url "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"
    fi
}

# has COMMIT
has() {
    git -C "$place" cat-file -e "$1^{commit}" 2>/dev/null
}

is_shallow() {
    [ "$(git -C "$place" rev-parse --is-shallow-repository)" = true ]
}

# The token goes through the environment, where no list of processes shows it, and in the place of
# what actions/checkout left: GitHub refuses a request with two of them.
fetch() {
    local key=http.${GITHUB_SERVER_URL%/}/.extraheader count=0 header=
    if [ -n "${TOKEN-}" ]; then
        count=2
        header="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\n')"
    fi
    GIT_CONFIG_COUNT=$count GIT_CONFIG_KEY_0=$key GIT_CONFIG_VALUE_0='' \
        GIT_CONFIG_KEY_1=$key GIT_CONFIG_VALUE_1=$header \
        git -C "$place" fetch -q --no-tags --no-recurse-submodules --no-auto-gc --no-write-fetch-head \
        "$@" >>"$work/git.log" 2>&1 </dev/null
}

# get COMMIT DEPTH: with its ancestors, DEPTH generations of them with itself. A clone never gets
# shallower by it.
get() {
    if ! is_shallow && [ -n "$(git -C "$place" for-each-ref --count=1)" ]; then
        has "$1" || fetch origin "$1" # a whole clone
    elif has "$1"; then
        [ "$2" -eq 1 ] || fetch --deepen=$(($2 - 1)) origin "$1"
    else
        fetch --depth="$2" origin "$1"
    fi
}

# All ancestors of what the REFSPECs name.
get_history() {
    if is_shallow; then
        fetch --unshallow origin "$@"
    else
        fetch origin "$@"
    fi
}

# --- What to compare ----------------------------------------------------------------------------

# The merge commit of GitHub against its first parent, the tip of the target; as many generations
# as the pull request has commits, since their dates tell when a note was handed in. Without one (it
# is gone when a run is repeated, and there is none after a conflict) what merging would do.
choose_pull_request() {
    local commits=1
    [[ ${PULL_COMMITS-} =~ ^[0-9]{1,3}$ ]] && commits=$PULL_COMMITS
    if get "$GITHUB_SHA" $((commits + 2)) && has "$GITHUB_SHA"; then
        sides=(--merge "$GITHUB_SHA")
    elif get_history "+$PULL_HEAD:refs/remotes/origin/pull/$PULL_NUMBER/head" \
        "+refs/heads/$GITHUB_BASE_REF:refs/remotes/origin/$GITHUB_BASE_REF"; then
        sides=(--pull "$PULL_NUMBER" --onto "refs/remotes/origin/$GITHUB_BASE_REF")
    fi
}

# What the queue would put on top of its base. With one entry the base is the merge's first parent.
choose_merge_group() {
    get "$GITHUB_SHA" 50 && get "$GROUP_BASE" 1 && sides=(--merge "$GITHUB_SHA" --onto "$GROUP_BASE")
}

choose_branch() {
    local target=refs/remotes/origin/$DEFAULT_BRANCH
    get_history "+refs/heads/$DEFAULT_BRANCH:$target" "$GITHUB_SHA" &&
        sides=(--base "$target" --head "$GITHUB_SHA")
}

# The whole site. When notes came is told by history, and by the refs of pull requests for those
# that were squashed.
choose_site() {
    get_history "$GITHUB_SHA" '+refs/pull/*/head:refs/remotes/origin/pull/*/head' ||
        get "$GITHUB_SHA" 1 || return
    sides=(--all --head "$GITHUB_SHA")
    FAIL_ON=${FAIL_ON:-never}
}

choose_sides() {
    case $GITHUB_EVENT_NAME in
    pull_request | pull_request_review) choose_pull_request ;;
    pull_request_target | issue_comment | workflow_run)
        stop 2 <<<"the event $GITHUB_EVENT_NAME is not for checking pull requests: use pull_request"
        ;;
    merge_group) choose_merge_group ;;
    push)
        [ "${GITHUB_SHA:-$zero}" != "$zero" ] || exit 0 # a branch was deleted
        if [ "${GITHUB_REF-}" = "refs/heads/$DEFAULT_BRANCH" ]; then choose_site; else choose_branch; fi
        ;;
    *) choose_site ;;
    esac || : # what failed is told below
    [ "${#sides[@]}" -gt 0 ] || stop 3 < <(echo 'the commits could not be fetched:' && cat "$work/git.log")
}

# --- Checking -----------------------------------------------------------------------------------

# A path in the repository is one of the side that the change cannot touch.
find_configuration() {
    local base
    [ -n "${CONFIG-}" ] || return 0
    case ${sides[0]} in
    --merge) base=${sides[3]-${sides[1]}^1} ;;
    --pull) base=${sides[3]} ;;
    --base) base=${sides[1]} ;;
    *) base=$GITHUB_SHA ;;
    esac
    git -C "$place" cat-file blob "$base:$CONFIG" >"$reports/config.yml" 2>/dev/null ||
        stop 2 <<<"there is no configuration \"$CONFIG\" on the target branch"
    options+=(--config "$reports/config.yml")
}

read_options() {
    local line
    find_configuration
    [ -z "${FAIL_ON-}" ] || options+=(--fail-on "$FAIL_ON")
    while IFS= read -r line; do
        [ -z "$line" ] || paths+=("$line")
    done <<<"${CHECKED_PATHS-}"
    case ${ANNOTATIONS:-true} in
    true) log_format=github ;;
    false) log_format=text ;;
    *) stop 2 <<<"the input annotations is true or false, not \"$ANNOTATIONS\"" ;;
    esac
    FORMAT=${FORMAT:-json}
}

# check FORMAT
check() {
    "$PROGRAM" -C "$place" check "${sides[@]}" "${options[@]}" --format "$1" -- "${paths[@]}"
}

give() {
    printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

# The number that a field of the summary has in the JSON report, one field a line.
count_of() {
    sed -n '/^  "summary": {$/,/^  }/s/^    "'"$1"'": \([0-9]*\),\{0,1\}$/\1/p' "$reports/report.json"
}

write_reports() {
    local format status_of_report
    for format in "$FORMAT" json sarif markdown; do
        status_of_report=0
        [ -s "$reports/report.$format" ] || check "$format" >"$reports/report.$format" 2>"$work/errors" ||
            status_of_report=$?
        [ "$status_of_report" -ne 2 ] || stop 2 <"$work/errors" # a wrong format
    done
    give introduced "$(count_of introduced)"
    give errors "$(count_of errors)"
    give report-path "$reports/report.$FORMAT"
    give sarif-path "$reports/report.sarif"
}

# GitHub shows no summary of more than 1 MiB.
summarize() {
    local file=$1 most=1000000
    [ "$(wc -c <"$GITHUB_STEP_SUMMARY")" -lt $((most - $(wc -c <"$file"))) ] ||
        { echo "What belongs here is too long to be shown; it is in the log." && return; }
    cat "$file"
}

# The course's table, where it has a schedule. It decides nothing.
write_status() {
    local configuration=()
    [ ! -e "$reports/config.yml" ] || configuration=(--config "$reports/config.yml")
    "$PROGRAM" -C "$place" status --head "$GITHUB_SHA" --format markdown "${configuration[@]}" \
        >"$reports/status.markdown" 2>"$work/status.log" || :
    [ ! -s "$reports/status.markdown" ] || summarize "$reports/status.markdown" >>"$GITHUB_STEP_SUMMARY"
    cat "$work/status.log"
}

find_repository
: >"$work/git.log"
choose_sides
read_options
status=0
check "$log_format" 2>"$work/errors" || status=$?
case $status in
0 | 1 | 3) [ ! -s "$work/errors" ] || stop "$status" <"$work/errors" ;;
*) stop "$status" <"$work/errors" ;;
esac
write_reports
summarize "$reports/report.markdown" >>"$GITHUB_STEP_SUMMARY"
[ "${sides[0]}" != --all ] || write_status
exit "$status"
