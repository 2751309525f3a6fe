/* The drivers, by the scheme of a URL. */
#include "core/driver.h"
#ifdef VIRGA_POSTGRES
#    include "driver/postgres/postgres.h"
#endif
#include "driver/sqlite/sqlite.h"

static const struct {
    const char *scheme; /* with its colon; or what else a text begins with */
    const vg_driver *driver;
} drivers[] = {
    {"sqlite:", &vg__driver_sqlite},       {"file:", &vg__driver_sqlite},
    {":memory:", &vg__driver_sqlite},
#ifdef VIRGA_POSTGRES
    {"postgresql:", &vg__driver_postgres}, {"postgres:", &vg__driver_postgres},
    {"host=", &vg__driver_postgres},       {"hostaddr=", &vg__driver_postgres},
    {"port=", &vg__driver_postgres},       {"user=", &vg__driver_postgres},
    {"dbname=", &vg__driver_postgres},     {"service=", &vg__driver_postgres},
#endif
};

const vg_driver *vg__driver_for(const char *url)
{
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
        if (strncmp(url, drivers[i].scheme, strlen(drivers[i].scheme)) == 0)
            return drivers[i].driver;
    return &vg__driver_sqlite; /* a plain path */
}
