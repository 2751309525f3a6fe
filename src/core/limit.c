/* Deadlines and interrupts: the driver asks while it runs or waits, and stops itself. */
#include "core/limit.h"
#include "base/clock.h"
#include "core/driver.h"
#include <stdio.h>
#include <virga/operations.h>

enum { NOT_STOPPED, BY_TIMEOUT, BY_DEADLINE, BY_INTERRUPT };

static const int64_t never = INT64_MAX;
static const int64_t ns_per_ms = 1000000;

static bool past_deadline(const vg_limit *limit, int64_t now)
{
    return limit->deadline_ns && now >= limit->deadline_ns;
}

int vg__limit_begin(vg_db *db)
{
    vg_limit *limit = &db->limit;
    int64_t now = vg__clock();
    char message[200];
    limit->stopped = NOT_STOPPED;
    limit->until_ns = db->options.query_timeout_ms > 0
                          ? now + db->options.query_timeout_ms * ns_per_ms
                          : never;
    if (limit->deadline_ns && limit->deadline_ns < limit->until_ns)
        limit->until_ns = limit->deadline_ns;
    if (!past_deadline(limit, now))
        return VG_OK;
    limit->stopped = BY_DEADLINE;
    return vg__fail(db, VG_INTERRUPTED, NULL, "%s",
                    vg__limit_why(db, message, sizeof message));
}

int64_t vg__limit_suspend(vg_db *db)
{
    int64_t until_ns = db->limit.until_ns;
    db->limit.until_ns = never;
    return until_ns;
}

void vg__limit_resume(vg_db *db, int64_t until_ns)
{
    db->limit.until_ns = until_ns;
}

bool vg__limit_over(vg_db *db)
{
    vg_limit *limit = &db->limit;
    if (limit->until_ns == never)
        return false;
    int64_t now = vg__clock();
    if (now < limit->until_ns)
        return false;
    limit->stopped = past_deadline(limit, now) ? BY_DEADLINE : BY_TIMEOUT;
    return true;
}

void vg__limit_wait_begin(vg_db *db)
{
    db->limit.stopped = NOT_STOPPED;
    atomic_store(&db->limit.interrupt, false);
}

int64_t vg__limit_wait(vg_db *db, int64_t wish_ms)
{
    vg_limit *limit = &db->limit;
    if (atomic_load(&limit->interrupt)) {
        limit->stopped = BY_INTERRUPT;
        return 0;
    }
    if (!limit->on || limit->until_ns == never)
        return wish_ms;
    if (vg__limit_over(db))
        return 0;
    int64_t left_ms = (limit->until_ns - vg__clock()) / ns_per_ms + 1;
    return left_ms < wish_ms ? left_ms : wish_ms;
}

const char *vg__limit_why(vg_db *db, char *message, size_t room)
{
    int stopped = db->limit.stopped;
    db->limit.stopped = NOT_STOPPED;
    message[0] = 0;
    if (stopped == BY_TIMEOUT)
        snprintf(message, room, "the call took longer than query_timeout_ms, %d ms",
                 db->options.query_timeout_ms);
    else if (stopped == BY_DEADLINE)
        snprintf(message, room, "the deadline of vg_deadline, %d ms, is over",
                 db->limit.deadline_ms);
    else if (stopped == BY_INTERRUPT)
        snprintf(message, room, "interrupted by vg_interrupt");
    return message;
}

bool vg__limit_interrupted(vg_db *db)
{
    return atomic_exchange(&db->limit.interrupt, false);
}

void vg_deadline(vg_db *db, int ms)
{
    vg_limit *limit = &db->limit;
    limit->deadline_ms = ms > 0 ? ms : 0;
    limit->deadline_ns = ms > 0 ? vg__clock() + ms * ns_per_ms : 0;
    limit->until_ns = never; /* the next call begins anew */
    limit->on = ms > 0 || db->options.query_timeout_ms > 0;
    if (db->conn)
        db->driver->watch(db, limit->on);
}

void vg_interrupt(vg_db *db)
{
    atomic_store(&db->limit.interrupt, true);
    if (db->conn)
        db->driver->interrupt(db);
}
