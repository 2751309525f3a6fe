/* The drivers' migrators, apart from the drivers: see vg_migrator in core/migrator.h. */
#include "core/migrator.h"
#include "driver/sqlite/sqlite.h"

static const struct {
    const vg_driver *driver;
    const vg_migrator *migrator;
} migrators[] = {
    {&vg__driver_sqlite, &vg__sqlite_migrator},
};

const vg_migrator *vg__migrator_of(const vg_db *db)
{
    size_t i = 0;
    while (migrators[i].driver != db->driver)
        i++;
    return migrators[i].migrator;
}
