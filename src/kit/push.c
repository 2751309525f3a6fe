/* Push: a live database, the schema, what lies between, and that done in one transaction. */
#include "core/migrator.h"
#include "kit/align.h"
#include "kit/dialect.h"
#include "kit/filter.h"
#include "kit/losses.h"
#include "migrate/check.h"
#include "migrate/counters.h"
#include "migrate/split.h"
#include <string.h>
#include <virga/tx.h>

/* ---- plan ---- */

typedef struct planning {
    vg_db *db;
    const vg_schema *schema;
    const vg_kit_decisions *decisions;
    vg_kit_push *out;
} planning;

static int plan_changes(vg_kit *kit, const planning *p, vgk_snapshot *live,
                        const vgk_snapshot *wanted, const vgk_renames *renames)
{
    vgk_changes changes = {0};
    vgk_statements rest = {0};
    vgk_losing losing = {.kit = kit, .db = p->db, .changes = &changes};
    int rc = vgk_align_live(kit, p->db, live, wanted, renames);
    if (rc == VG_OK)
        rc = vgk_diff(kit, live, wanted, renames, &changes);
    if (rc == VG_OK)
        rc = vgk_losses_of(&losing);
    if (rc == VG_OK)
        rc = kit->dialect->statements(kit, &changes, &rest);
    if (rc != VG_OK)
        return rc;
    vgk_losses_besides(&losing, &rest);
    vgk_statements *all = &losing.first;
    for (size_t i = 0; i < rest.len; i++)
        *VGK_ADD(kit, all) = rest.data[i];
    vg_kit_counts *counts = vgk_alloc(kit, sizeof *counts);
    *counts = losing.counts;
    p->out->statements = vgk_public_statements(kit, all);
    p->out->losses = (vg_kit_losses){losing.losses.data, losing.losses.len};
    p->out->counts = counts;
    p->out->changed = all->len > 0;
    return VG_OK;
}

static int plan(vg_kit *kit, void *args)
{
    const planning *p = args;
    static const vg_kit_decisions none;
    vgk_snapshot live, wanted;
    vgk_renames renames = {0},
                decisions = vgk_decisions(kit, p->decisions ? p->decisions : &none);
    vgk_questions questions = {0};
    int rc = vgk_snapshot_of_schema(kit, p->schema, &wanted);
    vgk_filter(kit, &wanted);
    if (rc == VG_OK)
        rc = kit->dialect->version(kit, p->db, &p->out->version);
    if (rc == VG_OK)
        rc = kit->dialect->introspect(kit, p->db, false, &live);
    if (rc == VG_OK && kit->dialect->hide)
        kit->dialect->hide(kit, &live, &wanted);
    if (rc == VG_OK)
        rc = vgk_decide(kit, &live, &wanted, &decisions, &renames, &questions);
    if (rc != VG_OK)
        return rc;
    p->out->notes = (vg_kit_texts){live.notes.data, live.notes.len};
    p->out->questions = vgk_public_questions(kit, &questions);
    p->out->changed = questions.len > 0;
    return questions.len ? VG_OK : plan_changes(kit, p, &live, &wanted, &renames);
}

int vg_kit_push_plan(vg_kit *kit, vg_db *db, const vg_schema *schema,
                     const vg_kit_decisions *decisions, vg_kit_push *out)
{
    *out = (vg_kit_push){0};
    return vgk_enter(kit, plan, &(planning){db, schema, decisions, out});
}

/* ---- apply ---- */

/* A statement as the database takes it. */
typedef struct ready {
    const char *sql;
    unsigned does;  /* VG_DOES_ */
    unsigned phase; /* when it runs */
} ready;

typedef struct applying {
    vg_kit *kit;
    vg_db *db;
    const vg_kit_push *plan;
    const vg_migrator *migrator;
    vg_migrating state;
    struct {
        ready *data;
        size_t len;
    } all;
    vg_counters counters;
    bool checks;     /* whether the database is still as it was planned for */
    unsigned phase;  /* which of them run in this transaction: FIRST, MAIN */
    const char *sql; /* the statement that runs; NULL: none */
} applying;

/* Values of an enum can be used after a commit only; what cannot be in a transaction comes
 * last. */
enum { FIRST, MAIN, ALONE };

/* Whether a statement after that one mentions the value which it adds to an enum. */
static bool is_used(const applying *a, size_t number)
{
    const char *value = strchr(a->all.data[number].sql, '\'');
    const char *end = value ? strchr(value + 1, '\'') : NULL;
    const char *text =
        end ? vgk_text_len(a->kit, value, (size_t)(end - value) + 1) : NULL;
    for (size_t i = number + 1; text && i < a->all.len; i++)
        if (strstr(a->all.data[i].sql, text))
            return true;
    return false;
}

/* Everything that needs memory is made before the transaction, which nothing may jump out of. */
static int prepare(applying *a)
{
    for (size_t i = 0; i < a->plan->statements.len; i++) {
        const char *sql = a->plan->statements.data[i].sql;
        vg_statement_list list;
        int rc = vg__split(a->migrator, sql, strlen(sql), &a->kit->arena, &list);
        if (rc != VG_OK)
            return vgk_fail(a->kit, rc, "out of memory");
        for (size_t k = 0; k < list.len; k++)
            if (!(list.data[k].does & VG_DOES_KEYS))
                *VGK_ADD(a->kit, &a->all) =
                    (ready){vgk_text_len(a->kit, list.data[k].text, list.data[k].len),
                            list.data[k].does, MAIN};
    }
    for (size_t i = 0; i < a->all.len; i++) {
        ready *r = &a->all.data[i];
        if (r->does & VG_DOES_ALONE && a->migrator->alone)
            r->phase = ALONE;
        else if (r->does & VG_DOES_VALUE && is_used(a, i))
            r->phase = FIRST;
    }
    return VG_OK;
}

/* Whether what is to be lost is still what was told. */
static int check_plan(vg_kit *kit, void *args)
{
    applying *a = args;
    const vg_kit_counts *counts = a->plan->counts;
    int64_t version, n;
    int rc = kit->dialect->version(kit, a->db, &version);
    if (rc == VG_OK && version != a->plan->version)
        return vgk_fail(kit, VG_BUSY,
                        "the database is another one than when the plan was made; plan "
                        "again");
    for (size_t i = 0; rc == VG_OK && i < counts->len; i++) {
        rc = kit->dialect->count(kit, a->db, counts->data[i].sql, &n);
        if (rc == VG_OK && n > counts->data[i].n)
            rc = vgk_fail(kit, VG_BUSY,
                          "there is more to lose than when the plan was made: somebody "
                          "has added rows; plan again");
    }
    return rc;
}

/* In the transaction. */
static int run_all(vg_db *db, void *args)
{
    applying *a = args;
    vg_orphans_list before;
    int rc = a->migrator->lock ? a->migrator->lock(db, &a->kit->ledger, 0) : VG_OK;
    if (rc == VG_OK && a->checks)
        rc = vgk_inside(a->kit, check_plan, a);
    if (rc == VG_OK)
        rc = a->migrator->ready(db);
    if (rc == VG_OK && a->migrator->orphans)
        rc = a->migrator->orphans(db, &a->kit->arena, &before);
    vg__counters_begin(&a->counters, db, &a->kit->arena);
    for (size_t i = 0; rc == VG_OK && i < a->all.len; i++) {
        if (a->all.data[i].phase != a->phase)
            continue;
        a->sql = a->all.data[i].sql;
        rc =
            vg__counters_run(&a->counters, a->sql, strlen(a->sql), a->all.data[i].does);
    }
    if (rc == VG_OK)
        rc = vg__counters_end(&a->counters);
    if (rc != VG_OK)
        return rc;
    a->sql = NULL;
    return a->migrator->orphans ? vg__check_orphans(db, &a->kit->arena, &before)
                                : VG_OK;
}

static void switch_back(void *args)
{
    applying *a = args;
    a->migrator->end(a->db, &a->state);
}

static bool has_phase(const applying *a, unsigned phase)
{
    for (size_t i = 0; i < a->all.len; i++)
        if (a->all.data[i].phase == phase)
            return true;
    return false;
}

static int run_phases(applying *a)
{
    int rc = VG_OK;
    a->checks = true;
    for (a->phase = FIRST; rc == VG_OK && a->phase < ALONE; a->phase++)
        if (has_phase(a, a->phase)) {
            rc = vg_transaction(a->db, VG_TX_IMMEDIATE, run_all, a);
            a->checks = false;
            if (rc != VG_OK)
                return rc;
        }
    for (size_t i = 0; i < a->all.len; i++)
        if (a->all.data[i].phase == ALONE) {
            a->sql = a->all.data[i].sql;
            if ((rc = a->migrator->alone(a->db, a->sql, NULL, 0, false)) != VG_OK)
                return rc;
        }
    return VG_OK;
}

static int apply(vg_kit *kit, void *args)
{
    applying *a = args;
    if (a->plan->questions.len)
        return vgk_fail(kit, VG_INVALID, "the plan has questions: answer them first");
    if (!a->plan->statements.len)
        return VG_OK;
    a->kit = kit;
    a->migrator = vg__migrator_of(a->db);
    int rc = prepare(a);
    if (rc != VG_OK)
        return rc;
    a->migrator->begin(a->db, &a->state);
    vgk_own(kit, a, switch_back);
    rc = run_phases(a);
    if (rc != VG_OK && !*kit->message) {
        const char *said = vgk_text(kit, vg_errmsg(a->db));
        vgk_fail(kit, rc, "%s%s%s; %s", said, a->sql ? "\nin " : "",
                 a->sql ? a->sql : "",
                 a->phase == ALONE ? "all before it was done" : "nothing was changed");
    }
    vgk_release(kit, a);
    return rc;
}

int vg_kit_push_apply(vg_kit *kit, vg_db *db, const vg_kit_push *plan)
{
    return vgk_enter(kit, apply, &(applying){.db = db, .plan = plan});
}
