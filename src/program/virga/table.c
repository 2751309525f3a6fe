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

const option option_table[OPT_COUNT] = {
    [OPT_CONFIG] = {.name = "config",
                    .letter = 'c',
                    .kind = KIND_TEXT,
                    .argument = "FILE",
                    .help = "the configuration to use; without it virga.json, else "
                            "drizzle.config.json, else none"},
    [OPT_DIALECT] =
        {.name = "dialect",
         .kind = KIND_TEXT,
         .argument = "NAME",
         .choices = "sqlite postgresql",
         .key = "dialect",
         .fallback = "sqlite",
         .help = "the kind of database; where nobody says it, the one of the URL"},
    [OPT_SCHEMA] =
        {.name = "schema",
         .kind = KIND_LIST,
         .argument = "PATH",
         .key = "schema",
         .help = "the header with the schema; a path or a pattern such as "
                 "'src/*.schema.h', "
                 "may be given again",
         .more =
             "Paths and patterns are relative to the current folder. The headers of a "
             "pattern are taken in alphabetical order."},
    [OPT_OUT] =
        {.name = "out",
         .kind = KIND_TEXT,
         .argument = "FOLDER",
         .key = "out",
         .fallback = "migrations",
         .help = "the folder of the migrations",
         .more = "In drizzle.config.json the default is \"./drizzle\", as it is for "
                 "drizzle-kit."},
    [OPT_URL] = {.name = "url",
                 .kind = KIND_TEXT,
                 .argument = "URL",
                 .key = "dbCredentials.url",
                 .variable = "DATABASE_URL",
                 .help = "the database: app.db, file:app.db, postgres://user@host/name",
                 .more = "\"${NAME}\" in it is replaced by the variable NAME of the "
                         "environment or of "
                         ".env; \"env:NAME\" is that variable as a whole. "
                         "\"${NAME:-text}\" has a text "
                         "for when there is none."},
    [OPT_HOST] = {.name = "host",
                  .kind = KIND_TEXT,
                  .argument = "HOST",
                  .key = "dbCredentials.host",
                  .help = "the server, where no URL says it: a name, an address or the "
                          "folder of a socket",
                  .only = "postgresql",
                  .otherwise = "SQLite has no server; write dbCredentials.url"},
    [OPT_PORT] = {.name = "port",
                  .kind = KIND_TEXT,
                  .argument = "PORT",
                  .key = "dbCredentials.port",
                  .number = true,
                  .help = "its port; without it 5432",
                  .only = "postgresql",
                  .otherwise = "SQLite has no server; write dbCredentials.url"},
    [OPT_USER] = {.name = "user",
                  .kind = KIND_TEXT,
                  .argument = "NAME",
                  .key = "dbCredentials.user",
                  .help = "who connects; without it $PGUSER or the user of the system",
                  .only = "postgresql",
                  .otherwise = "SQLite has no server; write dbCredentials.url"},
    [OPT_PASSWORD] =
        {.name = "",
         .kind = KIND_TEXT,
         .argument = "TEXT",
         .key = "dbCredentials.password",
         .help = "the password; better \"${NAME}\", $PGPASSWORD or ~/.pgpass",
         .more =
             "There is no flag for it: everybody on the machine could read it there.",
         .only = "postgresql",
         .otherwise = "SQLite has no server; write dbCredentials.url"},
    [OPT_DATABASE] = {.name = "database",
                      .kind = KIND_TEXT,
                      .argument = "NAME",
                      .key = "dbCredentials.database",
                      .help = "the database of that server",
                      .only = "postgresql",
                      .otherwise = "SQLite has no server; write dbCredentials.url"},
    [OPT_SSL] = {.name = "ssl",
                 .kind = KIND_TEXT,
                 .argument = "MODE",
                 .choices = "disable allow prefer require verify-ca verify-full",
                 .key = "dbCredentials.ssl",
                 .yes = "require",
                 .no = "disable",
                 .help = "whether the connection is encrypted; in the configuration "
                         "also true or false",
                 .only = "postgresql",
                 .otherwise = "SQLite has no server; write dbCredentials.url"},
    [OPT_TABLE] = {.name = "migrations-table",
                   .kind = KIND_TEXT,
                   .argument = "NAME",
                   .key = "migrations.table",
                   .fallback = "__drizzle_migrations",
                   .help = "the table that remembers what was applied"},
    [OPT_TABLE_SCHEMA] = {.name = "migrations-schema",
                          .kind = KIND_TEXT,
                          .argument = "NAME",
                          .key = "migrations.schema",
                          .help = "the schema of that table; without it drizzle",
                          .only = "postgresql",
                          .otherwise = "SQLite has no schemas"},
    [OPT_SCRATCH_URL] =
        {.name = "scratch-url",
         .kind = KIND_TEXT,
         .argument = "URL",
         .key = "migrations.scratchUrl",
         .variable = "SCRATCH_DATABASE_URL",
         .help = "a server to try migrations on: in a new database, which is dropped",
         .only = "postgresql",
         .otherwise = "SQLite tries them in memory"},
    [OPT_PREFIX] = {.name = "prefix",
                    .kind = KIND_TEXT,
                    .argument = "KIND",
                    .choices = "index timestamp supabase unix none",
                    .key = "migrations.prefix",
                    .fallback = "index",
                    .help = "what the names of new migrations begin with"},
    [OPT_BREAKPOINTS] = {.name = "breakpoints",
                         .kind = KIND_FLAG,
                         .key = "breakpoints",
                         .fallback = "true",
                         .help = "write '--> statement-breakpoint' between statements"},
    [OPT_VERBOSE] = {.name = "verbose",
                     .letter = 'v',
                     .kind = KIND_FLAG,
                     .key = "verbose",
                     .fallback = "false",
                     .help = "show the statements, and the commands that are run"},
    [OPT_STRICT] = {.name = "strict",
                    .kind = KIND_FLAG,
                    .key = "strict",
                    .fallback = "false",
                    .help = "ask before anything is changed, not only before a loss"},
    [OPT_TABLES_FILTER] =
        {.name = "tables-filter",
         .other = "tablesFilter",
         .kind = KIND_LIST,
         .argument = "PATTERN",
         .key = "tablesFilter",
         .help =
             "look only at these tables; '!x*' takes tables away, may be given again"},
    [OPT_SCHEMA_FILTER] =
        {.name = "schema-filter",
         .other = "schemaFilters",
         .kind = KIND_LIST,
         .argument = "PATTERN",
         .key = "schemaFilter",
         .help = "look only at these schemas; without it public; may be given again",
         .only = "postgresql",
         .otherwise = "SQLite has no schemas"},
    [OPT_EXTENSIONS] = {.name = "extensions-filters",
                        .other = "extensionsFilters",
                        .kind = KIND_LIST,
                        .argument = "NAME",
                        .key = "extensionsFilters",
                        .help = "leave the tables and views of this extension alone, "
                                "such as postgis; it is done for all of them",
                        .only = "postgresql",
                        .otherwise = "SQLite has no such extensions"},
    [OPT_ROLES] = {.name = "roles",
                   .kind = KIND_FLAG,
                   .key = "entities.roles",
                   .help = "push: look at the roles of the server, too",
                   .only = "postgresql",
                   .otherwise = "SQLite has no roles"},
    [OPT_ROLES_PROVIDER] = {.name = "",
                            .kind = KIND_TEXT,
                            .argument = "NAME",
                            .choices = "supabase neon",
                            .key = "entities.roles.provider",
                            .help =
                                "leave the roles alone that the provider makes itself",
                            .only = "postgresql",
                            .otherwise = "SQLite has no roles"},
    [OPT_ROLES_INCLUDE] = {.name = "",
                           .kind = KIND_LIST,
                           .argument = "NAME",
                           .key = "entities.roles.include",
                           .help = "look only at these roles",
                           .only = "postgresql",
                           .otherwise = "SQLite has no roles"},
    [OPT_ROLES_EXCLUDE] = {.name = "",
                           .kind = KIND_LIST,
                           .argument = "NAME",
                           .key = "entities.roles.exclude",
                           .help = "leave these roles alone",
                           .only = "postgresql",
                           .otherwise = "SQLite has no roles"},
    [OPT_INTROSPECT_CASING] = {.name = "introspect-casing",
                               .kind = KIND_TEXT,
                               .argument = "KIND",
                               .choices = "preserve camel snake",
                               .key = "introspect.casing",
                               .fallback = "preserve",
                               .help = "how pull names tables and columns in C"},
    [OPT_CC] = {.name = "cc",
                .kind = KIND_TEXT,
                .argument = "PROGRAM",
                .key = "cc",
                .help =
                    "the C compiler that reads the schema; else $CC, cc, gcc or clang",
                .more = "A program's name or path, with arguments after it if need be: "
                        "\"ccache gcc\". No shell looks at it."},
    [OPT_CFLAGS] =
        {.name = "cflags",
         .kind = KIND_LIST,
         .argument = "FLAGS",
         .key = "cflags",
         .help = "flags for the compiler, such as -DMULTI_TENANT; may be given again",
         .more =
             "One flag for each text of an array; a single text is split at blanks."},
    [OPT_INCLUDE] = {.name = "include",
                     .letter = 'I',
                     .kind = KIND_LIST,
                     .argument = "FOLDER",
                     .key = "include",
                     .help =
                         "where the compiler looks for headers; may be given again"},
    [OPT_SOURCES] = {.name = "sources",
                     .kind = KIND_LIST,
                     .argument = "PATH",
                     .key = "sources",
                     .help =
                         "C files that the schema needs, such as those of its coders",
                     .more = "Functions that the schema names (DEFAULT_FN and the "
                             "like) but nobody defines "
                             "are no problem: the kit does not call them."},
    [OPT_SCHEMA_NAME] =
        {.name = "schema-name",
         .kind = KIND_TEXT,
         .argument = "NAME",
         .key = "schemaName",
         .help =
             "the SCHEMA to take, or for pull to write; without it all of the headers "
             "together"},
    [OPT_NAME] = {.name = "name",
                  .kind = KIND_TEXT,
                  .argument = "NAME",
                  .help = "the migration's name; without it one is made up"},
    [OPT_CUSTOM] = {.name = "custom",
                    .kind = KIND_FLAG,
                    .help = "an empty migration, to write SQL in by hand"},
    [OPT_RENAME] = {.name = "rename",
                    .kind = KIND_LIST,
                    .argument = "OLD=NEW",
                    .help = "a table, view or column has a new name: users=people, "
                            "users.age=users.years; "
                            "may be given again"},
    [OPT_CREATE] =
        {.name = "create",
         .kind = KIND_LIST,
         .argument = "NAME",
         .help = "it is new, and no rename: people, users.years; may be given again"},
    [OPT_DECISIONS] = {.name = "decisions",
                       .kind = KIND_TEXT,
                       .argument = "FILE",
                       .help = "a JSON file of renames and creates; without it "
                               "virga.decisions.json if there is one"},
    [OPT_TO] = {.name = "to",
                .kind = KIND_TEXT,
                .argument = "MIGRATION",
                .help = "stop after this one: its tag, number or name"},
    [OPT_STEPS] = {.name = "steps",
                   .kind = KIND_TEXT,
                   .argument = "N",
                   .help = "how many migrations to take back, or all; without it one"},
    [OPT_FROM] = {.name = "from",
                  .kind = KIND_TEXT,
                  .argument = "MIGRATION",
                  .help = "the first one: its tag, number or name"},
    [OPT_DRY_RUN] = {.name = "dry-run",
                     .letter = 'n',
                     .kind = KIND_FLAG,
                     .help = "show what would be done, and do nothing"},
    [OPT_REHEARSE] =
        {.name = "rehearse",
         .kind = KIND_FLAG,
         .help = "do it on a copy first and check that; the database is touched "
                 "only if all went well"},
    [OPT_BACKUP] = {.name = "backup",
                    .kind = KIND_TEXT,
                    .argument = "FILE",
                    .help = "copy the database to a new file before it is changed"},
    [OPT_OUT_OF_ORDER] = {.name = "out-of-order",
                          .kind = KIND_FLAG,
                          .help =
                              "apply pending migrations that are older than the last "
                              "applied one, too"},
    [OPT_ALLOW_CHANGED] = {.name = "allow-changed",
                           .kind = KIND_FLAG,
                           .help =
                               "go on although the file of an applied migration was "
                               "changed; what was applied stays"},
    [OPT_EACH] = {.name = "each",
                  .kind = KIND_FLAG,
                  .help =
                      "a transaction for each migration: those before one that fails "
                      "stay; usual on PostgreSQL"},
    [OPT_WAIT] = {.name = "wait",
                  .kind = KIND_TEXT,
                  .argument = "SECONDS",
                  .help = "how long to wait for others who migrate or write; without "
                          "it 60, 0: not at all"},
    [OPT_LOCK_TIMEOUT] =
        {.name = "lock-timeout",
         .kind = KIND_TEXT,
         .argument = "MS",
         .help = "how long a statement may wait for the lock on a table, while others "
                 "wait behind it, before the migration is rolled back and tried again; "
                 "without it 2000 milliseconds, 0: as the server is set",
         .only = "postgresql",
         .otherwise = "SQLite locks a database as a whole; --wait says how long"},
    [OPT_FORCE] =
        {.name = "force",
         .kind = KIND_FLAG,
         .help = "do not ask: yes to whatever is lost; drop and squash do not look at "
                 "the database then"},
    [OPT_INIT] =
        {.name = "init",
         .kind = KIND_FLAG,
         .help = "write a first migration and count it as applied to this database"},
    [OPT_NO_RELATIONS] = {.name = "no-relations",
                          .kind = KIND_FLAG,
                          .help = "write no ONE and MANY for the foreign keys"},
    [OPT_TAG] = {.name = "tag",
                 .kind = KIND_TEXT,
                 .argument = "MIGRATION",
                 .help = "the migration: its tag, number or name"},
    [OPT_DRIFT] = {.name = "drift",
                   .kind = KIND_FLAG,
                   .help = "compare the database itself with the last snapshot"},
    [OPT_FILE] = {.name = "file",
                  .kind = KIND_TEXT,
                  .argument = "FILE",
                  .help = "the C file to write; without it standard output"},
    [OPT_JSON_SCHEMA] = {.name = "json-schema",
                         .kind = KIND_FLAG,
                         .help = "print JSON Schemas of the tables and views instead"},
    [OPT_OPENAPI] = {.name = "openapi",
                     .kind = KIND_FLAG,
                     .help = "print them as components of an OpenAPI document"},
    [OPT_DB_NAMES] = {.name = "db-names",
                      .kind = KIND_FLAG,
                      .help = "name columns in JSON as the database does, not as C"},
    [OPT_SYMBOL] = {.name = "symbol",
                    .kind = KIND_TEXT,
                    .argument = "NAME",
                    .fallback = "app_migrations",
                    .help = "what the C file calls the migrations"},
    [OPT_SEED] = {.name = "seed",
                  .kind = KIND_TEXT,
                  .argument = "N",
                  .key = "seed.number",
                  .number = true,
                  .fallback = "0",
                  .help = "the number from which all data follows"},
    [OPT_ROWS] = {.name = "count",
                  .other = "table",
                  .kind = KIND_LIST,
                  .argument = "N",
                  .key = "seed.count",
                  .number = true,
                  .help = "how many rows a table gets, without it 10; or of one table: "
                          "users=100; may be given again"},
    [OPT_ONLY] = {.name = "only",
                  .kind = KIND_LIST,
                  .argument = "TABLE",
                  .help =
                      "fill this table; all others stay as they are, and their rows "
                      "are referred to; may be given again"},
    [OPT_EXCEPT] = {.name = "except",
                    .kind = KIND_LIST,
                    .argument = "TABLE",
                    .help = "leave this table as it is; may be given again"},
    [OPT_RESET] = {.name = "reset",
                   .kind = KIND_FLAG,
                   .help = "first delete all rows of the tables to be filled"},
    [OPT_OUTPUT] = {.name = "output",
                    .letter = 'o',
                    .kind = KIND_TEXT,
                    .argument = "FORM",
                    .choices = "text json",
                    .fallback = "text",
                    .help =
                        "text, or one JSON object and nothing else on standard output"},
    [OPT_HELP] = {.name = "help",
                  .letter = 'h',
                  .kind = KIND_FLAG,
                  .help = "show help"},
    [OPT_VERSION] = {.name = "version",
                     .letter = 'V',
                     .kind = KIND_FLAG,
                     .help = "show the version"},
};

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
