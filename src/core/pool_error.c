/* Errors of pools: each thread's own, since there may be no connection to hold one. */
#include "core/pool.h"
#include <stdarg.h>
#include <stdio.h>

static _Thread_local struct {
    const vg_pool *pool;
    vg_error error;
} last;

void vg__pool_begin(const vg_pool *pool)
{
    last.pool = pool;
    last.error.code = VG_OK;
}

int vg__pool_fail(const vg_pool *pool, int code, const char *here, const char *format,
                  ...)
{
    va_list args;
    last.pool = pool;
    last.error = (vg_error){.code = code};
    memcpy(last.error.sqlstate, vg_code_sqlstate(code), sizeof last.error.sqlstate);
    va_start(args, format);
    vsnprintf(last.error.message, sizeof last.error.message, format, args);
    va_end(args);
    vg__error_place(&last.error, here);
    return code;
}

int vg__pool_fail_as(const vg_pool *pool, const vg_db *db, const char *here)
{
    if (!db)
        return vg__pool_fail(pool, VG_NO_MEMORY, here, "out of memory");
    last.pool = pool;
    last.error = db->error;
    vg__error_place(&last.error, here);
    return last.error.code;
}

int vg__pool_fail_again(const vg_pool *pool, const vg_error *error, const char *here,
                        const char *format, ...)
{
    va_list args;
    char more[200];
    va_start(args, format);
    vsnprintf(more, sizeof more, format, args);
    va_end(args);
    vg_error copy = *error; /* it may be the last one */
    last.pool = pool;
    last.error = copy;
    snprintf(last.error.message, sizeof last.error.message, "%.300s%s", copy.message,
             more);
    vg__error_place(&last.error, here);
    return copy.code;
}

void vg__pool_report(const vg_pool *pool)
{
    if (pool->options.report)
        pool->options.report(pool->options.report_ctx, &last.error);
}

int vg__pool_unborn(void)
{
    last.pool = NULL;
    return last.error.code;
}

const vg_error *vg_pool_errinfo(const vg_pool *pool)
{
    static const vg_error none;
    return last.pool == pool && last.error.code ? &last.error : &none;
}

const char *vg_pool_errmsg(const vg_pool *pool)
{
    return vg_pool_errinfo(pool)->message;
}

int vg_pool_result(const vg_pool *pool)
{
    return vg_pool_errinfo(pool)->code;
}
