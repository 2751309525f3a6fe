/* The kit's context, and what all its stages use: memory that needs no checks, errors. */
#pragma once
#include "base/buf.h"
#include "core/migrator.h"
#include <stdarg.h>
#include <virga/kit.h>
#include <virga/virga.h>

struct vgk_dialect;
struct vg_token;

/* Something to release when the call ends early. */
typedef struct vgk_owned {
    struct vgk_owned *next;
    void *ptr;
    void (*release)(void *ptr);
} vgk_owned;

struct vg_kit {
    vg_kit_config config; /* defaults filled in */
    vg_applied_in ledger; /* by it */
    const struct vgk_dialect *dialect;
    const vg_schema *schema; /* that vgk_snapshot_of_schema reads */
    vg_arena arena;          /* everything until vg_kit_close */
    vgk_owned *owned;
    void *escape; /* jmp_buf of the running call; NULL: none runs */
    int code;
    char message[4096];
};

/* Run `body` as a public call: the error is forgotten first; VG_NO_MEMORY when memory ends in
 * it; what it owns by then is released either way. */
int vgk_enter(vg_kit *kit, int (*body)(vg_kit *kit, void *args), void *args);

/* Run `body` inside of a transaction, which nothing may jump out of: VG_NO_MEMORY when memory
 * ends in it. */
int vgk_inside(vg_kit *kit, int (*body)(vg_kit *kit, void *args), void *args);

/* Record what went wrong: what, where, what to do. Returns `code`. */
int vgk_fail(vg_kit *kit, int code, const char *format, ...) VG_PRINTF(3, 4);

/* Memory and texts in the kit's arena. They never return NULL: when memory ends, the public
 * call does (vgk_enter). So whatever else is held must be registered by vgk_own. */
void *vgk_alloc(vg_kit *kit, size_t size); /* zeroed */
/* Memory has ended: the running call does, with VG_NO_MEMORY. */
_Noreturn void vgk_no_memory(vg_kit *kit);
char *vgk_text(vg_kit *kit, const char *text);
char *vgk_text_len(vg_kit *kit, const char *text, size_t len);
/* A token's, without its quotes. */
char *vgk_token_text(vg_kit *kit, const struct vg_token *token);
char *vgk_print(vg_kit *kit, const char *format, ...) VG_PRINTF(2, 3);
char *vgk_print_args(vg_kit *kit, const char *format, va_list args) VG_PRINTF(2, 0);

/* Have `release(ptr)` called when the running call ends or memory does; vgk_disown forgets it,
 * vgk_release calls it now. */
void vgk_own(vg_kit *kit, void *ptr, void (*release)(void *ptr));
void vgk_disown(vg_kit *kit, void *ptr);
void vgk_release(vg_kit *kit, void *ptr);

/* A text that grows; vgk_buf_text copies it to the arena and frees the buffer. */
vg_buf *vgk_buf(vg_kit *kit);
char *vgk_buf_text(vg_kit *kit, vg_buf *buf, size_t *len);
