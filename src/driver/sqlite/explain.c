/* What SQLite tells of a statement without running it: its plan, and the types that its
 * tables declare. */
#include "driver/sqlite/sqlite.h"

typedef enum affinity { AS_INTEGER, AS_TEXT, AS_BLOB, AS_REAL, AS_NUMERIC } affinity;

static bool holds(const char *type, const char *part)
{
    size_t len = strlen(part);
    for (; *type; type++)
        if (sqlite3_strnicmp(type, part, (int)len) == 0)
            return true;
    return false;
}

/* By SQLite's own rules, in its order. */
static affinity affinity_of(const char *type)
{
    static const struct {
        const char *part;
        affinity as;
    } rules[] = {{"INT", AS_INTEGER}, {"CHAR", AS_TEXT}, {"CLOB", AS_TEXT},
                 {"TEXT", AS_TEXT},   {"BLOB", AS_BLOB}, {"REAL", AS_REAL},
                 {"FLOA", AS_REAL},   {"DOUB", AS_REAL}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (holds(type, rules[i].part))
            return rules[i].as;
    return AS_NUMERIC;
}

bool vg__sqlite_column_fits(void *native, size_t i, const vg_slot *slot,
                            const char **declared)
{
    *declared = sqlite3_column_decltype(native, (int)i);
    if (!*declared || !**declared)
        return true;
    affinity as = affinity_of(*declared);
    switch ((vg_slot_kind)slot->kind) {
    case VG_SLOT_INT:
    case VG_SLOT_BOOL: return as == AS_INTEGER || as == AS_NUMERIC;
    case VG_SLOT_REAL: return as != AS_TEXT && as != AS_BLOB;
    case VG_SLOT_TEXT: return as == AS_TEXT || as == AS_NUMERIC;
    case VG_SLOT_BLOB: return as == AS_BLOB;
    case VG_SLOT_TIME: return as != AS_BLOB && as != AS_REAL;
    case VG_SLOT_UUID: return as == AS_TEXT || as == AS_BLOB;
    default: return true;
    }
}

/* The sources that are made on the way and read back: not tables. */
typedef struct made_names {
    char names[16][130];
    size_t count;
} made_names;

static const char *after(const char *text, const char *start)
{
    size_t len = strlen(start);
    return strncmp(text, start, len) == 0 ? text + len : NULL;
}

/* A name ends at a blank: SQLite does not quote them here. */
static void take_name(char room[130], const char *text, const char *end)
{
    size_t len = end ? (size_t)(end - text) : strcspn(text, " ");
    if (len > 129)
        len = 129;
    memcpy(room, text, len);
    room[len] = 0;
}

/* Before 3.36 a plan says "TABLE users AS boss" where it says "boss" later. */
static void source_name(char room[130], const char *text)
{
    const char *old = after(text, "TABLE "), *alias = old ? strstr(old, " AS ") : NULL;
    const char *use = strstr(text, " USING ");
    if (alias && (!use || alias < use))
        take_name(room, alias + 4, NULL);
    else
        take_name(room, old ? old : text, NULL);
}

static bool is_made(const made_names *made, const char *name)
{
    for (size_t i = 0; i < made->count; i++)
        if (strcmp(made->names[i], name) == 0)
            return true;
    return name[0] == '(';
}

static void read_step(vg_step *step, made_names *made, const char *detail)
{
    const char *rest;
    *step = (vg_step){.detail = detail};
    if ((rest = after(detail, "MATERIALIZE ")) ||
        (rest = after(detail, "CO-ROUTINE "))) {
        if (made->count < sizeof made->names / sizeof *made->names)
            take_name(made->names[made->count++], rest, NULL);
        return;
    }
    if (strncmp(detail, "USE TEMP B-TREE", 15) == 0) {
        step->kind = VG_STEP_SORT;
        return;
    }
    bool scan = (rest = after(detail, "SCAN ")) != NULL;
    if (!scan && !(rest = after(detail, "SEARCH ")))
        return;
    source_name(step->table, rest);
    if (strstr(rest, "USING AUTOMATIC"))
        step->kind = VG_STEP_AUTO_INDEX;
    else if (scan && !strstr(rest, "VIRTUAL TABLE") && !strstr(rest, "CONSTANT ROW") &&
             !is_made(made, step->table))
        step->kind = VG_STEP_SCAN;
}

static int read_plan(vg_db *db, sqlite3_stmt *plan,
                     int (*each)(void *ctx, const vg_step *step), void *ctx)
{
    made_names made = {.count = 0};
    for (;;) {
        int step = vg__sqlite_step(db, plan);
        if (step != VG_STEP_ROW)
            return step == VG_STEP_DONE ? VG_OK : step;
        const char *detail = (const char *)sqlite3_column_text(plan, 3);
        if (!detail)
            return vg__fail(db, VG_NO_MEMORY, sqlite3_sql(plan), "out of memory");
        vg_step one;
        read_step(&one, &made, detail);
        int rc = each(ctx, &one);
        if (rc != VG_OK)
            return rc;
    }
}

int vg__sqlite_explain(vg_db *db, const char *sql,
                       int (*each)(void *ctx, const vg_step *step), void *ctx)
{
    char *text = sqlite3_mprintf("explain query plan %s", sql);
    void *plan = NULL;
    if (!text)
        return vg__fail(db, VG_NO_MEMORY, sql, "out of memory");
    int rc = vg__sqlite_prepare(db, text, strlen(text), &plan);
    if (rc == VG_OK)
        rc = read_plan(db, plan, each, ctx);
    sqlite3_finalize(plan);
    sqlite3_free(text);
    return rc;
}
