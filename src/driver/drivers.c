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

bool vg__scheme_unknown(const char *url, size_t *len)
{
    *len = strspn(url,
                  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    if (*len < 2 || strncmp(url + *len, "://", 3) != 0)
        return false;
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
        if (strncmp(url, drivers[i].scheme, *len + 1) == 0)
            return false;
    return true;
}

#ifdef VIRGA_POSTGRES
const char vg__schemes_known[] = "postgres://, sqlite:, file: or a path";
#else
const char vg__schemes_known[] =
    "sqlite:, file: or a path; postgres:// needs a Virga that was built with libpq";
#endif
