#!/bin/bash
# The tarball of a release, in dist/: tarball.sh TAG, with TAG being v and the version of the sources.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
version=$(sed -n 's/^#define SCRIBELINT_VERSION "\(.*\)"$/\1/p' src/commands/command.h)
if [ "${1:?usage: tarball.sh TAG}" != "v$version" ]; then
    echo "the tag $1 is not v$version, the version in src/commands/command.h" >&2
    exit 2
fi
name=scribelint-$version-linux-$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bash .github/action/bundle.sh "$work/$name" OWNER="${GITHUB_REPOSITORY_OWNER-}"
mkdir -p dist
tar -czf "dist/$name.tar.gz" --sort=name --owner=0 --group=0 --numeric-owner -C "$work" "$name"
