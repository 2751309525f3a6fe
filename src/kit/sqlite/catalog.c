/* The catalog, by queries of Virga's own. */
#include "kit/sqlite/catalog.h"

// clang-format off
PROJECTION(vgk_row_master,
    FIELD(type,  SQL(TEXT, "")),
    FIELD(name,  SQL(TEXT, "")),
    FIELD(table, SQL(TEXT, "")),
    FIELD(sql,   NULLABLE(SQL(TEXT, ""))))

PROJECTION(vgk_row_column,
    FIELD(table,  SQL(TEXT, "")),
    FIELD(name,   SQL(TEXT, "")),
    FIELD(type,   SQL(TEXT, "")),
    FIELD(key,    SQL(INTEGER, "")),
    FIELD(hidden, SQL(INTEGER, "")))

PROJECTION(vgk_row_reference,
    FIELD(table,     SQL(TEXT, "")),
    FIELD(id,        SQL(INTEGER, "")),
    FIELD(parent,    SQL(TEXT, "")),
    FIELD(from,      SQL(TEXT, "")),
    FIELD(to,        NULLABLE(SQL(TEXT, ""))),
    FIELD(on_update, SQL(TEXT, "")),
    FIELD(on_delete, SQL(TEXT, "")))

PROJECTION(vgk_row_unique,
    FIELD(table,  SQL(TEXT, "")),
    FIELD(index,  SQL(TEXT, "")),
    FIELD(column, SQL(TEXT, "")))

PROJECTION(vgk_row_number, FIELD(n, SQL(INTEGER, "")))
// clang-format on

#define OF_TABLES                                              \
    "where m.type = 'table' and m.sql not like 'create virt%'" \
    " and m.name not like 'sqlite~_%' escape '~' order by m.rowid"

static int failed(vg_kit *kit, vg_db *db, int rc)
{
    return vgk_fail(kit, rc, "%s", vg_errmsg(db));
}

static int masters(vg_kit *kit, vg_db *db, vgk_masters *out)
{
    vgk_row_master_list rows;
    int rc = vg_all(db, &kit->arena, &rows,
                    RAW_SELECT(vgk_row_master, "select type, name, tbl_name, sql from "
                                               "main.sqlite_master order by rowid"));
    for (size_t i = 0; i < rows.len; i++)
        *VGK_ADD(kit, out) = (vgk_master){rows.data[i].type, rows.data[i].name,
                                          rows.data[i].table, rows.data[i].sql};
    return rc == VG_OK ? rc : failed(kit, db, rc);
}

static void add_columns(vg_kit *kit, const vgk_row_column_list *rows,
                        vgk_live_columns *out)
{
    for (size_t i = 0; i < rows->len; i++) {
        const struct vgk_row_column *r = &rows->data[i];
        *VGK_ADD(kit, out) =
            (vgk_live_column){r->table, r->name, r->type, r->key, r->hidden};
    }
}

static int columns(vg_kit *kit, vg_db *db, vgk_live_columns *out)
{
    vgk_row_column_list rows;
    int rc =
        vg_all(db, &kit->arena, &rows,
               RAW_SELECT(vgk_row_column,
                          "select m.name, x.name, x.type, x.pk, x.hidden "
                          "from main.sqlite_master m, "
                          "pragma_table_xinfo(m.name, 'main') x " OF_TABLES ", x.cid"));
    add_columns(kit, &rows, out);
    return rc == VG_OK ? rc : failed(kit, db, rc);
}

static int references(vg_kit *kit, vg_db *db, vgk_live_references *out)
{
    vgk_row_reference_list rows;
    int rc = vg_all(db, &kit->arena, &rows,
                    RAW_SELECT(vgk_row_reference,
                               "select m.name, f.id, f.\"table\", f.\"from\", "
                               "f.\"to\", f.on_update, f.on_delete "
                               "from main.sqlite_master m, "
                               "pragma_foreign_key_list(m.name, 'main') f " OF_TABLES
                               ", f.id desc, f.seq"));
    for (size_t i = 0; i < rows.len; i++) {
        const struct vgk_row_reference *r = &rows.data[i];
        *VGK_ADD(kit, out) = (vgk_live_reference){
            r->table, r->id, r->parent, r->from, r->to, r->on_update, r->on_delete};
    }
    return rc == VG_OK ? rc : failed(kit, db, rc);
}

static int uniques(vg_kit *kit, vg_db *db, vgk_live_uniques *out)
{
    vgk_row_unique_list rows;
    int rc = vg_all(db, &kit->arena, &rows,
                    RAW_SELECT(vgk_row_unique,
                               "select m.name, i.name, ifnull(c.name, '') "
                               "from main.sqlite_master m, "
                               "pragma_index_list(m.name, 'main') i on "
                               "i.origin = 'u', "
                               "pragma_index_info(i.name, 'main') c " OF_TABLES
                               ", i.seq desc, c.seqno"));
    for (size_t i = 0; i < rows.len; i++) {
        const struct vgk_row_unique *r = &rows.data[i];
        *VGK_ADD(kit, out) = (vgk_live_unique){r->table, r->index, r->column};
    }
    return rc == VG_OK ? rc : failed(kit, db, rc);
}

int vgk_catalog_read(vg_kit *kit, vg_db *db, vgk_catalog *out)
{
    *out = (vgk_catalog){0};
    int rc = masters(kit, db, &out->masters);
    if (rc == VG_OK)
        rc = columns(kit, db, &out->columns);
    if (rc == VG_OK)
        rc = references(kit, db, &out->references);
    return rc == VG_OK ? uniques(kit, db, &out->uniques) : rc;
}

int vgk_catalog_view(vg_kit *kit, vg_db *db, const char *view, vgk_live_columns *out,
                     const char **problem)
{
    vgk_row_column_list rows;
    *out = (vgk_live_columns){0};
    *problem = NULL;
    int rc = vg_all(db, &kit->arena, &rows,
                    RAW_SELECT(vgk_row_column,
                               "select '', name, type, pk, hidden from "
                               "pragma_table_xinfo(?, 'main') order by cid",
                               view));
    add_columns(kit, &rows, out);
    if (rc == VG_NO_MEMORY || rc == VG_BUSY || rc == VG_INTERRUPTED || rc == VG_IO)
        return failed(kit, db, rc);
    if (rc != VG_OK)
        *problem = vgk_text(kit, vg_errmsg(db));
    return VG_OK;
}

int vgk_catalog_number(vg_kit *kit, vg_db *db, const char *sql, int64_t *out)
{
    vgk_row_number_list rows;
    const vg_clause query = vg_raw_select(NULL, &vgk_row_number.vg_shape, sql, 0, NULL);
    int rc = vg_run_all(db, &kit->arena, &rows, VG_HERE, &query, 1);
    *out = rc == VG_OK && rows.len ? rows.data[0].n : 0;
    return rc == VG_OK ? rc : failed(kit, db, rc);
}
