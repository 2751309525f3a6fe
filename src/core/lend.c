/* Connections of a pool: made, looked at, tidied, closed. All of it happens on the thread
 * that has taken the place, without the pool's lock except to count. */
#include "core/pool.h"
#include "core/limit.h"
#include "core/run.h"
#include "core/watch.h"
#include <virga/operations.h>

enum { CHECK_MS = 2000 }; /* a server that says nothing for so long is no good */

static void count(vg_place *place, uint64_t *counter)
{
    pthread_mutex_lock(&place->pool->lock);
    ++*counter;
    pthread_mutex_unlock(&place->pool->lock);
}

void vg__place_close(vg_place *place, uint64_t *counter)
{
    vg_pool *pool = place->pool;
    if (!place->db)
        return;
    place->db->home = NULL;
    vg_close(place->db);
    place->db = NULL;
    pthread_mutex_lock(&pool->lock);
    pool->stats.closed++;
    place->side->use.open--;
    if (counter)
        ++*counter;
    pthread_mutex_unlock(&pool->lock);
}

/* ---- making ---- */

static int set_up(vg_place *place)
{
    const vg_pool_options *o = &place->pool->options;
    place->unset = false;
    int rc = o->setup ? o->setup(place->db, o->setup_ctx) : VG_OK;
    if (rc != VG_OK && !place->db->error.code)
        vg__fail(place->db, rc, NULL, "the pool's setup returned %s", vg_code_name(rc));
    return rc;
}

/* Not all at once: up to a fifth earlier. Locked. */
static void note_opened(vg_place *place)
{
    vg_pool *pool = place->pool;
    int64_t age = pool->options.max_age_ms * vg__ms;
    place->open_ns = vg__clock();
    place->end_ns = 0;
    if (age > 0)
        place->end_ns = place->open_ns + age -
                        (int64_t)vg__pool_random(pool, (uint64_t)age / 5 + 1);
    place->seen = 0; /* another server, perhaps, or the same after a crash */
    place->suspect = place->refused = false;
    pool->stats.opened++;
    place->side->use.open++;
}

static void note_attempt(vg_place *place, bool opened)
{
    pthread_mutex_lock(&place->pool->lock);
    if (opened)
        note_opened(place);
    else
        place->pool->stats.attempts++;
    pthread_mutex_unlock(&place->pool->lock);
}

int vg__place_open(vg_place *place, int64_t until_ns)
{
    vg_pool *pool = place->pool;
    vg_options options = pool->options.connection;
    options.read_only |= place->side->read_only;
    /* A file that has gone since is a loss to be told, not a database to begin anew. */
    int rc = vg__open(&place->db, place->side->url, &options, pool->begun, until_ns);
    if (rc == VG_OK)
        rc = set_up(place);
    note_attempt(place, rc == VG_OK);
    if (rc == VG_OK) {
        place->db->home = place;
        return rc;
    }
    vg__pool_fail_as(pool, place->db, place->here);
    vg_close(place->db);
    place->db = NULL;
    return rc;
}

/* ---- looking ---- */

/* The server may say nothing at all: not longer than that. */
static void limit(vg_db *db)
{
    vg_deadline(db, CHECK_MS);
    vg__limit_begin(db);
}

int vg__place_position(vg_place *place, vg_position *out)
{
    vg_db *db = place->db;
    vg__begin(db, place->here);
    limit(db);
    int rc = place->pool->operations->position(db, out);
    vg_deadline(db, 0);
    return rc;
}

static int look(vg_place *place)
{
    vg_db *db = place->db;
    vg_position now = {.primary = true};
    vg__begin(db, place->here);
    limit(db);
    int rc = place->pool->operations->check(db);
    if (rc == VG_OK && place->refused && place->pool->operations->position)
        rc = place->pool->operations->position(db, &now);
    vg_deadline(db, 0);
    return rc != VG_OK || now.primary
               ? rc
               : vg__fail(db, VG_READ_ONLY, NULL, "the server is no primary any more");
}

static bool wants_look(const vg_place *place)
{
    int after = place->pool->options.check_after_ms;
    if (place->suspect || place->refused)
        return true;
    if (after < 0)
        return false;
    return place->rest_ns > (after ? after : 1000) * vg__ms;
}

/* What is so bad of one that it goes for the others, too. */
static void give_up(vg_place *place)
{
    vg_pool *pool = place->pool;
    vg__pool_fail_as(pool, place->db, place->here);
    vg__pool_report(pool);
    vg__pool_begin(pool);
    pthread_mutex_lock(&pool->lock);
    if (place->refused)
        place->side->stale_ns = vg__clock();
    pthread_mutex_unlock(&pool->lock);
    vg__place_close(place, &pool->stats.broken);
}

static void check(vg_place *place)
{
    vg_pool *pool = place->pool;
    vg_db *db = place->db;
    if (pool->alone) /* to close it would be to lose everything */
        return;
    pthread_mutex_lock(&pool->lock);
    bool stale = place->open_ns < place->side->stale_ns;
    pthread_mutex_unlock(&pool->lock);
    vg_pulse pulse = pool->operations->pulse(db);
    if (pulse == VG_PULSE_SPOKE)
        place->suspect = true;
    if (pulse == VG_PULSE_LOST) {
        vg__begin(db, place->here);
        vg__fail(db, VG_CONNECT, NULL, "the server has closed the connection");
    }
    if (pulse == VG_PULSE_LOST || (wants_look(place) && look(place) != VG_OK))
        give_up(place);
    else if (stale)
        vg__place_close(place, &pool->stats.broken);
    else if (place->end_ns && vg__clock() >= place->end_ns)
        vg__place_close(place, &pool->stats.aged);
    place->suspect = place->refused = false;
}

/* ---- lending ---- */

/* One connection for all, or one that may do both: it only reads for who only reads. */
static int only_read(vg_place *place, bool on)
{
    vg_pool *pool = place->pool;
    vg_db *db = place->db;
    if (pool->read_only || place->side->read_only ||
        (pool->operations->one_writer && !pool->alone))
        return VG_OK;
    int rc = pool->operations->only_read(db, on);
    db->read_only = on;
    return rc;
}

static int prepare(vg_place *place, const vg_wish *wish)
{
    int rc = place->unset ? set_up(place) : VG_OK;
    if (rc == VG_OK)
        rc = only_read(place, wish->mode != VG_POOL_WRITE);
    if (rc != VG_OK) {
        place->suspect = place->unset = true;
        return vg__pool_fail_as(place->pool, place->db, place->here);
    }
    return place->side->replica && wish->mode == VG_POOL_READ
               ? vg__replica_fits(place, wish)
               : VG_OK;
}

int vg__lend(vg_place *place, const vg_wish *wish)
{
    bool look_first = true;
    int rc = VG_OK;
    while (rc == VG_OK && look_first) {
        look_first = false;
        if (place->db)
            check(place);
        if (!place->db)
            rc = vg__away_open(place, wish, &look_first);
    }
    if (rc == VG_OK)
        rc = prepare(place, wish);
    if (rc == VG_OK) {
        vg__begin(place->db, place->here);
        place->db->met = 0;
        vg__report_new_unit(place->db);
    }
    return rc;
}

/* ---- taking back ---- */

/* Readers that are at work may make it wait or fail; then the next attempt is made when the
 * log has grown by a quarter, not after every single write. */
void vg__empty_log(vg_place *place)
{
    vg_pool *pool = place->pool;
    int64_t most = pool->options.wal_limit_kib * INT64_C(1024);
    if (most <= 0)
        return;
    int64_t size = vg__operations_of(place->db)->log_size(place->db);
    if (size <= most || size < pool->log_next)
        return;
    int rc = vg_checkpoint(place->db, VG_CHECKPOINT_TRUNCATE, NULL);
    pool->log_next = rc == VG_OK ? 0 : size + size / 4;
    if (rc == VG_OK)
        count(place, &pool->stats.checkpoints);
}

static bool met(const vg_db *db, int code)
{
    return db->met >> code & 1;
}

/* What it met says whether it is to be trusted. */
static void judge(vg_place *place)
{
    const vg_db *db = place->db;
    if (met(db, VG_IO) || met(db, VG_CORRUPT) || met(db, VG_CONNECT))
        place->suspect = true;
    if (met(db, VG_READ_ONLY) && place->writes && !db->read_only)
        place->refused = true;
}

static void forget(vg_place *place)
{
    vg_pool *pool = place->pool;
    if (!pool->options.reset || !pool->operations->forget)
        return;
    place->unset = true;
    if (pool->operations->forget(place->db) != VG_OK)
        place->suspect = true;
}

int vg__take_back(vg_place *place)
{
    vg_pool *pool = place->pool;
    vg_db *db = place->db;
    const char *cursor = vg__cursors_end(db);
    bool batch = vg__hangers_end(db, false);
    bool open = db->driver->in_transaction(db);
    if (open) {
        db->depth = 0;
        vg__control_undo(db, "rollback");
    }
    db->depth = 0;
    vg__hangers_end(db, false); /* what could not end in a transaction */
    if (db->limit.deadline_ns)
        vg_deadline(db, 0);
    judge(place);
    if (db->failed[0]) /* not even that was possible */
        place->suspect = true;
    memset(db->failed, 0, sizeof db->failed);
    if (place->writes)
        vg__mark_written(place);
    forget(place);
    if (!open && !cursor && !batch)
        return VG_OK;
    count(place, &pool->stats.left_open);
    return vg__pool_fail(pool, VG_MISUSE, cursor ? cursor : place->here,
                         "the connection taken at %s was released with %s open; %s",
                         place->here,
                         open     ? "a transaction"
                         : cursor ? "a cursor"
                                  : "a batch that runs",
                         open     ? "the transaction is rolled back"
                         : cursor ? "the cursor is closed"
                                  : "it is interrupted");
}
