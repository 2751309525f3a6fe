/* Snapshots written as short lines, for tests of the kit. A line is fields between "|":
 *
 *     table|users|strict norowid
 *     col|id|integer|pk nn auto|default|expression|stored
 *     index|name|unique|a & =lower(b)|where        "=": an expression
 *     fk|a,b|other|x,y|cascade|no action           on delete, on update
 *     pk|a,b      check|name|a > 0      unique|name|a,b
 *     view|v|select 1      trigger|x|table|sql      virtual|x|sql|fill
 *
 * Empty fields at the end may be left out. A default that is a number or true or false is one
 * of JSON. Renames are written "users.name=users.full_name" or "a=b" or "view a=b". */
#pragma once
#include "kit/dialect.h"

void schema_of(vg_kit *kit, const char *lines, vgk_snapshot *out);
vgk_renames renames_of(vg_kit *kit, const char *lines);
