/* CREATE INDEX, VIEW, TRIGGER and VIRTUAL TABLE. */
#include "kit/sqlite/create.h"
#include <string.h>
#include <strings.h>

/* The rest of the text, without a ";" at its end. */
static const char *rest(vgk_reader *r)
{
    const char *from = r->token.text, *to = from;
    while (r->token.kind != VG_TOKEN_END) {
        bool semicolon = vg__token_is(&r->token, ";");
        vgk_reader_next(r);
        if (!semicolon)
            to = r->last;
    }
    return vgk_text_len(r->kit, from, (size_t)(to - from));
}

/* ---- indexes ---- */

/* `text` without the ASC or DESC at its end, which `order` gets. */
static const char *split_order(vg_kit *kit, const char *text, const char **order)
{
    vgk_reader r;
    const char *end = text;
    *order = "";
    vgk_reader_open(&r, kit, text);
    while (r.token.kind != VG_TOKEN_END) {
        vg_token t = r.token;
        const char *before = r.last;
        vgk_reader_next(&r);
        if (r.token.kind != VG_TOKEN_END)
            continue;
        bool asc = vg__token_is(&t, "ASC"), desc = vg__token_is(&t, "DESC");
        *order = asc ? " asc" : desc ? " desc" : "";
        end = asc || desc ? before : r.last;
    }
    return vgk_text_len(kit, text, (size_t)(end - text));
}

bool vgk_read_term_of(vg_kit *kit, const char *text, vgk_read_term *out)
{
    vgk_reader r;
    out->text = split_order(kit, text, &out->order);
    vgk_reader_open(&r, kit, out->text);
    const char *name = r.token.kind == VG_TOKEN_TEXT ? NULL : vgk_reader_name(&r);
    out->is_expression = !name || r.token.kind != VG_TOKEN_END;
    if (!out->is_expression)
        out->text = name;
    return *text != 0;
}

bool vgk_read_create_index(vg_kit *kit, const char *sql, vgk_read_index *out)
{
    vgk_reader r;
    *out = (vgk_read_index){0};
    vgk_reader_open(&r, kit, sql);
    vgk_reader ahead = r;
    out->unique =
        vgk_reader_word(&ahead, "CREATE") && vgk_reader_word(&ahead, "UNIQUE");
    if (!vgk_reader_create(&r, (const char *const[]){"INDEX", NULL}) ||
        !vgk_reader_word(&r, "ON") || !vgk_reader_name(&r) || !vgk_reader_sign(&r, "("))
        return false;
    do {
        const char *text = vgk_reader_until_comma(&r);
        if (!vgk_read_term_of(kit, text, VGK_ADD(kit, &out->terms)))
            return false;
    } while (vgk_reader_sign(&r, ","));
    if (!vgk_reader_sign(&r, ")"))
        return false;
    if (vgk_reader_word(&r, "WHERE"))
        out->where = rest(&r);
    vgk_reader_sign(&r, ";");
    return r.token.kind == VG_TOKEN_END;
}

/* ---- views ---- */

static bool names(vgk_reader *r, vgk_texts *out)
{
    do {
        const char *name = vgk_reader_name(r);
        if (!name)
            return false;
        *VGK_ADD(r->kit, out) = name;
    } while (vgk_reader_sign(r, ","));
    return true;
}

bool vgk_read_create_view(vg_kit *kit, const char *sql, vgk_read_view *out)
{
    vgk_reader r;
    *out = (vgk_read_view){0};
    vgk_reader_open(&r, kit, sql);
    if (!vgk_reader_create(&r, (const char *const[]){"VIEW", NULL}))
        return false;
    if (vgk_reader_sign(&r, "(") &&
        (!names(&r, &out->columns) || !vgk_reader_sign(&r, ")")))
        return false;
    if (!vgk_reader_word(&r, "AS"))
        return false;
    out->definition = rest(&r);
    return *out->definition != 0;
}

/* ---- triggers ---- */

static bool event(vgk_reader *r, vgk_trigger_text *out)
{
    static const char *const events[] = {"INSERT", "UPDATE", "DELETE"};
    for (size_t i = 0; i < sizeof events / sizeof *events && !out->event; i++)
        if (vgk_reader_word(r, events[i]))
            out->event = events[i];
    return out->event && (!vgk_reader_word(r, "OF") || names(r, &out->columns));
}

/* The tokens up to BEGIN, which is no name there. */
static const char *condition(vgk_reader *r)
{
    const char *from = r->token.text, *to = from;
    while (!vg__token_is(&r->token, "BEGIN")) {
        if (r->token.kind == VG_TOKEN_END)
            return NULL;
        vgk_reader_next(r);
        to = r->last;
    }
    return vgk_text_len(r->kit, from, (size_t)(to - from));
}

static const char *body(vgk_reader *r)
{
    const char *from = r->token.text, *to = from, *before = from;
    bool end = false;
    while (r->token.kind != VG_TOKEN_END) {
        bool semicolon = vg__token_is(&r->token, ";");
        if (!semicolon || !end) {
            to = before;
            end = vg__token_is(&r->token, "END");
        }
        vgk_reader_next(r);
        before = r->last;
    }
    return end ? vgk_text_len(r->kit, from, (size_t)(to - from)) : NULL;
}

bool vgk_read_create_trigger(vg_kit *kit, const char *sql, vgk_trigger_text *out)
{
    vgk_reader r;
    *out = (vgk_trigger_text){.time = "BEFORE"};
    vgk_reader_open(&r, kit, sql);
    out->name = vgk_reader_create(&r, (const char *const[]){"TRIGGER", NULL});
    if (!out->name)
        return false;
    if (vgk_reader_word(&r, "AFTER"))
        out->time = "AFTER";
    else if (vgk_reader_word(&r, "INSTEAD"))
        out->time = vgk_reader_word(&r, "OF") ? "INSTEAD OF" : NULL;
    else
        vgk_reader_word(&r, "BEFORE");
    if (!out->time || !event(&r, out) || !vgk_reader_word(&r, "ON"))
        return false;
    out->table = vgk_reader_name(&r);
    if (out->table && vgk_reader_sign(&r, "."))
        out->table = vgk_reader_name(&r);
    if (!out->table)
        return false;
    if (vgk_reader_word(&r, "FOR")) {
        vgk_reader_next(&r); /* EACH */
        vgk_reader_next(&r); /* ROW */
    }
    if (vgk_reader_word(&r, "WHEN") && !(out->when = condition(&r)))
        return false;
    if (!vgk_reader_word(&r, "BEGIN"))
        return false;
    out->body = body(&r);
    return out->body && *out->body;
}

/* ---- virtual tables ---- */

bool vgk_read_create_virtual(vg_kit *kit, const char *sql, vgk_read_virtual *out)
{
    vgk_reader r;
    *out = (vgk_read_virtual){0};
    vgk_reader_open(&r, kit, sql);
    out->name = vgk_reader_create(&r, (const char *const[]){"VIRTUAL", "TABLE", NULL});
    if (!out->name || !vgk_reader_word(&r, "USING"))
        return false;
    out->module = vgk_reader_name(&r);
    if (!out->module)
        return false;
    if (vgk_reader_sign(&r, "(")) {
        do
            *VGK_ADD(kit, &out->arguments) = vgk_reader_until_comma(&r);
        while (vgk_reader_sign(&r, ","));
        if (!vgk_reader_sign(&r, ")"))
            return false;
    }
    vgk_reader_sign(&r, ";");
    return r.token.kind == VG_TOKEN_END;
}

/* key = value; what it is, in `option`. */
static bool option(vgk_reader *r, vgk_full_text *out)
{
    const char *key = vgk_reader_name(r);
    if (!key || !vgk_reader_sign(r, "="))
        return false;
    const char *value = vgk_reader_name(r);
    const char **to = strcasecmp(key, "content") == 0         ? &out->content
                      : strcasecmp(key, "content_rowid") == 0 ? &out->key
                      : strcasecmp(key, "tokenize") == 0      ? &out->tokenize
                      : strcasecmp(key, "prefix") == 0        ? &out->prefix
                                                              : NULL;
    if (!value || !to || *to)
        return false;
    *to = value;
    return *value && r->token.kind == VG_TOKEN_END;
}

static bool argument(vg_kit *kit, const char *text, vgk_full_text *out)
{
    vgk_reader r, ahead;
    vgk_reader_open(&r, kit, text);
    ahead = r;
    const char *name = vgk_reader_name(&ahead);
    if (!name)
        return false;
    if (vg__token_is(&ahead.token, "="))
        return option(&r, out);
    *VGK_ADD(kit, &out->columns) = name;
    if (vgk_reader_word(&ahead, "UNINDEXED"))
        *VGK_ADD(kit, &out->unindexed) = name;
    return ahead.token.kind == VG_TOKEN_END;
}

bool vgk_read_full_text(vg_kit *kit, const char *sql, vgk_full_text *out)
{
    vgk_read_virtual v;
    *out = (vgk_full_text){0};
    if (!vgk_read_create_virtual(kit, sql, &v) || strcasecmp(v.module, "fts5") != 0)
        return false;
    out->name = v.name;
    for (size_t i = 0; i < v.arguments.len; i++)
        if (!argument(kit, v.arguments.data[i], out))
            return false;
    if (out->content && !out->key)
        out->key = "rowid";
    return out->columns.len && (out->content || !out->key);
}
