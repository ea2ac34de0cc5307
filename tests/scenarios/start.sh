#!/bin/sh
# A hook runs at every commit: what libgit2 does not get ready for in this program, since no
# connection is ever made (src/git/library.c). The GNU loader tells which function calls which.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

run env LD_DEBUG=bindings LD_BIND_NOW=1 scribelint --version
grep 'binding file [^ ]*/libgit2' "$ERRORS" >"$TEMP/bindings" || :
if [ ! -s "$TEMP/bindings" ]; then
    skip 'the loader does not tell, or libgit2 is no shared library'
    finish
fi
while read -r name; do
    if grep -q "symbol .$name'" "$TEMP/bindings"; then
        expect_equal "$name is not the one of its library" '' \
            "$(grep "symbol .$name'" "$TEMP/bindings" | grep -v 'to [^ ]*scribelint \[0\]')"
    else
        skip "libgit2 does not call $name here"
    fi
done <<'END'
libssh2_init
mbedtls_ctr_drbg_random
mbedtls_ctr_drbg_seed
mbedtls_entropy_init
mbedtls_x509_crt_parse_file
END
finish
