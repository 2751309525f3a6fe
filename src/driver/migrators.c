/* The drivers' migrators, apart from the drivers: see vg_migrator in core/migrator.h. */
#include "core/migrator.h"
#ifdef VIRGA_POSTGRES
#    include "driver/postgres/postgres.h"
#endif
#include "driver/sqlite/sqlite.h"

static const struct {
    const vg_driver *driver;
    const vg_migrator *migrator;
} migrators[] = {
    {&vg__driver_sqlite, &vg__sqlite_migrator},
#ifdef VIRGA_POSTGRES
    {&vg__driver_postgres, &vg__postgres_migrator},
#endif
};

const vg_migrator *vg__migrator_of(const vg_db *db)
{
    size_t i = 0;
    while (migrators[i].driver != db->driver)
        i++;
    return migrators[i].migrator;
}
