/* The kit: migrations from the schema, as a library. The command `virga` is made of these
 * calls; a program may make them itself. Link with -lvirga-kit (pkg-config virga-kit).
 *
 *     vg_kit *kit;
 *     vg_kit_generated made;
 *     if (vg_kit_open(&kit, &(vg_kit_config){.out = "migrations"}) ||
 *         vg_kit_generate(kit, &blog, NULL, &made))
 *         fprintf(stderr, "%s\n", vg_kit_error(kit));
 *     else
 *         puts(made.changed ? made.path : "No schema changes, nothing to migrate");
 *     vg_kit_close(kit);
 *
 * The folder is that of drizzle-kit 0.31, and both tools may work on it in turn. Nothing here
 * prints or asks. A kit serves one thread at a time; what its calls hand out lives in it, until
 * vg_kit_close. */
#pragma once
#pragma GCC system_header
#include <virga/migrate.h>
#include <virga/schema.h>

VG_BEGIN_DECLS

typedef struct vg_kit vg_kit;

/* What a migration's file name begins with. */
typedef enum vg_kit_prefix {
    VG_KIT_INDEX,     /* 0000 */
    VG_KIT_TIMESTAMP, /* 20261121081534, UTC */
    VG_KIT_SUPABASE,  /* the same */
    VG_KIT_UNIX,      /* seconds */
    VG_KIT_NONE       /* nothing: "_name.sql"; drizzle-kit then sees no snapshot */
} vg_kit_prefix;

/* A list of texts. */
typedef struct vg_kit_texts {
    const char *const *data;
    size_t len;
} vg_kit_texts;

/* Which roles of the server push and drift look at beside those of the schema, as if they were
 * all this database's: push drops one that the schema does not have. Never superusers, nor the
 * role that is connected. All zero: none. pull writes no roles. */
typedef struct vg_kit_roles {
    bool all;             /* those that are neither PostgreSQL's nor taken away below */
    const char *provider; /* "supabase", "neon": its own are left alone; NULL */
    vg_kit_texts include; /* only these; none: all */
    vg_kit_texts exclude;
} vg_kit_roles;

/* How a kit works; all zero is a good choice. Texts must live as long as the kit. */
typedef struct vg_kit_config {
    const char *dialect; /* NULL: "sqlite" */
    const char *out;     /* the folder; NULL: "migrations" */
    vg_kit_prefix prefix;
    bool no_breakpoints;      /* no "--> statement-breakpoint" between statements */
    const char *table;        /* of applied migrations; NULL: "__drizzle_migrations" */
    const char *table_schema; /* where it is; NULL: "drizzle". SQLite has no schemas */
    vg_kit_texts tables_filter; /* globs, "!x" takes away; none: all tables */
    /* What else there is in a database that SQLite does not have. */
    vg_kit_texts schema_filter; /* globs of the schemas to look at; none: "public" */
    vg_kit_texts extensions; /* as drizzle-kit has it: whose tables and views are left
                                   alone. The kit does that with every extension's */
    vg_kit_roles roles;
    /* A database of PostgreSQL on a server where databases may be made: check, squash, rebase
     * and embed try migrations on a new one beside it, which is dropped again. NULL: they do
     * without. SQLite needs none: it has databases in memory. */
    const char *scratch_url;
    vg_allocator allocator; /* zeroed: the C library */
    /* For tests: the clock in milliseconds since 1970, and random bytes. NULL: the system's. */
    int64_t (*now_ms)(void *ctx);
    void (*random)(void *ctx, void *bytes, size_t len);
    void *ctx;
} vg_kit_config;

/* Make a kit. `config` may be NULL. VG_UNSUPPORTED: no such dialect. *kit has the error's text;
 * close it either way (NULL when VG_NO_MEMORY). */
VG_API int vg_kit_open(vg_kit **kit, const vg_kit_config *config);
/* Forget it and all that it handed out. NULL is ignored. */
VG_API void vg_kit_close(vg_kit *kit);
/* What went wrong in the last call, perhaps several lines; "" if it succeeded. */
VG_API const char *vg_kit_error(const vg_kit *kit);

/* ---- generate and export ---- */

/* What a name in a question belongs to. */
typedef enum vg_kit_kind {
    VG_KIT_TABLE,
    VG_KIT_COLUMN,
    VG_KIT_VIEW,
    /* PostgreSQL: */
    VG_KIT_SCHEMA, /* NAMESPACE */
    VG_KIT_ENUM,
    VG_KIT_SEQUENCE,
    VG_KIT_ROLE,
    VG_KIT_POLICY /* of a table, or one that stands alone */
} vg_kit_kind;

/* An answer to a question: `to` was `from`, or is new (`from` NULL). */
typedef struct vg_kit_decision {
    vg_kit_kind kind;
    const char *table; /* of a column: its table, by the new name; else NULL */
    const char *from;
    const char *to;
} vg_kit_decision;

typedef struct vg_kit_decisions {
    const vg_kit_decision *data;
    size_t len;
} vg_kit_decisions;

/* What the kit never guesses: is `name` new, or one of `candidates` renamed? */
typedef struct vg_kit_question {
    vg_kit_kind kind;
    const char *table; /* of a column; else NULL */
    const char *name;
    vg_kit_texts candidates;
} vg_kit_question;

typedef struct vg_kit_questions {
    const vg_kit_question *data;
    size_t len;
} vg_kit_questions;

enum {
    VG_KIT_LOSES = 1,    /* rows or values are gone after it */
    VG_KIT_REWRITES = 2, /* it copies a table, which takes time when that is large */
    VG_KIT_MAY_FAIL = 4, /* it fails, and the migration with it, if rows do not fit */
    VG_KIT_LOCKS = 8,    /* others wait for it, and long if a table is large */
    VG_KIT_BREAKS = 16   /* programs that run, and do not know of it, fail */
};

typedef struct vg_kit_statement {
    const char *sql;
    const char *table; /* what it is about; "" */
    unsigned flags;    /* VG_KIT_LOSES, ... */
    const char *note;  /* sentences on that; NULL */
    int line;          /* vg_kit_lint: where it begins, from 1; else 0 */
} vg_kit_statement;

typedef struct vg_kit_statements {
    const vg_kit_statement *data;
    size_t len;
} vg_kit_statements;

typedef struct vg_kit_generate_options {
    const char *name; /* of the migration; NULL: one is made up */
    bool custom;      /* an empty file to write SQL into; the schema is not looked at */
    bool dry_run;     /* write nothing */
    bool no_down;     /* no file that takes it back */
    vg_kit_decisions decisions;
} vg_kit_generate_options;

/* What came of it. */
typedef struct vg_kit_generated {
    bool changed;               /* there is something to migrate */
    vg_kit_questions questions; /* some: nothing was written; decide and call again */
    const char *tag;            /* "0001_quiet_delta" */
    const char *path;           /* of the SQL file */
    const char *sql;            /* its text */
    vg_kit_statements statements;
    vg_kit_texts losses; /* why it cannot be taken back, if it cannot */
    vg_kit_texts notes;  /* what is odd about the folder */
} vg_kit_generated;

/* Compare `schema` with the folder's last snapshot and write a migration that leads to it: the
 * SQL file, the one that takes it back, the snapshot, and last the journal. `options` may be
 * NULL; `schema` too if it is custom. VG_OK with changed false: there is nothing to do;
 * VG_OK with questions: see there. VG_SCHEMA: the schema is not sound; VG_INVALID: the folder
 * or a decision is not; VG_IO, VG_FULL, VG_READ_ONLY: files. */
VG_API int vg_kit_generate(vg_kit *kit, const vg_schema *schema,
                           const vg_kit_generate_options *options,
                           vg_kit_generated *out);

/* Look at SQL that somebody wrote: the statements that lose rows, read or copy whole tables,
 * keep others waiting, break programs that run, or may fail; DELETE and UPDATE without WHERE,
 * what cannot run in a migration's transaction; and the safer way, where there is one. SQLite's
 * by their words; PostgreSQL's by its own parser, if the kit was built with libpg_query.
 * Nothing is run. The statements that generate makes have their notes already. */
VG_API int vg_kit_lint(vg_kit *kit, const char *sql, vg_kit_statements *out);

/* The statements that make `schema` in an empty database, a newline between them. */
VG_API int vg_kit_export(vg_kit *kit, const vg_schema *schema, const char **sql);

/* ---- what is in the folder ---- */

/* Read the folder's migrations, each with the file that takes it back, if there is one, and the
 * SHA-256 of its text, for vg_migrate and its like. They live in the kit. No folder: none.
 * VG_NOT_FOUND: the journal lists a file that is not there; VG_INVALID: the journal is not one.
 *     vg_migrations all;
 *     if (vg_kit_load(kit, &all)) return fail(kit);
 *     if (vg_migrate(db, &all, NULL)) return fail_db(db); */
VG_API int vg_kit_load(vg_kit *kit, vg_migrations *out);

/* ---- the folder's tools ---- */

typedef enum vg_kit_severity {
    VG_KIT_WARNING, /* odd, but both tools work with it */
    VG_KIT_ERROR    /* something fails, or is lost, or never runs */
} vg_kit_severity;

typedef struct vg_kit_finding {
    vg_kit_severity severity;
    const char *file; /* its path */
    size_t line;      /* from 1; 0: the file as a whole */
    const char *message;
} vg_kit_finding;

typedef struct vg_kit_findings {
    const vg_kit_finding *data;
    size_t len;
    size_t errors; /* how many of them are VG_KIT_ERROR */
} vg_kit_findings;

/* Look for all that is wrong with the folder: a journal or snapshots that cannot be read, are
 * of an old version, have one parent (two branches were merged) or none; files that are missing
 * or that no entry names; migrations that would never run; and, all of them applied to an empty
 * database in memory, SQL that fails or that does not lead to the last snapshot. VG_OK: it was
 * looked at, and `out` says what was found. */
VG_API int vg_kit_check(vg_kit *kit, vg_kit_findings *out);

/* Rewrite snapshots of older versions in place; `written` has their paths. */
VG_API int vg_kit_up(vg_kit *kit, vg_kit_texts *written);

/* What a tool did to the folder. */
typedef struct vg_kit_changed {
    const char *tag;      /* of the new migration; NULL: there is none */
    vg_kit_texts written; /* paths, without the journal's */
    vg_kit_texts removed;
    vg_kit_texts notes; /* sentences for a person: what to do next, or to know */
} vg_kit_changed;

/* Take the migration `tag` (NULL: the last) out of the folder: its entry and its files. Files
 * of others stay as they are. `db`, if not NULL, is asked first: VG_INVALID when it has the
 * migration applied. VG_NOT_FOUND: there is no such migration. */
VG_API int vg_kit_drop(vg_kit *kit, const char *tag, vg_db *db, vg_kit_changed *out);
/* ---- push: a schema straight into a database, without files ---- */

/* What a push takes away: rows, values, and what no schema will bring back, such as a trigger
 * that somebody made by hand. */
typedef struct vg_kit_loss {
    const char *text; /* "table b and its 3 rows are dropped" */
    int64_t rows;     /* or values; 0: it is about something else */
} vg_kit_loss;
typedef struct vg_kit_losses {
    const vg_kit_loss *data;
    size_t len;
} vg_kit_losses;

/* What a push would do; plain data, in the kit. */
typedef struct vg_kit_push {
    bool changed; /* there is something to do */
    vg_kit_questions
        questions; /* some: nothing else is known yet; decide, plan again */
    vg_kit_statements statements;
    vg_kit_losses
        losses;         /* ask before you apply; none: nothing that is there is lost */
    vg_kit_texts notes; /* what the database has, a schema cannot say and push leaves */
    int64_t version;    /* of the database's schema, when it was looked at */
    const struct vg_kit_counts *counts; /* and what was counted then */
} vg_kit_push;

/* Compare `schema` with what the database holds, and say what would make them equal; nothing
 * is changed. Internal tables and those that the configuration's tables_filter takes away are
 * left alone. `decisions` may be NULL. VG_SCHEMA, VG_INVALID: the schema or a decision is not
 * sound; else what the database says.
 *     vg_kit_push plan;
 *     if (vg_kit_push_plan(kit, db, &blog, NULL, &plan)) return fail(kit);
 *     for (size_t i = 0; i < plan.losses.len; i++) puts(plan.losses.data[i].text);
 *     if (!plan.questions.len && !plan.losses.len && vg_kit_push_apply(kit, db, &plan))
 *         return fail(kit); */
VG_API int vg_kit_push_plan(vg_kit *kit, vg_db *db, const vg_schema *schema,
                            const vg_kit_decisions *decisions, vg_kit_push *out);

/* Do it, in one transaction: all or nothing, whatever happens. Foreign keys are not enforced
 * meanwhile, so that a table which is made anew deletes no rows of others; before the commit
 * they are checked (VG_FOREIGN_KEY). VG_BUSY: the database is locked, or its schema is another
 * one than when the plan was made: plan again. VG_INVALID: the plan has questions. Not in a
 * transaction. */
VG_API int vg_kit_push_apply(vg_kit *kit, vg_db *db, const vg_kit_push *plan);

typedef struct vg_kit_squash_options {
    const char *from; /* the first of them: a tag, or its number; NULL: all there are */
    const char *name; /* of the new one; NULL: "squashed" */
    vg_db *db; /* NULL, or a database to be brought along, as vg_kit_adopt does */
} vg_kit_squash_options;

/* Make one migration of the last ones, which does what they did: what was generated is generated
 * anew as a whole where that loses nothing, all other SQL stays as it is and where it is. It keeps
 * the number and the time of the last, so a database that has them all never runs it; the file
 * meta/_NNNN_name_replaces.json says which they were. `options` may be NULL. VG_INVALID: there are
 * not two, or the database has some of them and not all. */
VG_API int vg_kit_squash(vg_kit *kit, const vg_kit_squash_options *options,
                         vg_kit_changed *out);

/* Tell a database of migrations that were squashed or renumbered after it had them: in its table
 * their rows are replaced by those of what they became, in one transaction. *count, unless NULL:
 * how many migrations that were. Nothing else changes, and a second call changes nothing.
 * VG_INVALID: it has some of what one migration replaces, and not all; migrate it with the
 * folder as it was before the squash, then call again. */
VG_API int vg_kit_adopt(vg_kit *kit, vg_db *db, size_t *count);

/* After two branches were merged that each had migrations of their own: put those of one behind
 * those of the other, with new numbers and times, and snapshots (and, where they were generated,
 * SQL) that count with what the other did. A journal and snapshots in which git has left
 * conflicts are mended on the way. `tag` is a migration of the branch that moves; NULL: ours, or
 * what stands later in the journal. out->tag is the first one's new tag, NULL when there was
 * nothing to do. Nothing is written when both branches change the same thing: VG_INVALID then, and
 * the error's text says what. Databases that had the moved ones are told by vg_kit_adopt. */
VG_API int vg_kit_rebase(vg_kit *kit, const char *tag, vg_kit_changed *out);

/* The migrations as a C file, for a program that brings them along: it defines
 *     const vg_migrations app_migrations;      for vg_migrate
 *     const char app_fingerprint[];            for vg_check_fingerprint, of the schema after all
 * or, by `symbol`, others ("shop_migrations"; NULL is the above). The same folder gives the same
 * text, in *text; unless `path` is NULL it also replaces that file. The fingerprint is "" when
 * the migrations cannot be tried on an empty database. VG_INVALID: `symbol` is no name in C. */
VG_API int vg_kit_embed(vg_kit *kit, const char *symbol, const char *path,
                        const char **text);

/* ---- pull: a database as a schema header ---- */

/* How the names in C are made of those in the database. */
typedef enum vg_kit_casing {
    VG_KIT_AS_IN_DATABASE,
    VG_KIT_SNAKE_CASE,
    VG_KIT_CAMEL_CASE
} vg_kit_casing;

typedef struct vg_kit_pull_options {
    const char *header; /* the file to write, over what is there; NULL: none */
    const char *schema; /* the name in SCHEMA(...); NULL: "app" */
    vg_kit_casing casing;
    bool no_baseline;  /* leave the folder alone */
    bool init;         /* note in the database that the baseline has run */
    const char *name;  /* of the baseline; NULL: one is made up */
    bool no_relations; /* no ONE and MANY for foreign keys: rows have columns alone */
} vg_kit_pull_options;

typedef struct vg_kit_pulled {
    const char *text;   /* the header */
    const char *header; /* where it is; NULL: nowhere */
    size_t tables, columns, indexes, foreign_keys, checks, views, triggers;
    const char *tag; /* of the baseline; NULL: there are migrations, or nothing to do */
    const char *path;   /* of its SQL file */
    bool initialized;   /* the database knows it as applied */
    vg_kit_texts notes; /* what the database has and the header does not say */
} vg_kit_pulled;

/* Write the schema of a database as a header that compiles without warnings, whatever its
 * names are, and whose descriptors compare equal to the database. Names that C or its library
 * have already get an _ or a number, and NAME("..."); types that Virga does not know get
 * SQL_TYPE. If the folder has no migrations it gets a first one, as drizzle-kit does it: the
 * statements as a comment, and the snapshot, so that generate goes on from here. `options` may
 * be NULL. Nothing is changed in the database but by `init`. VG_IO, VG_READ_ONLY: a file cannot
 * be written; VG_CORRUPT, VG_BUSY: what the database says.
 *     vg_kit_pulled pulled;
 *     if (vg_kit_pull(kit, db, &(vg_kit_pull_options){.header = "schema.h"}, &pulled))
 *         return fail(kit); */
VG_API int vg_kit_pull(vg_kit *kit, vg_db *db, const vg_kit_pull_options *options,
                       vg_kit_pulled *out);

/* ---- drift: what a database has that it should not, and the other way round ---- */

/* Compare the database with the snapshot of the last migration that it knows as applied (of
 * the folder's last one, if it knows none). Each difference is a sentence: "table users:
 * column age is missing in the database". *out empty: there is none. VG_NOT_FOUND: the folder
 * has no snapshot.
 *     vg_kit_texts drift;
 *     if (vg_kit_drift(kit, db, &drift)) return fail(kit);
 *     for (size_t i = 0; i < drift.len; i++) puts(drift.data[i]); */
VG_API int vg_kit_drift(vg_kit *kit, vg_db *db, vg_kit_texts *out);

VG_END_DECLS
