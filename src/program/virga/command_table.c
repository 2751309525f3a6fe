/* The commands of `virga`, with the options of each; how it ends; keys it refuses. */
#include "program/virga/table.h"

#define BIT(id) (UINT64_C(1) << OPT_##id)
#define EVERY   (BIT(CONFIG) | BIT(OUTPUT) | BIT(VERBOSE))
#define FOLDER  (BIT(DIALECT) | BIT(OUT))
#define WRITES  (FOLDER | BIT(PREFIX) | BIT(BREAKPOINTS))
#define SERVER \
    (BIT(HOST) | BIT(PORT) | BIT(USER) | BIT(DATABASE) | BIT(SSL) | BIT(TABLE_SCHEMA))
#define DATABASE (BIT(DIALECT) | BIT(URL) | BIT(TABLE) | SERVER)
#define FILTERS  (BIT(TABLES_FILTER) | BIT(SCHEMA_FILTER) | BIT(EXTENSIONS) | BIT(ROLES))
#define SCHEMA                                                               \
    (BIT(DIALECT) | BIT(SCHEMA) | BIT(SCHEMA_NAME) | BIT(CC) | BIT(CFLAGS) | \
     BIT(INCLUDE) | BIT(SOURCES))
_Static_assert(OPT_HELP <= 64, "command.options has a bit for each option");
#define QUESTIONS (BIT(RENAME) | BIT(CREATE) | BIT(DECISIONS))

const command command_table[CMD_COUNT] = {
    [CMD_INIT] = {.name = "init",
                  .summary = "write virga.json and a schema.h to start from",
                  .text = "Files that exist are left as they are.",
                  .example = "virga init",
                  .options = EVERY | BIT(SCHEMA) | BIT(OUT) | BIT(URL) | BIT(DIALECT)},
    [CMD_GENERATE] =
        {.name = "generate",
         .summary = "compare the schema with the last migration and write the next one",
         .text =
             "Writes a SQL file, its inverse where nothing is lost by it, a snapshot "
             "of the "
             "schema and an entry in the journal. Read the SQL before you apply it.\n"
             "\n"
             "Where something is gone while something else is new, only you know "
             "whether it "
             "was renamed. On a terminal virga asks; elsewhere --rename, --create or "
             "--decisions say it, and without them it stops with status 2 and lists "
             "what is "
             "open.",
         .example = "virga generate --name add_phone\n"
                    "virga generate --rename users.fullname=users.name\n"
                    "virga generate --custom --name seed_countries",
         .options = EVERY | WRITES | SCHEMA | QUESTIONS | BIT(NAME) | BIT(CUSTOM) |
                    BIT(DRY_RUN)},
    [CMD_MIGRATE] = {.name = "migrate",
                     .summary =
                         "apply the migrations that the database does not have yet",
                     .text = "All of them in one transaction: the database is as "
                             "before or as after. Foreign "
                             "keys are checked before it is committed. Another program "
                             "that migrates at the "
                             "same time is waited for.\n"
                             "\n"
                             "On PostgreSQL each in a transaction of its own "
                             "(--no-each: all in one), so that no table is locked "
                             "longer than need be. What cannot run in a transaction, "
                             "such as CREATE INDEX CONCURRENTLY, runs between two; "
                             "if that fails, the next run goes on there. --rehearse "
                             "does it in a transaction that is rolled back.",
                     .example = "virga migrate\n"
                                "virga migrate --dry-run\n"
                                "virga migrate --rehearse --backup before.db",
                     .options = EVERY | FOLDER | DATABASE | BIT(TO) | BIT(DRY_RUN) |
                                BIT(REHEARSE) | BIT(BACKUP) | BIT(OUT_OF_ORDER) |
                                BIT(ALLOW_CHANGED) | BIT(EACH) | BIT(WAIT) |
                                BIT(LOCK_TIMEOUT)},
    [CMD_ROLLBACK] = {.name = "rollback",
                      .summary = "take back the last migration, or those after --to",
                      .text = "By the inverse that generate wrote, <tag>.down.sql. A "
                              "migration that cannot be "
                              "taken back says why in there, and rollback refuses it. "
                              "Where rows or values go "
                              "with what is dropped, virga asks, or wants --force.",
                      .example = "virga rollback\n"
                                 "virga rollback --to 0003_add_phone",
                      .options = EVERY | FOLDER | DATABASE | BIT(TO) | BIT(STEPS) |
                                 BIT(DRY_RUN) | BIT(REHEARSE) | BIT(BACKUP) |
                                 BIT(FORCE) | BIT(EACH) | BIT(WAIT) |
                                 BIT(LOCK_TIMEOUT)},
    [CMD_STATUS] = {.name = "status",
                    .summary = "show which migrations are applied",
                    .text = "applied, pending, changed (the file is not what was "
                            "applied), missing (applied, "
                            "but not in the folder), out of order (pending, but older "
                            "than the last applied "
                            "one).\n"
                            "\n"
                            "Status 1 if any is changed, missing or out of order, or "
                            "if --drift finds a "
                            "difference.",
                    .example = "virga status\n"
                               "virga status --drift",
                    .options = EVERY | FOLDER | DATABASE | BIT(DRIFT) | FILTERS},
    [CMD_PUSH] = {.name = "push",
                  .summary = "make the database like the schema, without migrations",
                  .text = "For a database of one's own, while the schema is still "
                          "changing. What would lose "
                          "rows or values is listed with their numbers, and asked for.",
                  .example = "virga push\n"
                             "virga push --dry-run",
                  .options = EVERY | DATABASE | SCHEMA | QUESTIONS | BIT(STRICT) |
                             BIT(FORCE) | BIT(DRY_RUN) | FILTERS},
    [CMD_PULL] = {.name = "pull",
                  .other = "introspect",
                  .summary = "write the schema of a database as a header",
                  .text = "Writes <out>/schema.h and, if the folder has no migrations, "
                          "a first one as a "
                          "comment, so that generate goes on from here.",
                  .example = "virga pull --url old.db --out db\n"
                             "virga pull --init",
                  .options = EVERY | WRITES | DATABASE | BIT(NAME) | BIT(SCHEMA_NAME) |
                             BIT(INIT) | BIT(NO_RELATIONS) | BIT(INTROSPECT_CASING) |
                             FILTERS | BIT(FORCE)},
    [CMD_CHECK] =
        {.name = "check",
         .summary = "look for mistakes in the folder of migrations",
         .text = "Journal, snapshots and files, and whether two migrations follow the "
                 "same one, as after a merge (see rebase).",
         .example = "virga check",
         .options = EVERY | FOLDER | BIT(SCRATCH_URL)},
    [CMD_UP] = {.name = "up",
                .summary = "bring old snapshots to the present format",
                .example = "virga up",
                .options = EVERY | FOLDER},
    [CMD_DROP] =
        {.name = "drop",
         .summary = "remove a migration from the folder",
         .text = "The file, its snapshot and its entry in the journal. No database is "
                 "touched: take back what is applied with rollback first.",
         .example = "virga drop\n"
                    "virga drop --tag 0004_wrong",
         .options = EVERY | FOLDER | DATABASE | BIT(TAG) | BIT(FORCE)},
    [CMD_EXPORT] = {.name = "export",
                    .summary = "print the SQL that makes the whole schema",
                    .text =
                        "Or, with --json-schema (2020-12) or --openapi (3.1), what "
                        "its rows are in JSON: users as read, users_new for an insert, "
                        "users_change for an update, and the enums.",
                    .example = "virga export | sqlite3 new.db\n"
                               "virga export --openapi > openapi.json",
                    .options = EVERY | SCHEMA | FILTERS | BIT(JSON_SCHEMA) |
                               BIT(OPENAPI) | BIT(DB_NAMES)},
    [CMD_SQUASH] =
        {.name = "squash",
         .summary = "make one migration of the last ones",
         .text =
             "Those from --from on, or all. The database of the configuration, if it "
             "is there, "
             "is told; others are by their next virga migrate. One that has some of "
             "them and not all must have them all first.",
         .example = "virga squash --from 0003 --name orders",
         .options = EVERY | WRITES | DATABASE | BIT(FROM) | BIT(NAME) | BIT(FORCE) |
                    BIT(SCRATCH_URL)},
    [CMD_REBASE] =
        {.name = "rebase",
         .summary = "put migrations that follow the same one in a row",
         .text =
             "After two branches were merged, each with a migration of its own. "
             "The one named by --tag, or the last, is written anew after the other.",
         .example = "virga rebase",
         .options = EVERY | WRITES | BIT(TAG) | BIT(SCRATCH_URL)},
    [CMD_EMBED] =
        {.name = "embed",
         .summary = "write the migrations as a C file",
         .text = "A program with that file migrates by one call when it starts, and "
                 "needs no folder: vg_migrate(db, &app_migrations, NULL).",
         .example = "virga embed --file src/migrations.c",
         .options = EVERY | FOLDER | BIT(FILE) | BIT(SYMBOL) | BIT(SCRATCH_URL)},
    [CMD_SEED] =
        {.name = "seed",
         .summary = "fill the tables of the database with believable data",
         .text =
             "For development and tests. Parents come before children, keys lead "
             "somewhere, what is unique is unique; the same number gives the same "
             "data, "
             "everywhere. All in one transaction.\n"
             "\n"
             "What types and names of columns do not tell can be said in C: a file of "
             "\"sources\" that has VG_SEED_PLAN_OF(schema, ...), see virga/seed.h.",
         .example = "virga seed --count 100 --count users=20\n"
                    "virga seed --reset --seed 7",
         .options = EVERY | DATABASE | SCHEMA | BIT(SEED) | BIT(ROWS) | BIT(ONLY) |
                    BIT(EXCEPT) | BIT(RESET) | BIT(FORCE)},
    [CMD_DOCTOR] = {.name = "doctor",
                    .summary = "explain the configuration and look at what virga needs",
                    .text = "Each value and where it came from, the compiler, the "
                            "schema, the folder and the "
                            "database.",
                    .example = "virga doctor",
                    .options = EVERY | WRITES | DATABASE | SCHEMA | BIT(STRICT) |
                               FILTERS | BIT(INTROSPECT_CASING)},
    [CMD_HELP] = {.name = "help",
                  .argument = "COMMAND",
                  .summary = "show help for a command",
                  .example = "virga help generate",
                  .options = 0},
};

const exit_status exit_statuses[] = {
    {EXIT_DONE, "done, or there was nothing to do"},
    {EXIT_FAILED, "failed, or something is wrong; the message says what"},
    {EXIT_UNDECIDED, "a question is open and there is no terminal to ask on"},
    {EXIT_USAGE, "the command line or the configuration is not right"},
    {EXIT_INTERRUPTED, "interrupted by Ctrl-C at a question; nothing was written"},
};
const size_t exit_status_count = sizeof exit_statuses / sizeof *exit_statuses;

const refused_key refused_keys[] = {
    {"casing", "the header says it: #define VG_CASING SNAKE_CASE"},
    {"driver", "virga opens its databases itself"},
    {"dbCredentials.authToken",
     "virga opens files of SQLite and servers of PostgreSQL"},
    {"dbCredentials.accountId",
     "virga opens files of SQLite and servers of PostgreSQL"},
    {"dbCredentials.databaseId",
     "virga opens files of SQLite and servers of PostgreSQL"},
    {"dbCredentials.token", "virga opens files of SQLite and servers of PostgreSQL"},
};
const size_t refused_key_count = sizeof refused_keys / sizeof *refused_keys;
