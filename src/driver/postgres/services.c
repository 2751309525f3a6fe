/* What PostgreSQL offers beyond statements: see core/services.h. */
#include "core/services.h"
#include "driver/postgres/postgres.h"

#define LOCKS(before, after)                                                \
    {                                                                       \
        before "lock(?)" after, before "lock_shared(?)" after,              \
            before "xact_lock(?)" after, before "xact_lock_shared(?)" after \
    }

/* The limit is one of the transaction: as it was before, whether this is one or in one. */
#define WITHIN                                                                    \
    "(with before as materialized (select current_setting('lock_timeout') as ms)" \
    " select set_config('lock_timeout', ?, true) is not null and pg_advisory_"
#define WITHIN_END                                                            \
    "::text = '' and set_config('lock_timeout', before.ms, true) is not null" \
    " from before)"

static const vg_lock_words locks = {
    .take_if_free = LOCKS("pg_try_advisory_", ""),
    .take_within = LOCKS(WITHIN, WITHIN_END),
    .give_back = {"pg_advisory_unlock(?)", "pg_advisory_unlock_shared(?)", NULL, NULL},
};

const vg_services vg__postgres_services = {
    .pipeline = &vg__pg_pipeline,
    .notices = &vg__pg_notices,
    .locks = &locks,
    .copying = &vg__pg_copying,
};
