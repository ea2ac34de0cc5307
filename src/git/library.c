/* The start of libgit2. */
#include "base/memory.h"
#include "git/internal.h"

/* --- Offline ---------------------------------------------------------------------------------- */

/*
 * No connection is ever made here, but libgit2 gets ready for one when it starts: with mbed TLS, as
 * Debian's, it parses every certificate of the system and gathers entropy, with libssh2 it starts
 * OpenSSL. A hook would wait longer for that than for the rest of libgit2. These take the place of
 * those functions in this program; where libgit2 uses other libraries nothing changes. A connection
 * would be refused: there are no authorities and no random numbers. Weak: they give way where these
 * libraries are linked into the program.
 */
#define INSTEAD __attribute__((weak, visibility("default")))

struct mbedtls_x509_crt;
struct mbedtls_entropy_context;
struct mbedtls_ctr_drbg_context;

INSTEAD int mbedtls_x509_crt_parse_file(struct mbedtls_x509_crt *chain, const char *path);
INSTEAD void mbedtls_entropy_init(struct mbedtls_entropy_context *entropy);
INSTEAD void mbedtls_entropy_free(struct mbedtls_entropy_context *entropy);
INSTEAD int mbedtls_ctr_drbg_seed(struct mbedtls_ctr_drbg_context *generator,
                                  int (*entropy)(void *, unsigned char *, size_t), void *context,
                                  const unsigned char *custom, size_t size);
INSTEAD int mbedtls_ctr_drbg_random(void *generator, unsigned char *output, size_t size);
INSTEAD int libssh2_init(int flags);

int mbedtls_x509_crt_parse_file(struct mbedtls_x509_crt *chain, const char *path) {
    (void)chain, (void)path;
    return 0;
}

void mbedtls_entropy_init(struct mbedtls_entropy_context *entropy) {
    (void)entropy;
}

void mbedtls_entropy_free(struct mbedtls_entropy_context *entropy) {
    (void)entropy;
}

int mbedtls_ctr_drbg_seed(struct mbedtls_ctr_drbg_context *generator,
                          int (*entropy)(void *, unsigned char *, size_t), void *context,
                          const unsigned char *custom, size_t size) {
    (void)generator, (void)entropy, (void)context, (void)custom, (void)size;
    return 0;
}

int mbedtls_ctr_drbg_random(void *generator, unsigned char *output, size_t size) {
    (void)generator, (void)output, (void)size;
    return -1;
}

int libssh2_init(int flags) {
    (void)flags;
    return 0;
}

/* --- Start ------------------------------------------------------------------------------------ */

static const size_t LARGEST_CACHED_TREE = 16 * 1024 * 1024;

int library_start(struct error *error) {
    git_share_allocator();
    int count = git_libgit2_init();
    if (count < 0)
        return error_set(error, STATUS_UNDECIDED, "libgit2 does not start: %s", git_detail());
    /* Its default of 4 KB would read a folder with a hundred files anew at every look-up. */
    if (count == 1)
        git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, LARGEST_CACHED_TREE);
    /* As in Git: zlib's check sums are enough, and hashing takes as long as inflating. */
    if (count == 1)
        git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
#if LIBGIT2_AT_LEAST(4)
    /* None of them changes how objects, refs or the index are stored. */
    static const char *const harmless[] = {"worktreeconfig", "partialclone", "preciousobjects"};
    if (count == 1)
        git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless, COUNT_OF(harmless));
#endif
    return OK;
}
