/*
 * A fuzz target as an ordinary program: replays nothing at all, then the files and folders given as
 * arguments, and reports in TAP. An input that crashes ends the program before its plan is
 * fulfilled.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { LONGEST_PATH = 4096 };

static unsigned replayed;

/* Each input in a block of exactly its size, so that a read behind its end is seen. */
static uint8_t *read_file(const char *path, size_t *size) {
    struct stat information;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &information)) {
        perror(path);
        exit(1);
    }
    *size = (size_t)information.st_size;
    uint8_t *bytes = malloc(*size ? *size : 1);
    require(bytes && fread(bytes, 1, *size, file) == *size);
    fclose(file);
    return bytes;
}

/* An empty file has no bytes to point to. */
static void replay_nothing(void) {
    puts("# nothing");
    fflush(stdout);
    LLVMFuzzerTestOneInput(NULL, 0);
    printf("ok %u - nothing\n", ++replayed);
}

static void replay_file(const char *path) {
    size_t size;
    uint8_t *bytes = read_file(path, &size);
    printf("# %s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    printf("ok %u - %s\n", ++replayed, path);
}

static int is_visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static void replay(const char *path) {
    struct dirent **entries;
    int count = scandir(path, &entries, is_visible, alphasort);
    if (count < 0) {
        replay_file(path);
        return;
    }
    for (int i = 0; i < count; i++) {
        char name[LONGEST_PATH];
        snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
        replay(name);
        free(entries[i]);
    }
    free(entries);
}

int main(int argc, char **argv) {
    replay_nothing();
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("1..%u\n", replayed);
    return 0;
}
