/* The folder as a C file. */
#include "kit/replay.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct embed {
    const char *symbol, *path;
    const char **text;
} embed;

/* ---- C's words ---- */

static bool is_name(const char *symbol)
{
    size_t len = strlen(symbol);
    return len && len < 64 && (*symbol < '0' || *symbol > '9') &&
           strspn(symbol,
                  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                  "_") == len;
}

/* One character of a string literal; `before` is the one before it. */
static void write_char(vg_buf *out, unsigned char c, char before)
{
    char text[8];
    if (c == '\n')
        vg__buf_text(out, "\\n");
    else if (c == '"' || c == '\\' || (c == '?' && before == '?')) {
        vg__buf_char(out, '\\'); /* "??=" is another character to some compilers */
        vg__buf_char(out, (char)c);
    } else if (c < ' ' || c >= 0x7f) {
        snprintf(text, sizeof text, "\\%03o", c);
        vg__buf_text(out, text);
    } else {
        vg__buf_char(out, (char)c);
    }
}

/* A literal, each line of `text` on a line of its own. */
static void write_literal(vg_buf *out, const char *text, size_t len)
{
    vg__buf_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        write_char(out, (unsigned char)text[i], i ? text[i - 1] : 0);
        if (text[i] == '\n' && i + 1 < len)
            vg__buf_text(out, "\"\n    \"");
    }
    vg__buf_char(out, '"');
}

/* ---- the file ---- */

static void line(vg_buf *out, const char *text)
{
    vg__buf_text(out, text);
    vg__buf_char(out, '\n');
}

static void write_text(vg_kit *kit, vg_buf *out, const char *kind, size_t i,
                       const char *text, size_t len)
{
    vg__buf_text(out, vgk_print(kit, "static const char %s_%zu[] =\n    ", kind, i));
    write_literal(out, text, len);
    line(out, ";\n");
}

static void write_entry(vg_kit *kit, vg_buf *out, size_t i, const vg_migration *m)
{
    vg__buf_text(out, "    {.tag = ");
    write_literal(out, m->tag, strlen(m->tag));
    vg__buf_text(out,
                 vgk_print(kit,
                           ",\n     .when = INT64_C(%" PRId64 "),\n     .sql = sql_%zu,"
                           "\n     .sql_len = %zu,",
                           m->when, i, m->sql_len));
    if (m->down)
        vg__buf_text(out, vgk_print(kit, "\n     .down = down_%zu,", i));
    line(out, vgk_print(kit, "\n     .hash = \"%s\",", m->hash));
    line(out, vgk_print(kit, "     .hash_eol = \"%s\"},", m->hash_eol));
}

/* "app_fingerprint" of "app_migrations". */
static const char *fingerprint_symbol(vg_kit *kit, const char *symbol)
{
    static const char end[] = "_migrations";
    size_t len = strlen(symbol), n = strlen(end);
    if (len > n && strcmp(symbol + len - n, end) == 0)
        len -= n;
    return vgk_print(kit, "%.*s_fingerprint", (int)len, symbol);
}

static const char *file_text(vg_kit *kit, const char *symbol, const vg_migrations *all,
                             const char *fingerprint)
{
    vg_buf *out = vgk_buf(kit);
    const char *print = fingerprint_symbol(kit, symbol);
    line(out,
         "/* Written by `virga embed` from the folder of migrations; do not edit. */");
    line(out, "#include <stdint.h>");
    line(out, "#include <virga/migrate.h>\n");
    line(out, vgk_print(kit, "extern const vg_migrations %s;", symbol));
    line(out, vgk_print(kit, "extern const char %s[];\n", print));
    line(out,
         "/* C promises no literals beyond 4095 bytes, gcc and clang have no end. */");
    line(out, "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
    for (size_t i = 0; i < all->len; i++) {
        write_text(kit, out, "sql", i, all->data[i].sql, all->data[i].sql_len);
        if (all->data[i].down)
            write_text(kit, out, "down", i, all->data[i].down,
                       strlen(all->data[i].down));
    }
    if (all->len) {
        line(out, "static const vg_migration migrations[] = {");
        for (size_t i = 0; i < all->len; i++)
            write_entry(kit, out, i, &all->data[i]);
        line(out, "};\n");
    }
    line(out, vgk_print(kit, "const vg_migrations %s = {%s, %zu};", symbol,
                        all->len ? "migrations" : "NULL", all->len));
    line(out, vgk_print(kit, "const char %s[] = \"%s\";", print, fingerprint));
    return vgk_buf_text(kit, out, NULL);
}

/* Of an empty database after all of them. */
static int fingerprint_of(vg_kit *kit, const vgk_journal *journal,
                          const vg_migrations *all, char out[VG_FINGERPRINT_ROOM])
{
    vg_db *db;
    vg_migration *copy = vgk_alloc(kit, all->len * sizeof *copy);
    if (all->len)
        memcpy(copy, all->data, all->len * sizeof *copy);
    vg_migrations tried = {copy, all->len};
    int rc = vgk_scratch(kit, &db);
    if (rc == VG_OK)
        rc = vgk_fill_baseline(kit, db, journal, &tried);
    if (rc == VG_OK)
        rc = vgk_replay(kit, db, &tried, NULL);
    if (rc == VG_OK)
        rc = vg_fingerprint(db, kit->config.table, out);
    return rc;
}

static int run(vg_kit *kit, void *args)
{
    const embed *e = args;
    vgk_journal journal;
    vg_migrations all;
    char fingerprint[VG_FINGERPRINT_ROOM] = "";
    if (!is_name(e->symbol))
        return vgk_fail(
            kit, VG_INVALID,
            "\"%s\" is no name for a variable in C: letters, digits and _ do",
            e->symbol);
    int rc = vgk_folder_journal(kit, &journal);
    if (rc == VG_OK)
        rc = vgk_load(kit, &journal, &all);
    if (rc != VG_OK)
        return rc;
    rc = fingerprint_of(kit, &journal, &all, fingerprint);
    if (rc == VG_NO_MEMORY)
        return rc;
    if (rc != VG_OK) {
        fingerprint[0] = 0;
        kit->message[0] = 0;
        kit->code = VG_OK;
    }
    *e->text = file_text(kit, e->symbol, &all, fingerprint);
    return e->path ? vgk_write_file(kit, e->path, *e->text, strlen(*e->text)) : VG_OK;
}

int vg_kit_embed(vg_kit *kit, const char *symbol, const char *path, const char **text)
{
    const char *none;
    text = text ? text : &none;
    *text = "";
    return vgk_enter(kit, run,
                     &(embed){symbol ? symbol : "app_migrations", path, text});
}
