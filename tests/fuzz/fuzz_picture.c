/* Pictures: the whole input as a file. */
#include "document/picture.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct picture picture = picture_read((struct slice){(const char *)data, size});
    require(picture_kind_name(picture.kind) != NULL);
    require(picture_shows_as(picture.kind, picture.kind));
    require(!picture.fault || picture.kind >= PICTURE_PNG);
    return 0;
}
