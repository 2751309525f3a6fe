/* Reading descriptors, and the ready-made default functions. */
#include <virga/query.h>
#include <string.h>

const char *vg_table_name(const vg_shape *table)
{
    return table->db_name        ? table->db_name
           : table->default_name ? table->default_name
                                 : table->name;
}

const char *vg_column_name(const vg_column *column)
{
    return column->db_name ? column->db_name : column->name;
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
