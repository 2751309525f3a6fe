/* The context of a run: its arena, what it owns, and how it ends when memory does. */
#include "kit/kit.h"
#include "base/alloc.h"
#include "migrate/lexer.h"
#include "kit/dialect.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int vg_kit_open(vg_kit **out, const vg_kit_config *config)
{
    static const vg_kit_config none;
    config = config ? config : &none;
    vg_kit *kit = *out = vg__alloc(&config->allocator, NULL, 0, sizeof *kit);
    if (!kit)
        return VG_NO_MEMORY;
    *kit = (vg_kit){.config = *config, .arena = {.allocator = config->allocator}};
    vg_kit_config *c = &kit->config;
    c->dialect = c->dialect ? c->dialect : "sqlite";
    c->out = c->out ? c->out : "migrations";
    c->table = c->table ? c->table : VG_MIGRATIONS_TABLE;
    c->table_schema = c->table_schema ? c->table_schema : VG_MIGRATIONS_SCHEMA;
    kit->ledger = (vg_applied_in){c->table_schema, c->table};
    kit->dialect = vgk_dialect_named(c->dialect);
    if (!kit->dialect)
        return vgk_fail(kit, VG_UNSUPPORTED,
                        "there is no dialect \"%s\"; this version knows: sqlite, "
                        "postgresql",
                        c->dialect);
    return VG_OK;
}

static void release_all(vg_kit *kit)
{
    while (kit->owned) {
        vgk_owned *o = kit->owned;
        kit->owned = o->next;
        o->release(o->ptr);
    }
}

void vg_kit_close(vg_kit *kit)
{
    if (!kit)
        return;
    release_all(kit);
    vg_arena_free(&kit->arena);
    vg_allocator allocator = kit->config.allocator;
    vg__alloc(&allocator, kit, sizeof *kit, 0);
}

const char *vg_kit_error(const vg_kit *kit)
{
    return kit ? kit->message : vg_code_text(VG_NO_MEMORY);
}

int vgk_fail(vg_kit *kit, int code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(kit->message, sizeof kit->message, format, args);
    va_end(args);
    return kit->code = code;
}

int vgk_enter(vg_kit *kit, int (*body)(vg_kit *kit, void *args), void *args)
{
    jmp_buf escape;
    kit->message[0] = 0;
    kit->code = VG_OK;
    kit->escape = &escape;
    int code =
        setjmp(escape) ? vgk_fail(kit, VG_NO_MEMORY, "out of memory") : body(kit, args);
    kit->escape = NULL;
    release_all(kit);
    return code;
}

int vgk_inside(vg_kit *kit, int (*body)(vg_kit *kit, void *args), void *args)
{
    jmp_buf escape;
    void *volatile outer = kit->escape;
    kit->escape = &escape;
    int code =
        setjmp(escape) ? vgk_fail(kit, VG_NO_MEMORY, "out of memory") : body(kit, args);
    kit->escape = outer;
    return code;
}

_Noreturn void vgk_no_memory(vg_kit *kit)
{
    if (!kit->escape)
        abort(); /* a stage that was called without vgk_enter */
    longjmp(*(jmp_buf *)kit->escape, 1);
}

void *vgk_alloc(vg_kit *kit, size_t size)
{
    void *p = vg_arena_alloc(&kit->arena, size ? size : 1);
    if (!p)
        vgk_no_memory(kit);
    return memset(p, 0, size);
}

char *vgk_text_len(vg_kit *kit, const char *text, size_t len)
{
    char *copy = vgk_alloc(kit, len + 1);
    if (len)
        memcpy(copy, text, len);
    return copy;
}

char *vgk_text(vg_kit *kit, const char *text)
{
    return vgk_text_len(kit, text, strlen(text));
}

char *vgk_token_text(vg_kit *kit, const vg_token *token)
{
    char *text = vgk_alloc(kit, token->len + 1);
    vg__token_text(token, text);
    return text;
}

char *vgk_print_args(vg_kit *kit, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = vgk_alloc(kit, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, args);
    return text;
}

char *vgk_print(vg_kit *kit, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = vgk_print_args(kit, format, args);
    va_end(args);
    return text;
}

void vgk_own(vg_kit *kit, void *ptr, void (*release)(void *ptr))
{
    if (!ptr)
        return;
    vgk_owned *o = vg_arena_alloc(&kit->arena, sizeof *o);
    if (!o) {
        release(ptr);
        vgk_no_memory(kit);
    }
    *o = (vgk_owned){.next = kit->owned, .ptr = ptr, .release = release};
    kit->owned = o;
}

void vgk_disown(vg_kit *kit, void *ptr)
{
    for (vgk_owned **at = &kit->owned; *at; at = &(*at)->next) {
        if ((*at)->ptr == ptr) {
            *at = (*at)->next;
            return;
        }
    }
}

void vgk_release(vg_kit *kit, void *ptr)
{
    for (vgk_owned *o = kit->owned; o; o = o->next) {
        if (o->ptr == ptr) {
            vgk_disown(kit, ptr);
            o->release(ptr);
            return;
        }
    }
}

void *vgk_list(vg_kit *kit, size_t len, size_t size)
{
    size_t room = 1;
    while (room < len)
        room *= 2;
    return vgk_alloc(kit, room * size);
}

void *vgk_add(vg_kit *kit, void **data, size_t *len, size_t size)
{
    /* Room is doubled when the number of elements is a power of two. */
    if ((*len & (*len - 1)) == 0) {
        void *more = vgk_alloc(kit, (*len ? *len * 2 : 1) * size);
        if (*len)
            memcpy(more, *data, *len * size);
        *data = more;
    }
    return memset((char *)*data + (*len)++ * size, 0, size);
}

static void free_buf(void *ptr)
{
    vg__buf_free(ptr);
}

vg_buf *vgk_buf(vg_kit *kit)
{
    vg_buf *buf = vgk_alloc(kit, sizeof *buf);
    vg__buf_init(buf, &kit->config.allocator, 1u << 30);
    vgk_own(kit, buf, free_buf);
    return buf;
}

char *vgk_buf_text(vg_kit *kit, vg_buf *buf, size_t *len)
{
    if (buf->failed)
        vgk_no_memory(kit);
    char *text = vgk_text_len(kit, buf->text, buf->len);
    if (len)
        *len = buf->len;
    vgk_release(kit, buf);
    return text;
}
