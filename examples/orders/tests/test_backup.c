/* Backups: whole, restorable, the newest N, nobody else's files. SPDX-License-Identifier: MIT */
#include "backup.h"
#include "support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The files in a folder, sorted, one a line. A copy that is being made is named, too. */
static void files_of(const char *folder, char out[1024])
{
    struct dirent **list;
    int count = scandir(folder, &list, NULL, alphasort);
    out[0] = '\0';
    for (int i = 0; i < count; i++) {
        if (list[i]->d_name[0] != '.') {
            strcat(out, list[i]->d_name);
            strcat(out, "\n");
        }
        free(list[i]);
    }
    free(list);
}

static int lines_of(const char *text)
{
    int n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static void touch(const char *folder, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fclose(f);
}

typedef struct site {
    char folder[64], url[96], copies[96];
} site;

static void open_rig(site *p, rig *r, const char *seconds)
{
    folder_make(p->folder);
    snprintf(p->url, sizeof p->url, "%s/orders.db", p->folder);
    snprintf(p->copies, sizeof p->copies, "%s/copies", p->folder);
    rig_open(r, (const char *[]){"DATABASE_URL", p->url, "BACKUP_FOLDER", p->copies,
                                 "BACKUP_KEEP", "2", "BACKUP_SECONDS", seconds, NULL});
}

static void close_rig(site *p, rig *r)
{
    rig_close(r);
    folder_remove(p->folder);
}

static void place_one(rig *r)
{
    order made;
    faults f = {0};
    order_draft draft = rig_draft(r, 1, 2);
    assert_int_equal(service_place(&r->service, &r->arena, &draft, &f, &made), 0);
}

static void nap(int ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static void test_backup__can_be_opened_and_has_the_orders(void **state)
{
    (void)state;
    site p;
    rig r, copy;
    backups *b;
    char names[1024], path[256];
    int64_t count = 0;
    open_rig(&p, &r, "3600");
    place_one(&r);
    place_one(&r);
    assert_true(backups_open(&b, &r.settings, r.database.pool, &r.log));
    for (int i = 0; i < 500 && (files_of(p.copies, names), !strstr(names, ".db\n"));
         i++)
        nap(10);
    backups_close(b);
    assert_int_equal(lines_of(names), 1);
    snprintf(path, sizeof path, "%s/%.*s", p.copies, (int)strcspn(names, "\n"), names);
    rig_open(&copy, (const char *[]){"DATABASE_URL", path, NULL});
    VG_READ(copy.database.pool, db)
        assert_int_equal(orders_count(db, &count), VG_OK);
    assert_int_equal(count, 2);
    rig_close(&copy);

    /* The newest is young: a service that starts again makes no other. */
    assert_true(backups_open(&b, &r.settings, r.database.pool, &r.log));
    nap(100);
    backups_close(b);
    files_of(p.copies, names);
    assert_int_equal(lines_of(names), 1);
    close_rig(&p, &r);
}

static void test_backup__keeps_the_newest(void **state)
{
    (void)state;
    site p;
    rig r;
    backups *b;
    char names[1024];
    open_rig(&p, &r, "3600");
    assert_true(backups_open(&b, &r.settings, r.database.pool, &r.log));
    backups_close(b); /* it may have made one */
    touch(p.copies, "orders-20200101T000000Z.db");
    touch(p.copies, "orders-20200102T000000Z.db");
    touch(p.copies, "orders-20200102T000000Z.db.part-abc");
    touch(p.copies, "orders-20200102T000000Z.db-wal");
    touch(p.copies, "orders-notes.txt");
    touch(p.copies, "my-orders-20200102T000000Z.db");
    assert_true(backups_make(&r.settings, r.database.pool, &r.log, NULL, NULL));
    files_of(p.copies, names);
    assert_null(strstr(names, "orders-20200101T000000Z.db\n"));
    assert_non_null(strstr(names, "orders-20200102T000000Z.db-wal\n"));
    assert_non_null(strstr(names, "orders-notes.txt\n"));
    assert_non_null(strstr(names, "my-orders-20200102T000000Z.db\n"));
    assert_non_null(strstr(names, ".part-abc\n")); /* somebody may be writing it */
    assert_true(backups_open(&b, &r.settings, r.database.pool, &r.log));
    backups_close(b);
    files_of(p.copies, names);
    assert_null(strstr(names, ".part-abc\n")); /* nobody was */
    close_rig(&p, &r);
}

/* Two copies that are whole, and other ones than before. */
static void wait_for_two(const char *folder, const char *before, char out[1024])
{
    for (int i = 0; i < 1000; i++, nap(10)) {
        files_of(folder, out);
        if (lines_of(out) == 2 && !strstr(out, ".part-") && strcmp(before, out) != 0)
            return;
    }
    fail_msg("no two backups");
}

static void test_backup__is_made_again_and_again(void **state)
{
    (void)state;
    site p;
    rig r;
    backups *b;
    char first[1024], names[1024];
    open_rig(&p, &r, "1");
    assert_true(backups_open(&b, &r.settings, r.database.pool, &r.log));
    wait_for_two(p.copies, "", first);
    wait_for_two(p.copies, first, names);
    backups_close(b);
    files_of(p.copies, names);
    assert_string_not_equal(first, names);
    assert_int_equal(lines_of(names), 2);
    close_rig(&p, &r);
}

static bool stop(void *ctx, int64_t done, int64_t total)
{
    (void)ctx;
    (void)done;
    (void)total;
    return false;
}

static void test_backup__given_up_leaves_nothing(void **state)
{
    (void)state;
    site p;
    rig r;
    backups *b;
    char names[1024];
    open_rig(&p, &r, "3600");
    assert_true(backups_open(&b, &r.settings, r.database.pool, &r.log));
    backups_close(b);
    folder_remove(p.copies);
    assert_false(backups_make(&r.settings, r.database.pool, &r.log, NULL, NULL));
    assert_true(backups_open(&b, &r.settings, r.database.pool, &r.log));
    backups_close(b);
    folder_remove(p.copies);
    assert_true(backups_open(&b, &r.settings, r.database.pool, &r.log));
    backups_close(b);
    files_of(p.copies, names);
    int before = lines_of(names);
    nap(1100); /* another name */
    bool made = backups_make(&r.settings, r.database.pool, &r.log, stop, NULL);
    files_of(p.copies, names);
    assert_int_equal(lines_of(names), before + made);
    assert_null(strstr(names, ".part-"));
    close_rig(&p, &r);
}

static void test_backup__refuses_a_folder_it_cannot_use(void **state)
{
    (void)state;
    rig r;
    backups *b;
    rig_open(&r, (const char *[]){"BACKUP_FOLDER", "/no/such/folder", NULL});
    assert_false(backups_open(&b, &r.settings, r.database.pool, &r.log));
    assert_null(b);
    backups_close(b);
    rig_close(&r);
}

/* PostgreSQL's are made elsewhere: who asks for them is told, and the service does not start
 * as if there were some. */
static void test_backup__is_refused_by_name(void **state)
{
    (void)state;
    rig r;
    backups *b;
    char folder[64], line[512] = "";
    int ends[2];
    folder_make(folder);
    rig_open(&r, (const char *[]){"BACKUP_FOLDER", folder, NULL});
    assert_int_equal(pipe(ends), 0);
    logger log = LOGGER(ends[1], LEVEL_INFO);
    assert_false(backups_open(&b, &r.settings, r.database.pool, &log));
    assert_null(b);
    assert_true(read(ends[0], line, sizeof line - 1) > 0);
    assert_non_null(strstr(line, "BACKUP_FOLDER is for SQLite"));
    close(ends[0]);
    close(ends[1]);
    rig_close(&r);
    folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest of_postgresql[] = {
        cmocka_unit_test(test_backup__is_refused_by_name),
    };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_backup__can_be_opened_and_has_the_orders),
        cmocka_unit_test(test_backup__keeps_the_newest),
        cmocka_unit_test(test_backup__is_made_again_and_again),
        cmocka_unit_test(test_backup__given_up_leaves_nothing),
        cmocka_unit_test(test_backup__refuses_a_folder_it_cannot_use),
    };
    return on_postgresql() ? cmocka_run_group_tests(of_postgresql, NULL, NULL)
                           : cmocka_run_group_tests(tests, NULL, NULL);
}
