/* Reading descriptors, and the ready-made default functions. */
#include "base/casing.h"
#include <virga/query.h>
#include <pthread.h>
#include <string.h>

/* The name that VG_CASING makes of a C name, written to its room when it is first asked
 * for. Names are read when SQL is written, not when it is run. */
static const char *cased(const char *name, size_t prefix_len, vg_casing casing,
                         char *room)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    if (!*room) {
        vg__casing(room + prefix_len, name + prefix_len, casing == VG_CASING_CAMEL);
        memcpy(room, name, prefix_len);
    }
    pthread_mutex_unlock(&lock);
    return room;
}

const char *vg_table_name(const vg_shape *table)
{
    const char *name = table->default_name ? table->default_name : table->name;
    if (table->db_name)
        return table->db_name;
    return table->cased ? cased(name, strlen(name) - strlen(table->name), table->casing,
                                table->cased)
                        : name;
}

const char *vg_column_name(const vg_column *column)
{
    if (column->db_name)
        return column->db_name;
    return column->cased ? cased(column->name, 0, column->casing, column->cased)
                         : column->name;
}

const vg_column *vg_find_column(const vg_shape *shape, const char *name)
{
    for (uint32_t i = 0; i < shape->column_count; i++)
        if (strcmp(shape->columns[i].name, name) == 0)
            return &shape->columns[i];
    return NULL;
}

static vg_value uuid_in(char room[VG_DEFAULT_ROOM], vg_uuid uuid)
{
    memcpy(room, &uuid, sizeof uuid);
    return vg_of_uuid((const vg_uuid *)(void *)room);
}

vg_value vg_default_uuid_v4(char room[VG_DEFAULT_ROOM])
{
    return uuid_in(room, vg_uuid_v4());
}

vg_value vg_default_uuid_v7(char room[VG_DEFAULT_ROOM])
{
    return uuid_in(room, vg_uuid_v7());
}

vg_value vg_default_cuid2(char room[VG_DEFAULT_ROOM])
{
    return vg_of_text(vg_cuid2(room));
}
