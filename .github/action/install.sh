#!/bin/bash
# Puts the program where the action finds it: install.sh find, then perhaps install.sh build.
#
# `find` gives the output `program`. It takes, in this order: $SCRIBELINT; the tarball of the release
# that the action's ref belongs to; a build of the action's own sources, for which it gives `key` and
# `folder` too, so that the folder can come from a cache. `build` fills $FOLDER.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$RUNNER_TEMP/scribelint
mkdir -p "$work"

give() {
    printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

download() {
    curl --silent --fail --location --retry 3 --max-time 120 --output "$work/$1" \
        "${GITHUB_SERVER_URL:-https://github.com}/$ACTION_REPOSITORY/releases/download/v$version/$1"
}

# A tag has its release, of which the tarball was made; a branch or a commit has none.
from_release() {
    local name
    [[ ${ACTION_REF-} =~ ^v[0-9]+(\.[0-9]+)*$ && -n ${ACTION_REPOSITORY-} ]] || return
    [ "$(uname -s)" = Linux ] || return
    version=$(sed -n 's/^#define SCRIBELINT_VERSION "\(.*\)"$/\1/p' "$source/src/commands/command.h")
    name=scribelint-$version-linux-$(uname -m)
    download "$name.tar.gz" && download SHA256SUMS || return
    if ! (cd "$work" && grep " $name.tar.gz\$" SHA256SUMS | sha256sum --check --quiet -); then
        echo "scribelint: $name.tar.gz is not what SHA256SUMS says; building instead"
        return 1
    fi
    tar -xzf "$work/$name.tar.gz" -C "$work" && "$work/$name/bin/scribelint" --version >"$work/version" 2>&1 ||
        return
    give program "$work/$name/bin/scribelint"
    echo "scribelint: release $version"
}

# What the program is made of, and for which system.
key_of_sources() {
    local system
    # shellcheck disable=SC1091 # of the system
    system=$(. /etc/os-release 2>/dev/null && echo "$ID-$VERSION_ID") || system=$(uname -s)
    printf 'scribelint-%s-%s-' "$system" "$(uname -m)"
    (cd "$source" && find src pdf rules hooks tests/tools/embed_* tests/setup.sh Makefile .github/action -type f -print0 |
        LC_ALL=C sort -z | xargs -0 cat | cksum | tr ' ' '-')
}

find_program() {
    if [ -n "${SCRIBELINT-}" ]; then
        [ -x "$SCRIBELINT" ] || { echo "scribelint: SCRIBELINT names no program" >&2 && exit 2; }
        give program "$SCRIBELINT"
        echo 'scribelint: the program that SCRIBELINT names'
    elif ! from_release; then
        give key "$(key_of_sources)"
        give folder "$work/program"
        give program "$work/program/bin/scribelint"
        echo "scribelint: no release for this; it comes from the cache or is built"
    fi
}

build() {
    (cd "$source" && sh tests/setup.sh build && bash .github/action/bundle.sh "$FOLDER") >"$work/build.log" 2>&1 ||
        { tail -n 50 "$work/build.log" >&2 && exit 2; }
    "$FOLDER/bin/scribelint" --version
}

case ${1-} in
find) find_program ;;
build) build ;;
*) echo 'usage: install.sh find|build' >&2 && exit 2 ;;
esac
