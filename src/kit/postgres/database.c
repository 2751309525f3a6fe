/* Databases that are made to try something on. */
#include "kit/postgres/database.h"
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct scratch {
    vg_db *server, *db; /* db: NULL, it is not open */
    const char *name;
} scratch;

static void drop(void *args)
{
    scratch *s = args;
    char sql[120] = "drop database if exists ";
    if (s->db)
        vg_close(s->db);
    strncat(sql, s->name, sizeof sql - strlen(sql) - 1);
    vg_script(s->server, sql);
    vg_close(s->server);
}

/* The same server, another database: of parameters that are said twice the last one counts. */
static const char *beside(vg_kit *kit, const char *url, const char *name)
{
    bool is_url = strncmp(url, "postgres", 8) == 0 && strstr(url, "://");
    return vgk_print(kit, "%s%sdbname=%s", url,
                     !is_url            ? " "
                     : strchr(url, '?') ? "&"
                                        : "?",
                     name);
}

/* Unlike those of other processes and calls. */
static const char *new_name(vg_kit *kit)
{
    static unsigned count;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return vgk_print(kit, "virga_scratch_%ld_%llx_%u", (long)getpid(),
                     (unsigned long long)now.tv_nsec, ++count);
}

int vgk_pg_make_scratch(vg_kit *kit, const char *url, vg_db **out)
{
    scratch *s = vgk_alloc(kit, sizeof *s);
    s->name = new_name(kit);
    const char *sql = vgk_print(kit, "create database %s template template0", s->name),
               *other = beside(kit, url, s->name);
    int rc = vg_open(&s->server, url, NULL);
    if (rc == VG_OK)
        rc = vg_script(s->server, sql);
    if (rc != VG_OK) {
        vgk_fail(kit, rc, "the scratch database cannot be made: %s",
                 vg_errmsg(s->server));
        vg_close(s->server);
        return rc;
    }
    vgk_own(kit, s, drop);
    rc = vg_open(&s->db, other, NULL);
    if (rc != VG_OK)
        return vgk_fail(kit, rc, "%s", vg_errmsg(s->db));
    *out = s->db;
    return VG_OK;
}
