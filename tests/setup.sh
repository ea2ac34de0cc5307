#!/bin/sh
# Installs the packages that building and testing need, when one is missing.
#
#   tests/setup.sh [--advice] [build] [test] [site] [check] [fuzz]
#
# Some are wanted only: without them all is built but scribelint-pdf, or that is not held by seccomp.
#
# Does nothing when everything is there. Otherwise says what it will run and runs it when it may
# (as root, or through sudo); if it may not, or with --advice, prints the command for you to run and
# exits with status 2.
set -eu

advice=''
missing=''
wanted=''
debian=''
brew=''

# need NAME COMMAND-THAT-SUCCEEDS-WHEN-IT-IS-THERE DEBIAN-PACKAGES HOMEBREW-PACKAGES
need() {
    if ! sh -c "$2" >/dev/null 2>&1; then
        missing="$missing $1"
        debian="$debian $3"
        brew="$brew $4"
    fi
}

# want_library NAME DEBIAN-PACKAGES HOMEBREW-PACKAGES: as need_library; that it is missing is no failure.
want_library() {
    missing_before=$missing
    need_library "$@"
    if [ "$missing" != "$missing_before" ]; then
        missing=$missing_before
        wanted="$wanted $1"
    fi
}

need_command() {
    need "$1" "command -v $1" "$2" "$3"
}

need_library() {
    need "$1" "${PKG_CONFIG:-pkg-config} --exists $1" "$2" "$3"
}

need_build() {
    need "a C compiler" "command -v ${CC:-cc}" "gcc libc6-dev" gcc
    need "the C library's headers" \
        "echo '#include <stdio.h>' | ${CC:-cc} -E -x c -" libc6-dev ""
    need_command make make make
    need_command git git git
    need "${PKG_CONFIG:-pkg-config}" "command -v ${PKG_CONFIG:-pkg-config}" pkg-config pkg-config
    need_library libgit2 libgit2-dev libgit2
    need_library libcmark libcmark-dev cmark
    need_library libpcre2-8 libpcre2-dev pcre2
    need_library yaml-0.1 libyaml-dev libyaml
    need_library jansson libjansson-dev jansson
    need_library gumbo libgumbo-dev gumbo-parser
    need libcsv "echo '#include <csv.h>' | ${CC:-cc} ${CPPFLAGS-} -E -x c -" libcsv-dev libcsv
    want_library poppler-glib libpoppler-glib-dev poppler
    [ "$(uname -s)" != Linux ] || want_library libseccomp libseccomp-dev ""
}

need_test() {
    need_library cmocka libcmocka-dev cmocka
    need_command curl curl "" # the action gets releases with it
    # For the stand-in of GitHub's runner; without it, its scenarios are skipped.
    need python3-yaml "python3 -c 'import yaml' || /usr/bin/python3 -c 'import yaml'" \
        "python3 python3-yaml" ""
}

# Jekyll and the plug-ins that GitHub builds with, for `make test-site`.
need_site() {
    need jekyll "ruby -e '%w[jekyll jekyll-relative-links jekyll-optional-front-matter jekyll-readme-index
        jekyll-paginate jekyll-redirect-from].each { |name| require name }'" \
        "python3 jekyll ruby-jekyll-relative-links ruby-jekyll-optional-front-matter
        ruby-jekyll-readme-index ruby-jekyll-paginate ruby-jekyll-redirect-from" ""
}

need_check() {
    need_command clang clang llvm
    need_command clang-format clang-format clang-format
    need_command shellcheck shellcheck shellcheck
    need "universal-ctags" "ctags --version | grep Universal" universal-ctags universal-ctags
}

# libFuzzer stands apart from the compiler, in a package named after its version.
need_fuzz() {
    need_command clang clang llvm
    version=$(clang -dumpversion 2>/dev/null | sed 's/\..*//')
    need libFuzzer "echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
        clang -fsanitize=fuzzer -x c - -o /dev/null" "${version:+libclang-rt-$version-dev}" llvm
}

# The packages to install, each once.
unique() {
    printf '%s\n' "$@" | awk '!seen[$0]++ { printf "%s%s", separator, $0; separator = " " }'
}

give_command() {
    if [ -n "$missing" ]; then
        echo "scribelint needs packages that are not here:$missing$wanted" >&2
        echo "Install them, then try again:" >&2
    else
        echo "scribelint is built without:$wanted. To read PDF notes with all safety, install:" >&2
    fi
    echo "    $1" >&2
    exit 2
}

install_debian() {
    # shellcheck disable=SC2086 # a list of words
    packages=$(unique $debian)
    install="apt-get install -y --no-install-recommends $packages"
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo=sudo
    else
        advice=yes
    fi
    [ -z "$advice" ] || give_command "sudo apt-get update && sudo $install"
    echo "Missing:$missing$wanted"
    echo "Running: ${sudo:+sudo }apt-get update && ${sudo:+sudo }$install"
    $sudo apt-get -q update </dev/null
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends \
        $packages </dev/null
}

install_brew() {
    # shellcheck disable=SC2086
    packages=$(unique $brew)
    [ -z "$advice" ] || give_command "brew install $packages"
    echo "Missing:$missing$wanted"
    echo "Running: brew install $packages"
    # shellcheck disable=SC2086
    brew install $packages
}

install_missing() {
    if command -v brew >/dev/null && [ "$(uname -s)" = Darwin ]; then
        install_brew
    elif command -v apt-get >/dev/null; then
        install_debian
    else
        give_command "your package manager, for: $debian (names as in Debian)"
    fi
}

gather() {
    missing=''
    wanted=''
    debian=''
    brew=''
    for set; do
        case $set in
        build | test | site | check | fuzz) "need_$set" ;;
        *)
            echo "usage: tests/setup.sh [--advice] [build] [test] [site] [check] [fuzz]" >&2
            exit 2
            ;;
        esac
    done
}

if [ "${1-}" = --advice ]; then
    advice=yes
    shift
fi
[ $# -gt 0 ] || set -- build

gather "$@"
[ -n "$missing$wanted" ] || exit 0
if [ -z "$missing" ]; then
    (install_missing) || :
    exit 0
fi
install_missing
gather "$@"
if [ -n "$missing" ]; then
    echo "scribelint: still missing after installing:$missing" >&2
    exit 2
fi
