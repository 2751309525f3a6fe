/* Arbitrary journals, with git's marks in them or not: refused with a reason, or read; and
 * what was read is written in a way that reads and writes the same. */
#include "fuzz.h"
#include "kit/conflict.h"
#include "kit/json.h"

typedef struct input {
    const char *text;
    size_t len;
} input;

static void check_journal(const vgk_journal *journal)
{
    for (size_t i = 0; i < journal->len; i++) {
        const vgk_entry *e = &journal->data[i];
        FUZZ_CHECK(vgk_tag_is_sound(e->tag));
        FUZZ_CHECK(e->idx >= 0 && e->when >= 0 && e->version);
        FUZZ_CHECK(vgk_journal_find(journal, e->tag) == i);
    }
}

static int body(vg_kit *kit, void *args)
{
    const input *in = args;
    vgk_journal journal, again;
    size_t len, other;
    vgk_conflict_line(in->text, in->len);
    for (int side = VGK_OURS; side <= VGK_THEIRS; side++) {
        vgk_side_of(kit, in->text, in->len, (vgk_side)side, &len);
        FUZZ_CHECK(len <= in->len);
    }
    if (vgk_journal_read(kit, in->text, in->len, "journal", &journal)) {
        FUZZ_CHECK(kit->message[0]);
        return kit->code;
    }
    check_journal(&journal);
    const char *text = vgk_journal_write(kit, &journal, &len);
    FUZZ_CHECK(vgk_journal_read(kit, text, len, "written", &again) == VG_OK);
    FUZZ_CHECK(again.len == journal.len);
    const char *copy = vgk_journal_write(kit, &again, &other);
    FUZZ_CHECK(other == len && memcmp(copy, text, len) == 0);
    *VGK_ADD(kit, &journal) = (vgk_entry){.tag = "0000_x", .version = "6"};
    return VG_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    vg_kit *kit;
    input in = {(const char *)data, size};
    FUZZ_CHECK(vg_kit_open(&kit, NULL) == VG_OK);
    int code = vgk_enter(kit, body, &in);
    FUZZ_CHECK(code == VG_OK || code == VG_INVALID);
    vg_kit_close(kit);
    return 0;
}
