/* Arbitrary snapshots, and companions of them: refused with a reason, or read; and what was
 * read is written in a way that reads and writes the same.
 *
 *     input: the snapshot; a NUL byte and the companion, perhaps */
#include "fuzz.h"
#include "kit/snapshot.h"

#ifndef FUZZ_DIALECT
#    define FUZZ_DIALECT "sqlite"
#endif

typedef struct input {
    const char *text, *more;
    size_t len, more_len;
} input;

static int read_both(vg_kit *kit, const input *in, vgk_snapshot *out)
{
    int version = 0;
    int rc = vgk_snapshot_read(kit, in->text, in->len, "snapshot", out, &version);
    FUZZ_CHECK(rc != VG_OK || (version >= 5 && version <= 7));
    if (rc == VG_OK && in->more)
        rc = vgk_companion_read(kit, in->more, in->more_len, "companion", out);
    return rc;
}

static int body(vg_kit *kit, void *args)
{
    const input *in = args;
    vgk_snapshot snapshot, again;
    input one = {0}, two = {0};
    if (read_both(kit, in, &snapshot)) {
        FUZZ_CHECK(kit->message[0]);
        return kit->code;
    }
    one.text = vgk_snapshot_write(kit, &snapshot, &one.len);
    one.more = vgk_companion_write(kit, &snapshot, &one.more_len);
    FUZZ_CHECK(read_both(kit, &one, &again) == VG_OK);
    two.text = vgk_snapshot_write(kit, &again, &two.len);
    two.more = vgk_companion_write(kit, &again, &two.more_len);
    FUZZ_CHECK(two.len == one.len && memcmp(two.text, one.text, one.len) == 0);
    FUZZ_CHECK(!two.more == !one.more);
    FUZZ_CHECK(!one.more || (two.more_len == one.more_len &&
                             memcmp(two.more, one.more, one.more_len) == 0));
    return VG_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    vg_kit *kit;
    const char *text = (const char *)data, *cut = size ? memchr(data, 0, size) : NULL;
    input in = {text, cut ? cut + 1 : NULL, cut ? (size_t)(cut - text) : size, 0};
    in.more_len = cut ? size - in.len - 1 : 0;
    FUZZ_CHECK(vg_kit_open(&kit, &(vg_kit_config){.dialect = FUZZ_DIALECT}) == VG_OK);
    int code = vgk_enter(kit, body, &in);
    FUZZ_CHECK(code == VG_OK || code == VG_INVALID || code == VG_UNSUPPORTED);
    vg_kit_close(kit);
    return 0;
}
