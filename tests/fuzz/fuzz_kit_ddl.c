/* CREATE statements: no text breaks the readers, and what SQLite takes they understand. SQLite
 * is the judge: a table that it makes has the columns that are read from its text.
 *
 *     input: SQL; its first CREATE statement is run, too */
#include "fuzz.h"
#include "kit/sqlite/introspect.h"
#include "kit/sqlite/same.h"
#include <sqlite3.h>

static vg_kit *kit;

/* Each reader by itself: the text may be of any of them. */
static int read_text(vg_kit *k, void *text)
{
    vgk_read_table table;
    vgk_read_index index;
    vgk_read_view view;
    vgk_trigger_text trigger;
    vgk_full_text full_text;
    vgk_read_create_table(k, text, &table);
    vgk_read_create_index(k, text, &index);
    vgk_read_create_view(k, text, &view);
    vgk_read_create_trigger(k, text, &trigger);
    vgk_read_full_text(k, text, &full_text);
    FUZZ_CHECK(vgk_sqlite_same(text, text, NULL, 0));
    FUZZ_CHECK(vgk_sqlite_same(text, text, "t", VGK_SAME_PARENS | VGK_SAME_ASC));
    return VG_OK;
}

static int introspect(vg_kit *k, void *db)
{
    vgk_snapshot live;
    int rc = k->dialect->introspect(k, db, false, &live);
    for (size_t i = 0; rc == VG_OK && i < live.notes.len; i++) {
        if (strstr(live.notes.data[i], "not understood"))
            fprintf(stderr, "%s\n", live.notes.data[i]);
        FUZZ_CHECK(!strstr(live.notes.data[i], "not understood"));
    }
    return rc;
}

static int stop(void *ctx)
{
    (void)ctx;
    return 1;
}

/* Run a CREATE, and nothing else: it could touch files. */
static void run(const char *text)
{
    vg_lexer lexer;
    vg_db *db;
    sqlite3_stmt *stmt = NULL;
    vgk_sqlite_read(&lexer, text);
    vg_token first = vg__lexer_next(&lexer);
    if (!vg__token_is(&first, "CREATE"))
        return;
    FUZZ_CHECK(vg_open(&db, ":memory:", NULL) == VG_OK);
    sqlite3 *conn = vg_raw(db);
    sqlite3_exec(
        conn,
        "create table t (a, b, c); create table posts (id integer primary key, t)",
        NULL, NULL, NULL);
    sqlite3_progress_handler(conn, 20000, stop, NULL);
    bool made = sqlite3_prepare_v2(conn, text, -1, &stmt, NULL) == SQLITE_OK && stmt &&
                sqlite3_step(stmt) == SQLITE_DONE;
    sqlite3_finalize(stmt);
    if (made)
        vgk_enter(kit, introspect, db);
    FUZZ_CHECK(vg_close(db) == VG_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    FUZZ_CHECK(text);
    memcpy(text, data, size);
    text[size] = 0;
    FUZZ_CHECK(vg_kit_open(&kit, NULL) == VG_OK);
    vgk_enter(kit, read_text, text);
    run(text);
    vg_kit_close(kit);
    free(text);
    return 0;
}
