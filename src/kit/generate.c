/* Generate: the schema, the last snapshot, what lies between, the files. */
#include "kit/dialect.h"
#include "kit/folder.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct generate {
    const vg_schema *schema;
    const vg_kit_generate_options *options;
    vg_kit_generated *out;
} generate;

static const char custom_text[] =
    "-- Custom SQL migration file, put your code below! --";

/* ---- between the public types and the stages' ---- */

static const vgk_kind kinds[] = {
    [VG_KIT_TABLE] = VGK_TABLE, [VG_KIT_COLUMN] = VGK_COLUMN,
    [VG_KIT_VIEW] = VGK_VIEW,   [VG_KIT_SCHEMA] = VGK_NAMESPACE,
    [VG_KIT_ENUM] = VGK_ENUM,   [VG_KIT_SEQUENCE] = VGK_SEQUENCE,
    [VG_KIT_ROLE] = VGK_ROLE,   [VG_KIT_POLICY] = VGK_POLICY};
static const vg_kit_kind public_kinds[] = {
    [VGK_TABLE] = VG_KIT_TABLE, [VGK_COLUMN] = VG_KIT_COLUMN,
    [VGK_VIEW] = VG_KIT_VIEW,   [VGK_NAMESPACE] = VG_KIT_SCHEMA,
    [VGK_ENUM] = VG_KIT_ENUM,   [VGK_SEQUENCE] = VG_KIT_SEQUENCE,
    [VGK_ROLE] = VG_KIT_ROLE,   [VGK_POLICY] = VG_KIT_POLICY};

vgk_renames vgk_decisions(vg_kit *kit, const vg_kit_decisions *given)
{
    vgk_renames out = {0};
    for (size_t i = 0; i < given->len; i++) {
        const vg_kit_decision *d = &given->data[i];
        *VGK_ADD(kit, &out) = (vgk_rename){.kind = kinds[d->kind],
                                           .table = d->table ? d->table : "",
                                           .from = d->from ? d->from : "",
                                           .to = d->to};
    }
    return out;
}

vg_kit_questions vgk_public_questions(vg_kit *kit, const vgk_questions *given)
{
    vg_kit_question *all = vgk_alloc(kit, given->len * sizeof *all);
    for (size_t i = 0; i < given->len; i++) {
        const vgk_question *q = &given->data[i];
        all[i] =
            (vg_kit_question){.kind = public_kinds[q->kind],
                              .table = *q->table ? q->table : NULL,
                              .name = q->name,
                              .candidates = {q->candidates.data, q->candidates.len}};
    }
    return (vg_kit_questions){all, given->len};
}

vg_kit_statements vgk_public_statements(vg_kit *kit, const vgk_statements *given)
{
    vg_kit_statement *all = vgk_alloc(kit, given->len * sizeof *all);
    for (size_t i = 0; i < given->len; i++) {
        const vgk_statement *s = &given->data[i];
        all[i] = (vg_kit_statement){s->sql, s->table, s->flags, s->note, s->line};
    }
    return (vg_kit_statements){all, given->len};
}

/* ---- the files ---- */

/* What drizzle-kit notes of renames, in the snapshots of some databases. */
static void note_renames(vg_kit *kit, const vgk_renames *renames, vgk_snapshot *into)
{
    for (size_t i = 0; kit->dialect->notes_renames && i < renames->len; i++) {
        const vgk_rename *r = &renames->data[i];
        if (r->kind == VGK_TABLE)
            *VGK_ADD(kit, &into->renamed_tables) = (vgk_rename_text){
                vgk_print(kit, "\"%s\"", r->from), vgk_print(kit, "\"%s\"", r->to)};
        else if (r->kind == VGK_COLUMN)
            *VGK_ADD(kit, &into->renamed_columns) =
                (vgk_rename_text){vgk_print(kit, "\"%s\".\"%s\"", r->table, r->from),
                                  vgk_print(kit, "\"%s\".\"%s\"", r->table, r->to)};
    }
}

/* Number, name and snapshot of the migration; written unless it is for show. */
static int add(vg_kit *kit, const generate *g, vgk_journal *journal,
               const vgk_snapshot *last, vgk_snapshot *next, vgk_migration *m)
{
    int rc = vgk_next_entry(kit, journal, g->options->name, &m->entry);
    if (rc != VG_OK)
        return rc;
    next->id = vgk_new_id(kit);
    next->prev_id = last->id;
    m->snapshot = next;
    g->out->changed = true;
    g->out->tag = m->entry.tag;
    g->out->path = vgk_path(kit, vgk_sql_name(kit, m->entry.tag));
    g->out->sql = m->sql;
    return g->options->dry_run ? VG_OK : vgk_folder_add(kit, journal, m);
}

static int custom(vg_kit *kit, const generate *g, vgk_journal *journal,
                  const vgk_snapshot *last)
{
    vgk_snapshot next = *last;
    vgk_migration m = {.sql = custom_text, .sql_len = strlen(custom_text)};
    next.renamed_tables = next.renamed_columns = (vgk_rename_texts){0};
    return add(kit, g, journal, last, &next, &m);
}

static int from_schema(vg_kit *kit, const generate *g, vgk_journal *journal,
                       const vgk_snapshot *last)
{
    vgk_snapshot next;
    vgk_renames renames = {0}, decisions = vgk_decisions(kit, &g->options->decisions);
    vgk_questions questions = {0};
    vgk_changes changes = {0};
    vgk_statements statements = {0}, back = {0};
    vgk_texts losses = {0};
    vgk_migration m = {0};
    int rc = vgk_snapshot_of_schema(kit, g->schema, &next);
    if (rc == VG_OK)
        rc = vgk_decide(kit, last, &next, &decisions, &renames, &questions);
    if (rc != VG_OK)
        return rc;
    g->out->questions = vgk_public_questions(kit, &questions);
    if (questions.len) {
        g->out->changed = true;
        return VG_OK;
    }
    rc = vgk_diff(kit, last, &next, &renames, &changes);
    if (rc == VG_OK)
        rc = kit->dialect->statements(kit, &changes, &statements);
    if (rc != VG_OK || !statements.len)
        return rc;
    vgk_lint_generated(kit, &statements);
    rc = vgk_inverse(kit, &changes, &back, &losses);
    if (rc != VG_OK)
        return rc;
    g->out->statements = vgk_public_statements(kit, &statements);
    g->out->losses = (vg_kit_texts){losses.data, losses.len};
    m.sql = vgk_join(kit, &statements, !kit->config.no_breakpoints, &m.sql_len);
    m.down = g->options->no_down
                 ? NULL
                 : vgk_down(kit, &back, &losses, !kit->config.no_breakpoints);
    note_renames(kit, &renames, &next);
    return add(kit, g, journal, last, &next, &m);
}

/* What the schema was is not known of a migration without a snapshot. */
static void note_missing(vg_kit *kit, const vgk_journal *journal, vg_kit_generated *out)
{
    if (!out->tag || !journal->len)
        return;
    const char *tag = journal->data[journal->len - 1].tag,
               *path = vgk_path(kit, vgk_snapshot_name(kit, tag));
    if (access(path, F_OK) == 0)
        return;
    const char **note = vgk_alloc(kit, sizeof *note);
    *note = vgk_print(kit,
                      "%s has no snapshot, so what it does to the schema is generated "
                      "again: if %s was there, bring it back and drop this migration",
                      tag, path);
    out->notes = (vg_kit_texts){note, 1};
}

static int run(vg_kit *kit, void *args)
{
    const generate *g = args;
    vgk_journal journal, before;
    vgk_snapshot last;
    vgk_folder_lock(kit);
    int rc = vgk_folder_journal(kit, &journal);
    if (rc == VG_OK)
        rc = vgk_folder_last(kit, &journal, &last);
    if (rc != VG_OK)
        return rc;
    before = journal;
    rc = (g->options->custom ? custom : from_schema)(kit, g, &journal, &last);
    if (rc == VG_OK && !g->options->custom)
        note_missing(kit, &before, g->out);
    return rc;
}

int vg_kit_generate(vg_kit *kit, const vg_schema *schema,
                    const vg_kit_generate_options *options, vg_kit_generated *out)
{
    static const vg_kit_generate_options none;
    *out = (vg_kit_generated){0};
    return vgk_enter(kit, run, &(generate){schema, options ? options : &none, out});
}

/* ---- export ---- */

typedef struct exporting {
    const vg_schema *schema;
    const char **sql;
} exporting;

static int run_export(vg_kit *kit, void *args)
{
    const exporting *e = args;
    vgk_snapshot none = {.id = vgk_first_id, .prev_id = ""}, all;
    vgk_renames renames = {0};
    vgk_changes changes = {0};
    vgk_statements statements = {0};
    size_t len;
    int rc = vgk_snapshot_of_schema(kit, e->schema, &all);
    if (rc == VG_OK)
        rc = vgk_diff(kit, &none, &all, &renames, &changes);
    if (rc == VG_OK)
        rc = kit->dialect->statements(kit, &changes, &statements);
    if (rc == VG_OK)
        *e->sql = vgk_join(kit, &statements, false, &len);
    return rc;
}

int vg_kit_export(vg_kit *kit, const vg_schema *schema, const char **sql)
{
    *sql = "";
    return vgk_enter(kit, run_export, &(exporting){schema, sql});
}
