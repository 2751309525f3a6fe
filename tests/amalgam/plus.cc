// What C++ can use of virga.h: handles, scripts, errors, values. Prints OK.
#include "virga.h"

#include <cstdio>

int main()
{
    vg_db *db = nullptr;
    int rc = vg_open(&db, ":memory:", nullptr);
    if (rc == VG_OK)
        rc = vg_script(db, "create table t (x integer); insert into t values (1)");
    std::puts(rc == VG_OK && vg_changes(db) >= 0 ? "OK" : vg_errmsg(db));
    vg_close(db);
    return rc;
}
