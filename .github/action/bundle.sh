#!/bin/bash
# Builds and installs into a folder of its own, on Linux with the libraries that it is linked with
# (but for the C library's), so that it runs where no package of it is installed:
#
#   bundle.sh FOLDER [VARIABLE=VALUE...]      bin/, libexec/, lib/*.so.*, share/; for make
#
# A bundle runs where the C library is not older than the one it was made with.
set -euo pipefail

folder=${1:?usage: bundle.sh FOLDER [VARIABLE=VALUE...]}
shift
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
flags=${LDFLAGS-}
# Not the newer DT_RUNPATH: the libraries' own libraries must be found the same way.
# shellcheck disable=SC2016 # for the linker
[ "$(uname -s)" != Linux ] || flags="$flags -Wl,--disable-new-dtags,-rpath,"'\$$ORIGIN/../lib:\$$ORIGIN/../../lib'
# No archives: every library has its licence beside it below.
make -j"$(getconf _NPROCESSORS_ONLN)" BUILD="$build" PREFIX="$folder" ARCHIVES= LDFLAGS="$flags" "$@" install
[ "$(uname -s)" = Linux ] || exit 0

mkdir -p "$folder/lib" "$folder/share/doc/scribelint/libraries"
glibc='^(ld-linux.*|libc|libm|libpthread|libdl|librt|libresolv|libutil|libnsl|libanl)\.so'
programs=("$folder/bin/scribelint")
helper=$folder/libexec/scribelint/scribelint-pdf
[ ! -x "$helper" ] || programs+=("$helper")
ldd "${programs[@]}" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' | sort -u | while read -r library; do
    [[ ${library##*/} =~ $glibc || $library == "$folder"/* ]] && continue
    cp -L "$library" "$folder/lib/"
    # Their licences go where they go.
    package=$(dpkg -S "$(realpath "$library")" 2>/dev/null | sed 's/:.*//') || package=
    if [ -n "$package" ] && [ -f "/usr/share/doc/$package/copyright" ]; then
        cp -L "/usr/share/doc/$package/copyright" "$folder/share/doc/scribelint/libraries/$package"
    fi
done
strip "${programs[@]}"
