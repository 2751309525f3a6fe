/* What the core takes: a program that opens, creates, inserts, updates, selects and runs a
 * transaction, to be linked statically and measured (bench/run.sh). */
#include <virga/virga.h>

TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(text, TEXT, NOT_NULL))

SCHEMA(notebook, notes)

int main(void)
{
    vg_db *db;
    vg_arena arena = {0};
    notes_list all;
    int rc = vg_open(&db, ":memory:", NULL) || vg_create(db, &notebook);
    VG_TRANSACTION(db, tx) {
        vg_exec(db, INSERT_INTO(notes, SET(text, "a")));
        vg_exec(db, UPDATE(notes, SET(text, "b")), WHERE(EQ(notes.id, 1)));
    }
    rc = rc || vg_result(db) || vg_all(db, &arena, &all, SELECT(notes));
    vg_arena_free(&arena);
    vg_close(db);
    return rc;
}
