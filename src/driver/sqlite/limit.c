/* Stopping SQLite in time: its progress handler while a statement runs, its busy handler
 * while it waits for a lock. */
#include "core/limit.h"
#include "base/clock.h"
#include "driver/sqlite/sqlite.h"
#include <time.h>

/* Instructions of SQLite's machine between two looks at the clock: some 20 us. */
enum { INSTRUCTIONS = 1000 };

static int is_over(void *ctx)
{
    return vg__limit_over(ctx);
}

void vg__sqlite_watch(vg_db *db, bool on)
{
    sqlite3_progress_handler(vg__sqlite_of(db), INSTRUCTIONS, on ? is_over : NULL, db);
}

void vg__sqlite_interrupt(vg_db *db)
{
    sqlite3_interrupt(vg__sqlite_of(db));
}

/* Called for the `count`th time in one wait: sleep and return 1, or 0 to give up. */
static int wait_for_lock(void *ctx, int count)
{
    static const int64_t delays[] = {1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100};
    int last = (int)(sizeof delays / sizeof *delays) - 1;
    vg_db *db = ctx;
    int timeout = db->options.busy_timeout_ms ? db->options.busy_timeout_ms : 5000;
    if (count == 0) {
        vg__limit_wait_begin(db);
        db->limit.wait_begun_ms = vg__clock_ms();
    }
    int64_t left = timeout - (vg__clock_ms() - db->limit.wait_begun_ms);
    int64_t wish = delays[count < last ? count : last];
    if (left <= 0)
        return 0;
    wish = vg__limit_wait(db, wish < left ? wish : left);
    if (wish <= 0)
        return 0;
    nanosleep(&(struct timespec){0, (long)wish * 1000000}, NULL);
    return 1;
}

void vg__sqlite_wait_for_locks(vg_db *db)
{
    sqlite3_busy_handler(vg__sqlite_of(db), wait_for_lock, db);
}
