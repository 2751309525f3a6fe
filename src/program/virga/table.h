/* The commands and options of `virga`, as one table: the parser, the help, the configuration,
 * the man pages and the shell completions are made from it (tools/gen_man reads it, too, so it
 * needs nothing but libc). */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum option_id {
    OPT_CONFIG,
    OPT_DIALECT,
    OPT_SCHEMA,
    OPT_OUT,
    OPT_URL,
    OPT_HOST,
    OPT_PORT,
    OPT_USER,
    OPT_PASSWORD,
    OPT_DATABASE,
    OPT_SSL,
    OPT_TABLE,
    OPT_TABLE_SCHEMA,
    OPT_SCRATCH_URL,
    OPT_PREFIX,
    OPT_BREAKPOINTS,
    OPT_VERBOSE,
    OPT_STRICT,
    OPT_TABLES_FILTER,
    OPT_SCHEMA_FILTER,
    OPT_EXTENSIONS,
    OPT_ROLES,
    OPT_ROLES_PROVIDER,
    OPT_ROLES_INCLUDE,
    OPT_ROLES_EXCLUDE,
    OPT_INTROSPECT_CASING,
    OPT_CC,
    OPT_CFLAGS,
    OPT_INCLUDE,
    OPT_SOURCES,
    OPT_SCHEMA_NAME,
    OPT_NAME,
    OPT_CUSTOM,
    OPT_RENAME,
    OPT_CREATE,
    OPT_DECISIONS,
    OPT_TO,
    OPT_STEPS,
    OPT_FROM,
    OPT_DRY_RUN,
    OPT_REHEARSE,
    OPT_BACKUP,
    OPT_OUT_OF_ORDER,
    OPT_ALLOW_CHANGED,
    OPT_EACH,
    OPT_WAIT,
    OPT_LOCK_TIMEOUT,
    OPT_FORCE,
    OPT_INIT,
    OPT_NO_RELATIONS,
    OPT_TAG,
    OPT_DRIFT,
    OPT_FILE,
    OPT_JSON_SCHEMA,
    OPT_OPENAPI,
    OPT_DB_NAMES,
    OPT_SYMBOL,
    OPT_SEED,
    OPT_ROWS,
    OPT_ONLY,
    OPT_EXCEPT,
    OPT_RESET,
    OPT_OUTPUT,
    OPT_HELP, /* from here on: without a bit in command.options */
    OPT_VERSION,
    OPT_COUNT
} option_id;

typedef enum option_kind {
    KIND_FLAG, /* --x, --no-x, --x=false; "true" or "false" */
    KIND_TEXT,
    KIND_LIST /* may be given again; in the configuration a text or an array */
} option_kind;

typedef struct option {
    const char *name;  /* without its dashes; "": it is no flag */
    const char *other; /* drizzle-kit's spelling; NULL: the same */
    char letter;       /* -h; 0: none */
    option_kind kind;
    const char *argument; /* what the help calls its value; NULL of a flag */
    const char *choices;  /* "a b c"; NULL: anything */
    const char *help;
    const char *key;       /* of the configuration; NULL: none */
    const char *variable;  /* of the environment; NULL: none */
    const char *fallback;  /* where nobody says anything; NULL: nothing */
    const char *more;      /* what virga.json(5) adds; NULL */
    const char *only;      /* the one dialect that has it; NULL: all */
    const char *otherwise; /* and why others do not */
    const char *yes, *no; /* what true and false stand for in the configuration; NULL */
    bool number;          /* a number there is as good as its text */
} option;

extern const option option_table[OPT_COUNT];

typedef enum command_id {
    CMD_INIT,
    CMD_GENERATE,
    CMD_MIGRATE,
    CMD_ROLLBACK,
    CMD_STATUS,
    CMD_PUSH,
    CMD_PULL,
    CMD_CHECK,
    CMD_UP,
    CMD_DROP,
    CMD_EXPORT,
    CMD_SQUASH,
    CMD_REBASE,
    CMD_EMBED,
    CMD_SEED,
    CMD_DOCTOR,
    CMD_HELP,
    CMD_COUNT
} command_id;

typedef struct command {
    const char *name, *other; /* other: drizzle-kit's name for it, or NULL */
    const char *argument;     /* what may stand after it; NULL: nothing */
    const char *summary;      /* one line */
    const char *text;         /* paragraphs, an empty line between them */
    const char *example;      /* lines */
    uint64_t options;         /* bits: 1 << option_id */
} command;

extern const command command_table[CMD_COUNT];

/* Whether a command has that option; all have --help. */
static inline bool command_takes(const command *c, option_id id)
{
    return id < OPT_HELP ? c->options >> id & 1 : id == OPT_HELP;
}

/* What the command ends with. */
enum {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_UNDECIDED = 2,
    EXIT_USAGE = 3,
    EXIT_INTERRUPTED = 130
};

typedef struct exit_status {
    int status;
    const char *meaning;
} exit_status;

extern const exit_status exit_statuses[];
extern const size_t exit_status_count;

/* Keys of drizzle.config.json that mean nothing here, and why. */
typedef struct refused_key {
    const char *key;
    const char *reason;
} refused_key;

extern const refused_key refused_keys[];
extern const size_t refused_key_count;
