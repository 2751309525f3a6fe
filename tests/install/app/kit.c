/* The outside program, with the kit: prints the SQL of its schema's first table.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#include <stdio.h>
#include <string.h>
#include <virga/kit.h>

int main(void)
{
    vg_kit *kit;
    const char *sql = "";
    int rc = vg_kit_open(&kit, NULL);
    if (rc == VG_OK)
        rc = vg_kit_export(kit, &library, &sql);
    if (rc == VG_OK && strstr(sql, "CREATE TABLE"))
        puts("OK");
    else
        printf("%s\n", vg_kit_error(kit));
    vg_kit_close(kit);
    return rc != VG_OK;
}
