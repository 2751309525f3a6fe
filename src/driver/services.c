/* The drivers' services, apart from the drivers: see vg_services in core/services.h. */
#include "core/services.h"
#ifdef VIRGA_POSTGRES
#    include "driver/postgres/postgres.h"
#endif

static const struct {
    const vg_driver *driver;
    const vg_services *services;
} offers[] = {
#ifdef VIRGA_POSTGRES
    {&vg__driver_postgres, &vg__postgres_services},
#endif
    {NULL, NULL},
};

const vg_services *vg__services_of(const vg_db *db)
{
    static const vg_services none;
    for (size_t i = 0; offers[i].driver; i++)
        if (offers[i].driver == db->driver)
            return offers[i].services;
    return &none;
}
