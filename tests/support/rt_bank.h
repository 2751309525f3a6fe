/* A small bank: owners and their accounts, with a constraint of every kind. The schema
 * of the run-time tests (errors, memory, transactions, cache, log).
 *
 *     owners <-- accounts        Ada has two accounts, Bob one, Cyd none
 */
#pragma once
#include <virga/virga.h>

// clang-format off
TABLE(owners,
    COLUMN(id,    INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name,  TEXT,      NOT_NULL, UNIQUE),
    COLUMN(email, TEXT),
    COLUMN(level, INTEGER,   NOT_NULL, DEFAULT(1)),
    COLUMN(seen,  TIMESTAMP))

TABLE(accounts,
    COLUMN(id,       INTEGER, PRIMARY_KEY),
    COLUMN(owner_id, INTEGER, NOT_NULL, REFERENCES(owners, id)),
    COLUMN(label,    TEXT,    NOT_NULL),
    COLUMN(balance,  INTEGER, NOT_NULL, DEFAULT(0)),
    COLUMN(note,     TEXT),
    UNIQUE(accounts_owner_label, owner_id, label),
    CHECK(accounts_balance, "balance >= 0"))
// clang-format on

SCHEMA(bank, owners, accounts)

#define BANK_ROWS                                                                      \
    "insert into owners (id, name, email) values (1, 'Ada', 'ada@example.org'),"       \
    " (2, 'Bob', null), (3, 'Cyd', null);"                                             \
    "insert into accounts (id, owner_id, label, balance) values (1, 1, 'daily', 100)," \
    " (2, 1, 'savings', 900), (3, 2, 'daily', 50);"

/* A number that stands for all tables and rows as sqlite3 sees them: two databases (or
 * one, before and after) with the same number hold the same. */
uint64_t rt_fingerprint(vg_db *db);

/* The database is sound (integrity and foreign keys) and no transaction is open. */
#define rt_check_sound(db) rt_check_sound_at((db), __FILE__, __LINE__)
void rt_check_sound_at(vg_db *db, const char *file, int line);

/* Open a database; nothing but success comes back. */
vg_db *rt_open(const char *url, const vg_options *options);

/* A database in memory with the bank's tables and rows; its options may be NULL. */
vg_db *rt_bank_open(const vg_options *options);

/* The same in a file that temp_file made; `create`: with tables and rows. */
vg_db *rt_bank_open_file(const char *path, const vg_options *options, bool create);
