/* Building batches: statements are found or written down when they are added, with copies of
 * their values, and marked as the batch's, so that the same one added again is shared, and
 * nobody else's run or the cache's eviction can get at it. */
#include "core/batch.h"
#include "core/guard.h"
#include "core/limit.h"

enum { FIRST_ROOM = 16, STOP_AGAIN_MS = 50 };

bool vg__batch_make_room(vg_db *db, vg_grown *list, size_t size)
{
    size_t room = list->room ? list->room * 2 : FIRST_ROOM;
    void *at = vg__db_alloc(db, list->at, list->room * size, room * size);
    if (!at) {
        vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
        return false;
    }
    list->at = at;
    list->room = room;
    return true;
}

void vg__batch_release(vg_batch *b)
{
    for (size_t i = 0; i < b->parts.count; i++) {
        const vg_portion *part = vg__part_at(b, i);
        if (part->owns)
            vg__stmt_let_go(b->db, part->stmt, b);
    }
    b->parts.count = b->messages.count = 0;
}

/* ---- opening and closing ---- */

static void wait_for_end(vg_batch *b, int most_ms)
{
    unsigned want;
    while ((want = vg__batch_go_on(b)))
        if (vg__services_of(b->db)->pipeline->wait(b->db, want, most_ms) != VG_OK)
            b->lost = true;
}

static void stop(vg_batch *b)
{
    if (b->state == VG_BATCH_RUNNING) {
        b->stopping = true;
        wait_for_end(b, STOP_AGAIN_MS);
    }
    vg__batch_release(b);
    b->entries.count = 0;
}

static bool end(vg_db *db, vg_hanger *hanger, bool closing)
{
    vg_batch *b = (vg_batch *)hanger;
    bool open = b->state == VG_BATCH_RUNNING;
    stop(b);
    b->state = VG_BATCH_SPARE;
    if (!closing) {
        vg_arena_reset(&b->arena);
        return open;
    }
    vg_arena_free(&b->arena);
    vg__db_alloc(db, b->entries.at, b->entries.room * sizeof(vg_entry), 0);
    vg__db_alloc(db, b->parts.at, b->parts.room * sizeof(vg_portion), 0);
    vg__db_alloc(db, b->messages.at, b->messages.room * sizeof(vg_posted), 0);
    vg__db_alloc(db, b, sizeof *b, 0);
    return open;
}

static vg_batch *spare_of(const vg_db *db)
{
    for (vg_hanger *h = db->hangers; h; h = h->next)
        if (h->end == end && ((vg_batch *)h)->state == VG_BATCH_SPARE)
            return (vg_batch *)h;
    return NULL;
}

int vg__batch_open(vg_db *db, vg_batch **batch, vg_batch_mode mode)
{
    vg_batch *b = spare_of(db);
    if (!b) {
        b = vg__db_alloc(db, NULL, 0, sizeof *b);
        if (!b)
            return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
        *b = (vg_batch){.hanger = {db->hangers, end},
                        .db = db,
                        .arena = {.allocator = db->allocator}};
        db->hangers = &b->hanger;
    }
    b->mode = mode;
    b->state = VG_BATCH_BUILDING;
    b->code = VG_OK;
    *batch = b;
    return VG_OK;
}

int vg_batch_open(vg_db *db, vg_batch **batch, vg_batch_mode mode)
{
    *batch = NULL;
    VG_GUARD(db, NULL, VG_MISUSE);
    vg__begin(db, NULL);
    return vg__batch_open(db, batch, mode);
}

void vg_batch_close(vg_batch *b)
{
    if (b)
        end(b->db, &b->hanger, false);
}

/* ---- adding ---- */

/* A statement is not run but written down: what db->record is while one is added. */
static int record(vg_db *db, vg_stmt *stmt)
{
    vg_batch *b = db->holder;
    const vg_walk *w = &db->walk;
    bool failed = false, owns = stmt->holder != b;
    stmt->holder = b;
    vg_portion *part = vg__batch_grow(db, &b->parts, sizeof *part);
    size_t count = vg__walk_param_count(w);
    vg_param *params =
        part ? vg__arena_alloc(&b->arena, count * sizeof *params + 1) : NULL;
    if (!part && owns)
        vg__stmt_let_go(db, stmt, b);
    if (!part)
        return db->error.code;
    *part = (vg_portion){.stmt = stmt,
                         .params = params,
                         .param_count = count,
                         .entry = b->entries.count - 1,
                         .owns = owns,
                         .prepares = stmt->deferred};
    stmt->deferred = false;
    for (size_t i = 0; params && i < count; i++) {
        params[i] = w->params[i];
        params[i].value = vg__keep_value(&b->arena, params[i].value, &failed);
    }
    return params && !failed ? VG_OK
                             : vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
}

static int record_query(vg_db *db, const vg_clause *query, size_t count,
                        const char *site, vg_sink *sink)
{
    const vg_clause *head = vg__head_of(query, count);
    if (vg__is_values(head))
        return (head->kind == VG_CLAUSE_INSERT ? vg__insert_rows : vg__update_rows)(
            db, query, count, sink);
    vg__walk_query(&db->walk, query, count);
    vg_stmt *stmt =
        vg__stmt_acquire_at(db, &(vg_text_source){query, count, 0, 0, NULL}, site);
    return stmt ? record(db, stmt) : db->error.code;
}

static int refuse(vg_batch *b, const vg_entry *e, const vg_clause *query, size_t count)
{
    for (const vg_clause *q = query; q < query + count; q++)
        if (q->kind == VG_CLAUSE_WITH)
            return vg__fail(b->db, VG_UNSUPPORTED, NULL,
                            "a batch takes no WITH: load the tree by vg_all");
    unsigned kind = vg__head_of(query, count)->kind;
    bool writes = kind >= VG_CLAUSE_INSERT && kind <= VG_CLAUSE_DELETE;
    if (b->mode != VG_BATCH_EACH || !writes || e->kind == VG_ENTRY_EXEC)
        return VG_OK;
    return vg__fail(b->db, VG_MISUSE, NULL,
                    "a batch of VG_BATCH_EACH takes no RETURNING: a row that cannot be "
                    "read must take the change back. Use VG_BATCH_WHOLE");
}

static void begin_anew(vg_batch *b)
{
    vg__batch_release(b);
    vg_arena_reset(&b->arena);
    b->entries.count = 0;
    b->code = VG_OK;
    b->state = VG_BATCH_BUILDING;
}

static int add_entry(vg_batch *b, const vg_entry *entry, const vg_clause *query,
                     size_t count, const char *site)
{
    vg_db *db = b->db;
    vg_entry *e = vg__batch_grow(db, &b->entries, sizeof *e);
    if (!e)
        return db->error.code;
    *e = *entry;
    e->first = b->parts.count;
    vg_sink sink = e->sink;
    db->holder = b;
    db->record = record;
    db->defer = vg__services_of(db)->pipeline != NULL;
    int rc = record_query(db, query, count, site, &sink);
    db->record = NULL;
    db->holder = NULL;
    db->defer = false;
    e = vg__entry_at(b, b->entries.count - 1);
    e->left = e->count = b->parts.count - e->first;
    return rc;
}

static int add(vg_batch *b, vg_entry entry, const char *here, const vg_clause *query,
               size_t count)
{
    if (!b)
        return VG_NO_MEMORY;
    vg_db *db = b->db;
    VG_GUARD(db, here, VG_MISUSE);
    vg__begin(db, here);
    if (b->state == VG_BATCH_RUNNING || b->state == VG_BATCH_SPARE)
        return vg__fail(db, VG_MISUSE, NULL, "the batch is %s",
                        b->state == VG_BATCH_RUNNING ? "running" : "closed");
    if (!db->conn)
        return vg__fail(db, VG_MISUSE, NULL, "the database is not open");
    if (b->state == VG_BATCH_DONE)
        begin_anew(b);
    if (b->code != VG_OK)
        return b->code;
    entry.outcome.here = here;
    int rc = refuse(b, &entry, query, count);
    if (rc == VG_OK)
        rc = add_entry(b, &entry, query, count, db->here);
    if (rc != VG_OK) {
        b->code = rc;
        b->error = db->error;
    }
    return rc;
}

int vg_batch_add_all(vg_batch *b, vg_arena *arena, void *out, const char *here,
                     const vg_clause *query, size_t count)
{
    *(vg_list *)out = (vg_list){NULL, 0};
    return add(b,
               (vg_entry){.kind = VG_ENTRY_ALL,
                          .out = out,
                          .sink = {.kind = VG_SINK_LIST, .arena = arena}},
               here, query, count);
}

int vg_batch_add_one(vg_batch *b, vg_arena *arena, void *out, const char *here,
                     const vg_clause *query, size_t count)
{
    *(void **)out = NULL;
    return add(b,
               (vg_entry){.kind = VG_ENTRY_ONE,
                          .out = out,
                          .sink = {.kind = VG_SINK_ROW, .arena = arena}},
               here, query, count);
}

int vg_batch_add_get(vg_batch *b, vg_arena *arena, void *out, const char *here,
                     const vg_clause *query, size_t count)
{
    return add(b,
               (vg_entry){.kind = VG_ENTRY_GET,
                          .out = out,
                          .sink = {.kind = VG_SINK_ROW, .arena = arena, .row = out}},
               here, query, count);
}

int vg_batch_add_exec(vg_batch *b, const char *here, const vg_clause *query,
                      size_t count)
{
    return add(b, (vg_entry){.kind = VG_ENTRY_EXEC}, here, query, count);
}

int vg__batch_read(vg_batch *b, vg_arena *arena, vg_list *out, const char *site,
                   const vg_clause *query, size_t count)
{
    *out = (vg_list){NULL, 0};
    return add_entry(b,
                     &(vg_entry){.kind = VG_ENTRY_ALL,
                                 .out = out,
                                 .sink = {.kind = VG_SINK_LIST, .arena = arena},
                                 .outcome.here = b->db->here},
                     query, count, site);
}

/* ---- running ---- */

unsigned vg_batch_poll(vg_batch *b)
{
    if (!b || b->state == VG_BATCH_SPARE || b->state == VG_BATCH_DONE)
        return 0;
    VG_GUARD(b->db, NULL, 0);
    return b->state == VG_BATCH_RUNNING ? vg__batch_go_on(b)
                                        : vg__batch_start(b, false);
}

int vg_batch_run(vg_batch *b)
{
    if (!b)
        return VG_NO_MEMORY;
    vg_db *db = b->db;
    VG_GUARD(db, NULL, VG_MISUSE);
    if (b->state == VG_BATCH_SPARE || b->state == VG_BATCH_DONE) {
        vg__begin(db, NULL);
        return vg__fail(db, VG_MISUSE, NULL, "the batch %s",
                        b->state == VG_BATCH_SPARE ? "is closed" : "has run already");
    }
    unsigned want = b->state == VG_BATCH_RUNNING ? 1 : vg__batch_start(b, false);
    if (want)
        wait_for_end(b, -1);
    return b->code;
}

int vg__batch_run_inside(vg_batch *b)
{
    if (vg__batch_start(b, true))
        wait_for_end(b, -1);
    return b->code;
}

int vg_batch_code(const vg_batch *b)
{
    return b ? b->code : VG_NO_MEMORY;
}

size_t vg_batch_count(const vg_batch *b)
{
    return b && b->state == VG_BATCH_DONE ? b->entries.count : 0;
}

const vg_batch_outcome *vg_batch_result(const vg_batch *b, size_t i)
{
    return i < vg_batch_count(b) ? &vg__entry_at(b, i)->outcome : NULL;
}

int vg_fd(const vg_db *db)
{
    const vg_pipeline *p = vg__services_of(db)->pipeline;
    return db->conn && p ? p->fd(db) : -1;
}
