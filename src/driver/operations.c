/* The drivers' operations, apart from the drivers: see vg_operations in core/driver.h. */
#include "core/driver.h"
#ifdef VIRGA_POSTGRES
#    include "driver/postgres/postgres.h"
#endif
#include "driver/sqlite/sqlite.h"

static const struct {
    const vg_driver *driver;
    const vg_operations *operations;
} known[] = {
    {&vg__driver_sqlite, &vg__sqlite_operations},
#ifdef VIRGA_POSTGRES
    {&vg__driver_postgres, &vg__postgres_operations},
#endif
};

const vg_operations *vg__operations_for(const vg_driver *driver)
{
    size_t i = 0;
    while (known[i].driver != driver)
        i++;
    return known[i].operations;
}
