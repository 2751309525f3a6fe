/* Connections of a pool: made, looked at, tidied, closed. All of it happens on the thread
 * that has taken the place, without the pool's lock except to count. */
#include "core/pool.h"
#include "core/run.h"
#include "core/watch.h"
#include <time.h>
#include <virga/operations.h>

static void count(vg_place *place, uint64_t *counter, int open)
{
    pthread_mutex_lock(&place->pool->lock);
    ++*counter;
    place->side->use.open += (uint64_t)(int64_t)open;
    pthread_mutex_unlock(&place->pool->lock);
}

void vg__place_close(vg_place *place)
{
    if (!place->db)
        return;
    place->db->home = NULL;
    vg_close(place->db);
    place->db = NULL;
}

static int set_up(vg_place *place)
{
    const vg_pool_options *o = &place->pool->options;
    int rc = o->setup ? o->setup(place->db, o->setup_ctx) : VG_OK;
    if (rc != VG_OK && !place->db->error.code)
        vg__fail(place->db, rc, NULL, "the pool's setup returned %s", vg_code_name(rc));
    return rc;
}

static int open_once(vg_place *place)
{
    vg_pool *pool = place->pool;
    vg_options options = pool->options.connection;
    if (place->side == &pool->sides[VG_POOL_READ])
        options.read_only = true;
    /* A file that has gone since is a loss to be told, not a database to begin anew. */
    int rc = vg__open(&place->db, pool->url, &options, pool->begun);
    if (rc == VG_OK)
        rc = set_up(place);
    if (rc == VG_OK) {
        place->db->home = place;
        count(place, &pool->stats.opened, 1);
        return rc;
    }
    vg__pool_fail_as(pool, place->db, place->here);
    vg__place_close(place);
    return rc;
}

/* What may pass: a file that is being replaced, a disk that is away for a moment. */
static bool may_pass(int code)
{
    return code == VG_CONNECT || code == VG_IO || code == VG_BUSY;
}

static int open_place(vg_place *place, int64_t until_ns)
{
    int64_t pause_ns = 10 * INT64_C(1000000), longest = 1000 * INT64_C(1000000);
    for (;;) {
        int rc = open_once(place);
        int64_t left = until_ns - vg__now_ns();
        if (rc == VG_OK || !may_pass(rc) || left < pause_ns)
            return rc;
        struct timespec wait = {pause_ns / 1000000000, pause_ns % 1000000000};
        nanosleep(&wait, NULL);
        pause_ns = pause_ns * 2 < longest ? pause_ns * 2 : longest;
    }
}

static bool wants_check(const vg_place *place)
{
    int after = place->pool->options.check_after_ms;
    if (place->suspect)
        return true;
    if (after < 0)
        return false;
    return place->rest_ns > (after ? after : 1000) * INT64_C(1000000);
}

static void check(vg_place *place)
{
    vg_pool *pool = place->pool;
    if (pool->alone) /* to close it would be to lose everything */
        return;
    vg__begin(place->db, place->here);
    if (vg__operations_of(place->db)->check(place->db) == VG_OK)
        return;
    vg__pool_fail_as(pool, place->db, place->here);
    vg__pool_report(pool);
    vg__pool_begin(pool);
    vg__place_close(place);
    count(place, &pool->stats.broken, -1);
}

int vg__lend(vg_place *place, vg_pool_mode mode, int64_t until_ns)
{
    vg_pool *pool = place->pool;
    if (place->db && wants_check(place))
        check(place);
    place->suspect = false;
    int rc = place->db ? VG_OK : open_place(place, until_ns);
    if (rc == VG_OK && pool->alone && !pool->read_only) {
        rc = vg__operations_of(place->db)->only_read(place->db, mode == VG_POOL_READ);
        place->db->read_only = mode == VG_POOL_READ;
        if (rc != VG_OK)
            vg__pool_fail_as(pool, place->db, place->here);
    }
    if (rc == VG_OK) {
        vg__begin(place->db, place->here);
        vg__report_new_unit(place->db);
    }
    return rc;
}

/* Readers that are at work may make it wait or fail; then the next attempt is made when the
 * log has grown by a quarter, not after every single write. */
void vg__empty_log(vg_place *place)
{
    vg_pool *pool = place->pool;
    int64_t limit = pool->options.wal_limit_kib * INT64_C(1024);
    if (limit <= 0)
        return;
    int64_t size = vg__operations_of(place->db)->log_size(place->db);
    if (size <= limit || size < pool->log_next)
        return;
    int rc = vg_checkpoint(place->db, VG_CHECKPOINT_TRUNCATE, NULL);
    pool->log_next = rc == VG_OK ? 0 : size + size / 4;
    if (rc == VG_OK)
        count(place, &pool->stats.checkpoints, 0);
}

int vg__take_back(vg_place *place)
{
    vg_pool *pool = place->pool;
    vg_db *db = place->db;
    int code = db->error.code;
    if (code == VG_IO || code == VG_CORRUPT || code == VG_CONNECT)
        place->suspect = true;
    const char *cursor = vg__cursors_end(db);
    bool open = db->driver->in_transaction(db);
    if (open) {
        db->depth = 0;
        vg__control_undo(db, "rollback");
    }
    db->depth = 0;
    if (db->limit.deadline_ns)
        vg_deadline(db, 0);
    if (db->failed[0]) /* not even that was possible */
        place->suspect = true;
    memset(db->failed, 0, sizeof db->failed);
    if (!open && !cursor)
        return VG_OK;
    count(place, &pool->stats.left_open, 0);
    return vg__pool_fail(pool, VG_MISUSE, cursor ? cursor : place->here,
                         "the connection taken at %s was released with %s open; %s",
                         place->here, open ? "a transaction" : "a cursor",
                         open ? "the transaction is rolled back"
                              : "the cursor is closed");
}
