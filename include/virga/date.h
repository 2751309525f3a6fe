/* Times in SQL: the current time, parts of times, arithmetic with them.
 *
 * A TIMESTAMP or DATE may be stored in several ways (MODE in schema.h). These functions know
 * how each column stores its times, and what they yield is stored as their argument is; a
 * time that meets one which is stored otherwise is converted in SQL. All of it is UTC.
 *
 * SQLite reckons from the year 0 to 9999. What is stored as text keeps milliseconds through
 * ADD_TIME. A month later than January 31 is there March 3 (or 2). */
#pragma once
#pragma GCC system_header
#include <virga/function.h>

/* What a time is cut to, counted in, or asked for. */
typedef enum vg_unit {
    VG_UNIT_SECOND,
    VG_UNIT_MINUTE,
    VG_UNIT_HOUR,
    VG_UNIT_DAY,
    VG_UNIT_WEEK, /* begins on Monday */
    VG_UNIT_MONTH,
    VG_UNIT_YEAR,
    VG_UNIT_WEEKDAY, /* a part only: 0 is Sunday */
    VG_UNIT_YEARDAY  /* a part only: 1 is January 1 */
} vg_unit;

/* words: begin */

/* The time of the statement, as the database's clock says (SQLite: in milliseconds). */
#define VG_NOW() vg_make_time(vg_typed_list(VG_NEW_NODE, VG_ROOM(1), VG_OP_NOW, 0, 0))

/* Parts of a time, INTEGERs. `part`: YEAR MONTH DAY HOUR MINUTE SECOND WEEKDAY YEARDAY.
 *     GROUP_BY(DATE_PART(YEAR, posts.created_at)) */
#define VG_DATE_PART(part, x)                                                \
    VG_MAKE_WHEN(int, VG_CLASS(x))                                           \
    (vg_typed_list(                                                          \
        VG_NEW_NODE, VG_ROOM(1), VG_OP_TIME_PART,                            \
        VG_UNIT_##part + VG_REQUIRE(VG_UNIT_##part != VG_UNIT_WEEK,          \
                                    "DATE_PART: WEEK is no part of a time"), \
        1, VG_VALUE_IF(x, VG_DEMAND_TIME("DATE_PART(" #part ", " #x "): " #x))))

/* The start of the `unit` that the time is in: SECOND MINUTE HOUR DAY WEEK MONTH YEAR. */
#define VG_DATE_TRUNC(unit, x)                                                       \
    VG_MAKE_WHEN(time, VG_CLASS(x))                                                  \
    (vg_typed_list(                                                                  \
        VG_NEW_NODE, VG_ROOM(1), VG_OP_TIME_TRUNC, VG_A_UNIT("DATE_TRUNC", unit), 1, \
        VG_VALUE_IF(x, VG_DEMAND_TIME("DATE_TRUNC(" #unit ", " #x "): " #x))))

/* The time `n` units later; earlier when `n` is negative.
 *     WHERE(GT(posts.created_at, ADD_TIME(NOW(), -7, DAY))) */
#define VG_ADD_TIME(x, n, unit)                                                     \
    VG_MAKE_WHEN(time, VG_CLASS(x) | VG_CLASS(n))                                   \
    (vg_typed_list(                                                                 \
        VG_NEW_NODE, VG_ROOM(2), VG_OP_TIME_ADD, VG_A_UNIT("ADD_TIME", unit), 2,    \
        VG_VALUE_IF(x, VG_DEMAND_TIME("ADD_TIME(" #x ", " #n ", " #unit "): " #x)), \
        VG_VALUE_IF(n, VG_DEMAND_WHOLE("ADD_TIME(" #x ", " #n ", " #unit ")"))))

/* How many whole units `x` is after `y`: SECOND MINUTE HOUR DAY WEEK. */
#define VG_DATE_DIFF(unit, x, y)                                                 \
    VG_MAKE_WHEN(int, VG_CLASS(x) | VG_CLASS(y))                                 \
    (vg_typed_list(                                                              \
        VG_NEW_NODE, VG_ROOM(2), VG_OP_TIME_DIFF,                                \
        VG_UNIT_##unit + VG_REQUIRE(VG_UNIT_##unit <= VG_UNIT_WEEK,              \
                                    "DATE_DIFF: " #unit " has no fixed length"), \
        2, VG_VALUE_IF(x, VG_DEMAND_TIME("DATE_DIFF(" #unit ", ...): " #x)),     \
        VG_VALUE_IF(y, VG_DEMAND_TIME("DATE_DIFF(" #unit ", ...): " #y))))

/* The time as text, in the format of strftime: "%Y-%m". */
#define VG_FORMAT_TIME(x, format)                                                \
    VG_MAKE_WHEN(text, VG_CLASS(x) | VG_CLASS(format))                           \
    (vg_typed_list(VG_NEW_NODE, VG_ROOM(2), VG_OP_TIME_FORMAT, 0, 2,             \
                   VG_VALUE_IF(format, VG_DEMAND_TEXT("FORMAT_TIME: " #format)), \
                   VG_VALUE_IF(x, VG_DEMAND_TIME("FORMAT_TIME(" #x ", ...): " #x))))

/* words: end */

#define VG_DEMAND_TIME(text) \
    VG_DEMAND((VG_CLASS(vg_r) & VG_K_time) != 0, text " is no time")
#define VG_A_UNIT(word, unit)                                   \
    VG_UNIT_##unit + VG_REQUIRE(VG_UNIT_##unit <= VG_UNIT_YEAR, \
                                word ": " #unit " is a part of a time, not a unit")
