/* Settings: one table says their names, ranges, standard values and meanings.
 * SPDX-License-Identifier: MIT */
#include "settings.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

typedef struct setting {
    const char *name;
    const char *standard; /* as if it had been set so */
    size_t at;            /* in settings */
    int64_t min, max;     /* of a number; both 0: it is a text */
    const char *meaning;
} setting;

#define AT(member) offsetof(settings, member)
#define DAY        INT64_C(86400)

// clang-format off
static const setting table[] = {
    {"DATABASE_URL", "orders.db", AT(database_url), 0, 0,
     "path of SQLite's file, or postgres://user:password@host/database"},
    {"HOST", "127.0.0.1", AT(host), 0, 0, "address to listen on, IPv4 or IPv6"},
    {"PORT", "8080", AT(port), 0, 65535, "port to listen on; 0: any that is free"},
    {"THREADS", "4", AT(threads), 1, 64, "threads that serve requests"},
    {"MAX_CONNECTIONS", "512", AT(max_connections), 1, 65536, "clients at once"},
    {"MAX_BODY_BYTES", "65536", AT(max_body_bytes), 256, 16 << 20, "of a request"},
    {"REQUEST_SECONDS", "30", AT(request_seconds), 1, 3600,
     "for a client to send a request, and to take its answer"},
    {"SHUTDOWN_SECONDS", "20", AT(shutdown_seconds), 0, 3600,
     "for requests in flight to end at SIGTERM"},
    {"POWER_SAFE", "1", AT(power_safe), 0, 1,
     "1: an order that was answered survives a power cut; 0: only a crash, but faster"},
    {"MAX_DATABASE_MIB", "1024", AT(max_database_mib), 0, 1 << 30,
     "no order is taken beyond it (SQLite), warnings from 80 % on; 0: no limit"},
    {"BACKUP_FOLDER", "", AT(backup_folder), 0, 0, "where backups go (SQLite); empty: none"},
    {"BACKUP_SECONDS", "3600", AT(backup_seconds), 1, 366 * DAY, "between two backups"},
    {"BACKUP_KEEP", "24", AT(backup_keep), 1, 100000, "backups to keep, the newest"},
    {"LOG_LEVEL", "info", AT(log_level_text), 0, 0, "debug, info, warn or error"},
};
// clang-format on

enum { COUNT = sizeof table / sizeof *table };

static const char *from_environment(void *ctx, const char *name)
{
    (void)ctx;
    return getenv(name);
}

/* Digits only: no sign, no blanks, no "10 MB". */
static bool parse_number(const char *text, int64_t min, int64_t max, int64_t *out)
{
    char *end;
    if (!isdigit((unsigned char)*text))
        return false;
    errno = 0;
    intmax_t n = strtoimax(text, &end, 10);
    if (errno || *end || n < min || n > max)
        return false;
    *out = n;
    return true;
}

bool settings_read(settings *s, settings_source source, void *ctx, faults *out)
{
    if (!source)
        source = from_environment;
    for (int i = 0; i < COUNT; i++) {
        const setting *one = &table[i];
        const char *text = source(ctx, one->name);
        void *member = (char *)s + one->at;
        if (!text)
            text = one->standard;
        if (one->min == 0 && one->max == 0)
            *(const char **)member = text;
        else if (!parse_number(text, one->min, one->max, member))
            faults_add(out, one->name, "range",
                       "must be a whole number from %" PRId64 " to %" PRId64, one->min,
                       one->max);
    }
    if (!*s->database_url)
        faults_add(out, "DATABASE_URL", "required", "must not be empty");
    if (!log_level_parse(s->log_level_text, &s->log_level))
        faults_add(out, "LOG_LEVEL", "enum", "must be debug, info, warn or error");
    return out->len == 0;
}

void settings_help(FILE *out)
{
    for (int i = 0; i < COUNT; i++)
        fprintf(out, "  %-17s %s%s%s\n", table[i].name, table[i].meaning,
                *table[i].standard ? "; if not set " : "", table[i].standard);
}
