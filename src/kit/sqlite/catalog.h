/* What a live SQLite database says of itself: rows of sqlite_master and of PRAGMAs, in the
 * kit's arena. */
#pragma once
#include "kit/snapshot.h"

typedef struct vgk_master {
    const char *type, *name, *table, *sql; /* sql: NULL of an index of a constraint */
} vgk_master;
typedef struct vgk_masters {
    vgk_master *data;
    size_t len;
} vgk_masters;

typedef struct vgk_live_column {
    const char *table, *name, *type;
    int64_t key;    /* its place in the primary key, from 1; 0: not in it */
    int64_t hidden; /* 1: of a virtual table; 2, 3: generated */
} vgk_live_column;
typedef struct vgk_live_columns {
    vgk_live_column *data;
    size_t len;
} vgk_live_columns;

/* A column of a foreign key; the same id says the same key of a table. */
typedef struct vgk_live_reference {
    const char *table;
    int64_t id;
    const char *parent, *from, *to; /* to: NULL, the parent's key */
    const char *on_update, *on_delete;
} vgk_live_reference;
typedef struct vgk_live_references {
    vgk_live_reference *data;
    size_t len;
} vgk_live_references;

/* A column of a UNIQUE constraint, which is an index that SQLite made. */
typedef struct vgk_live_unique {
    const char *table, *index, *column;
} vgk_live_unique;
typedef struct vgk_live_uniques {
    vgk_live_unique *data;
    size_t len;
} vgk_live_uniques;

/* Of tables, each list in the order of the tables and in that of the CREATE TABLE. */
typedef struct vgk_catalog {
    vgk_masters masters;
    vgk_live_columns columns;
    vgk_live_references references;
    vgk_live_uniques uniques;
} vgk_catalog;

/* All of it, in a few queries however many tables there are. */
int vgk_catalog_read(vg_kit *kit, vg_db *db, vgk_catalog *out);

/* The columns of a view. A view that the database cannot run any more: what it says of it,
 * and VG_OK. */
int vgk_catalog_view(vg_kit *kit, vg_db *db, const char *view, vgk_live_columns *out,
                     const char **problem);

/* The number that a query of one row and column yields. */
int vgk_catalog_number(vg_kit *kit, vg_db *db, const char *sql, int64_t *out);
