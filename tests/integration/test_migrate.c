/* vg_migrate: the table of Drizzle, what is applied, what is odd, what is told. */
#include "check.h"
#include "rt_bank.h"
#include <sqlite3.h>
#include <stdio.h>

static const vg_migration list[] = {
    {.tag = "0000_init",
     .when = 1000,
     .sql =
         "CREATE TABLE `users` (\n\t`id` integer PRIMARY KEY,\n\t`name` text\n);\n"
         "--> statement-breakpoint\n"
         "CREATE TABLE `posts` (\n\t`id` integer PRIMARY KEY,\n\t`user_id` integer NOT "
         "NULL,\n\tFOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE "
         "cascade\n);\n"},
    {.tag = "0001_rows",
     .when = 2000,
     .sql = "insert into users values (1, 'Ada'), (2, 'Bob');\n"
            "insert into posts values (10, 1), (11, 2);"},
    {.tag = "0002_recreate",
     .when = 3000,
     .sql =
         "PRAGMA foreign_keys=OFF;--> statement-breakpoint\n"
         "CREATE TABLE `__new_users` (\n\t`id` integer PRIMARY KEY,\n\t`name` text NOT "
         "NULL\n);\n--> statement-breakpoint\n"
         "INSERT INTO `__new_users`(\"id\", \"name\") SELECT \"id\", \"name\" FROM "
         "`users`;--> statement-breakpoint\n"
         "DROP TABLE `users`;--> statement-breakpoint\n"
         "ALTER TABLE `__new_users` RENAME TO `users`;--> statement-breakpoint\n"
         "PRAGMA foreign_keys=ON;"},
};
static const vg_migrations all = {list, 3};

static vg_migrations first(size_t count)
{
    return (vg_migrations){list, count};
}

static void test_migrate__applies_in_turn(void **state)
{
    fixture *f = *state;
    vg_migrations two = first(2);
    check_ok(f->db, vg_migrate(f->db, &two, NULL));
    check_rows(f->db,
               "select id, length(hash), created_at, typeof(created_at) from "
               "__drizzle_migrations",
               "null|64|1000|integer;null|64|2000|integer");
    check_rows(
        f->db, "select sql from sqlite_schema where name = '__drizzle_migrations'",
        "CREATE TABLE \"__drizzle_migrations\" (\n\t\t\t\tid SERIAL PRIMARY KEY,\n"
        "\t\t\t\thash text NOT NULL,\n\t\t\t\tcreated_at numeric\n\t\t\t)");
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
    check_rows(f->db, "select count(*) from __drizzle_migrations", "3");
    check_rows(f->db, "select id, user_id from posts", "10|1;11|2");
    check_rows(f->db, "pragma foreign_keys", "1");
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
    check_rows(f->db, "select count(*) from __drizzle_migrations", "3");
    rt_check_sound(f->db);
}

static int open_empty(void **state)
{
    return fixture_open(state, NULL, NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_empty, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_migrate__applies_in_turn),
    };
    return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}
