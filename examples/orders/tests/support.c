/* What the tests share; support.h says what. SPDX-License-Identifier: MIT */
#include "support.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *pair_source(void *pairs, const char *name)
{
    for (const char *const *p = pairs; p && *p; p += 2)
        if (strcmp(p[0], name) == 0)
            return p[1];
    return strcmp(name, "DATABASE_URL") == 0 ? ":memory:" : NULL;
}

bool on_postgresql(void)
{
    const char *name = getenv("ORDERS_DATABASE");
    return name && strcmp(name, "postgresql") == 0;
}

/* Run a statement in the database that VIRGA_POSTGRES_URL names. */
static void ask_server(const char *sql)
{
    vg_db *db;
    const char *server = getenv("VIRGA_POSTGRES_URL");
    assert_non_null(server);
    if (vg_open(&db, server, NULL) || vg_script(db, sql))
        fail_msg("%s: %s", sql, vg_errmsg(db));
    vg_close(db);
}

static const char *name_of(const char *url)
{
    return strrchr(url, '/') + 1;
}

void place_make(place *p)
{
    static int made;
    char sql[128];
    folder_make(p->folder);
    if (!on_postgresql()) {
        snprintf(p->url, sizeof p->url, "%s/orders.db", p->folder);
        return;
    }
    const char *server = getenv("VIRGA_POSTGRES_URL");
    assert_non_null(server);
    snprintf(p->url, sizeof p->url, "%.*sorders_%ld_%d",
             (int)(name_of(server) - server), server, (long)getpid(), ++made);
    snprintf(sql, sizeof sql, "create database %s template template0", name_of(p->url));
    ask_server(sql);
}

void place_remove(place *p)
{
    char sql[128];
    folder_remove(p->folder);
    if (!on_postgresql())
        return;
    snprintf(sql, sizeof sql, "drop database %s with (force)", name_of(p->url));
    ask_server(sql);
}

void rig_open(rig *r, const char *const *pairs)
{
    faults wrong = {0};
    memset(r, 0, sizeof *r);
    assert_true(settings_read(&r->settings, pair_source, (void *)pairs, &wrong));
    if (on_postgresql() && strcmp(r->settings.database_url, ":memory:") == 0) {
        place_make(&r->own);
        r->settings.database_url = r->own.url;
    }
    r->log = (logger)LOGGER(open("/dev/null", O_WRONLY), LEVEL_INFO);
    assert_true(database_open(&r->database, &r->settings, &r->log));
    r->service = (service){.pool = r->database.pool, .log = &r->log};
}

void rig_close(rig *r)
{
    vg_arena_free(&r->arena);
    assert_true(database_close(&r->database));
    if (*r->own.url)
        place_remove(&r->own);
    close(r->log.fd);
}

order_draft rig_draft(rig *r, int64_t customer_id, size_t count)
{
    struct order_items_new *items =
        vg_arena_alloc(&r->arena, (count + 1) * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        char sku[32];
        snprintf(sku, sizeof sku, "sku-%zu", i);
        items[i] =
            (struct order_items_new){.sku = vg_arena_text(&r->arena, sku, strlen(sku)),
                                     .quantity = (int64_t)i + 1,
                                     .unit_cents = 100};
    }
    return (order_draft){
        .customer_id = customer_id, .items = items, .item_count = count};
}

void folder_make(char out[64])
{
    const char *base = getenv("TMPDIR");
    snprintf(out, 64, "%s/orders-XXXXXX", base && strlen(base) < 40 ? base : "/tmp");
    assert_non_null(mkdtemp(out));
}

void folder_remove(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    assert_non_null(folder);
    while ((entry = readdir(folder)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            char name[512];
            snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
            if (unlink(name))
                folder_remove(name);
        }
    closedir(folder);
    assert_int_equal(rmdir(path), 0);
}
