#!/bin/bash
# Writes what the compile-cost table compiles:
#
#     bench/compile/gen.sh FOLDER
#
#     tables.h     30 tables of 13 columns and their SCHEMA
#     empty.c      nothing but the include of Virga
#     schema.c     nothing but the include of tables.h
#     q0.c q20.c q40.c   0, 20 and 40 functions of one query each, in equal parts a
#                  row by key, a filtered list, an insert, an update and a delete
set -eu
folder=${1:?usage: gen.sh FOLDER}
mkdir -p "$folder"

{
    echo "#include <virga/virga.h>"
    names=
    for i in $(seq -w 1 30); do
        cat <<END
TABLE(t$i,
    COLUMN(id,         INTEGER,   PRIMARY_KEY),
    COLUMN(name,       TEXT,      NOT_NULL, UNIQUE),
    COLUMN(email,      TEXT,      NOT_NULL),
    COLUMN(role,       TEXT,      NOT_NULL, DEFAULT("user")),
    COLUMN(title,      TEXT),
    COLUMN(score,      INTEGER,   NOT_NULL),
    COLUMN(rank,       INTEGER),
    COLUMN(price,      REAL,      NOT_NULL),
    COLUMN(weight,     REAL),
    COLUMN(is_active,  BOOLEAN,   NOT_NULL, DEFAULT(true)),
    COLUMN(created_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    COLUMN(note,       TEXT),
    COLUMN(parent_id,  INTEGER,   REFERENCES(t$i, id)),
    INDEX(t${i}_parent_idx, parent_id))
END
        names="$names, t$i"
    done
    echo "SCHEMA(large$names)"
} >"$folder/tables.h"

echo "#include <virga/virga.h>" >"$folder/empty.c"
echo '#include "tables.h"' >"$folder/schema.c"

# query NUMBER TABLE: one function
query() {
    local q=$1 t=$2
    case $((q % 5)) in
    0) cat <<END
int q$q(vg_db *db, vg_arena *arena, struct $t **out, int64_t id);
int q$q(vg_db *db, vg_arena *arena, struct $t **out, int64_t id)
{
    return vg_one(db, arena, out, SELECT($t), WHERE(EQ($t.id, id)));
}
END
        ;;
    1) cat <<END
int q$q(vg_db *db, vg_arena *arena, ${t}_list *out, const char *role, int64_t score);
int q$q(vg_db *db, vg_arena *arena, ${t}_list *out, const char *role, int64_t score)
{
    return vg_all(db, arena, out, SELECT($t),
                  WHERE(AND(EQ($t.role, role), score ? GTE($t.score, score) : SKIP,
                            EQ($t.is_active, true))),
                  ORDER_BY(DESC($t.created_at)), LIMIT(10));
}
END
        ;;
    2) cat <<END
int q$q(vg_db *db, const char *name, const char *email, int64_t score, double price);
int q$q(vg_db *db, const char *name, const char *email, int64_t score, double price)
{
    return vg_exec(db, INSERT_INTO($t, SET(name, name), SET(email, email),
                                   SET(score, score), SET(price, price)));
}
END
        ;;
    3) cat <<END
int q$q(vg_db *db, int64_t id, const char *name);
int q$q(vg_db *db, int64_t id, const char *name)
{
    return vg_exec(db, UPDATE($t, SET(name, name), SET(score, ADD($t.score, 1))),
                   WHERE(EQ($t.id, id)));
}
END
        ;;
    4) cat <<END
int q$q(vg_db *db, int64_t score, double price);
int q$q(vg_db *db, int64_t score, double price)
{
    return vg_exec(db, DELETE_FROM($t),
                   WHERE(AND(LT($t.score, score), GT($t.price, price))));
}
END
        ;;
    esac
}

for count in 0 20 40; do
    {
        echo '#include "tables.h"'
        for ((q = 0; q < count; q++)); do
            query "$q" "$(printf 't%02d' $((q % 30 + 1)))"
        done
    } >"$folder/q$count.c"
done
