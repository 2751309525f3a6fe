#include <virga/virga.h>

#undef VG_CASING
#define VG_CASING SNAKE_CASE
TABLE(userAccounts,
    COLUMN(id,        INTEGER, PRIMARY_KEY),
    COLUMN(firstName, TEXT, NOT_NULL),
    COLUMN(parentId,  INTEGER, REFERENCES(userAccounts, id)),
    COLUMN(LEGACY,    TEXT, NAME("LEGACY")),
    INDEX(by_name, firstName), CHECK(has_name, "\"user_accounts\".\"first_name\" <> ''"))
SCHEMA(app, userAccounts)
