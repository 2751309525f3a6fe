/* Triggers: what the database does by itself when rows change.
 *
 *     TRIGGER(posts_log, AFTER, INSERT, posts,
 *         "insert into log (post_id) values (new.id)")
 *
 * At file scope and in SCHEMA; vg_create creates those that are not there, after the tables
 * and views. The SQL is a string literal in the database's own words and names. */
#pragma once
#pragma GCC system_header
#include <virga/schema.h>

VG_BEGIN_DECLS

typedef enum vg_trigger_time {
    VG_TIME_BEFORE,
    VG_TIME_AFTER,
    VG_TIME_INSTEAD_OF /* of a change to a view */
} vg_trigger_time;

typedef enum vg_trigger_event {
    VG_EVENT_INSERT,
    VG_EVENT_UPDATE,
    VG_EVENT_DELETE
} vg_trigger_event;

/* What a trigger is, for programs that walk a schema. */
typedef struct vg_trigger {
    vg_trigger_time time;
    vg_trigger_event event;
    const vg_shape *table;   /* or view */
    const uint16_t *columns; /* UPDATE_OF: indexes into the table's columns */
    size_t column_count;     /* 0: of any column */
    const char *when;        /* NULL: always */
    const char *body;        /* statements; a ';' may end the last */
} vg_trigger;

/* The object that TRIGGER makes: its shape has a name and no columns. */
typedef struct vg_trigger_object {
    struct vg_shape vg_shape;
} vg_trigger_object;

VG_END_DECLS

/* words: begin */

/* A trigger, run for each row. time: BEFORE, AFTER, or INSTEAD_OF for a view. event: INSERT,
 * DELETE, UPDATE or UPDATE_OF(column, ...). `body` is one or several statements separated by
 * ';', which see the row as new and old. TRIGGER_WHEN runs it for rows that fulfil a
 * condition only.
 *     TRIGGER_WHEN(posts_renamed, AFTER, UPDATE_OF(title), posts, "new.title <> old.title",
 *         "insert into log (post_id, what) values (new.id, 'renamed')")
 * Its name in the database may be another one:
 *     TRIGGER(posts_log, NAME("posts log"), AFTER, INSERT, posts, "...") */
#define VG_TRIGGER(name, ...) \
    VG_CAT(VG_TRIGGER_, VG_TRIGGER_FORM(__VA_ARGS__, ))(name, __VA_ARGS__)
#define VG_TRIGGER_WHEN(name, ...) \
    VG_CAT(VG_TRIGGER_WHEN_, VG_TRIGGER_FORM(__VA_ARGS__, ))(name, __VA_ARGS__)

/* words: end */

/* ---- what the macros forward to ---- */

/* TRIGGER(name, AFTER, ...) or TRIGGER(name, NAME("..."), AFTER, ...). */
#define VG_TRIGGER_FORM(first, ...) VG_SECOND(VG_TRIGGER_IS_##first, PLAIN, )
#define VG_TRIGGER_IS_NAME(name)    , NAMED
#define VG_TRIGGER_IS_VG_NAME       VG_TRIGGER_IS_NAME
#define VG_TRIGGER_TEXT_NAME(name)  "" name ""
#define VG_TRIGGER_TEXT_VG_NAME     VG_TRIGGER_TEXT_NAME
#define VG_TRIGGER_PLAIN(name, time, event, table, body)                            \
    VG_TRIGGER_OF(name, NULL, VG_TIME_##time, VG_EVENTS(VG_EVENTS_##event, #event), \
                  table, NULL, "" body "")
#define VG_TRIGGER_NAMED(name, named, time, event, table, body)  \
    VG_TRIGGER_OF(name, VG_TRIGGER_TEXT_##named, VG_TIME_##time, \
                  VG_EVENTS(VG_EVENTS_##event, #event), table, NULL, "" body "")
#define VG_TRIGGER_WHEN_PLAIN(name, time, event, table, when, body)                 \
    VG_TRIGGER_OF(name, NULL, VG_TIME_##time, VG_EVENTS(VG_EVENTS_##event, #event), \
                  table, "" when "", "" body "")
#define VG_TRIGGER_WHEN_NAMED(name, named, time, event, table, when, body) \
    VG_TRIGGER_OF(name, VG_TRIGGER_TEXT_##named, VG_TIME_##time,           \
                  VG_EVENTS(VG_EVENTS_##event, #event), table, "" when "", "" body "")
#define VG_TRIGGER_OF(name_, db_name_, time_, events, table_, when_, body_)           \
    extern const vg_trigger_object name_ __asm__("vg_object_" #name_);                \
    _Static_assert(                                                                   \
        ((time_) == VG_TIME_INSTEAD_OF) == ((VG_KIND_##table_ & VG_A_VIEW) != 0),     \
        "TRIGGER(" #name_ "): INSTEAD_OF is for views, BEFORE and AFTER for "         \
        "tables");                                                                    \
    _Static_assert(((VG_KIND_##table_) & ~(VG_A_VIEW | VG_A_TABLE)) == 0,             \
                   "TRIGGER(" #name_ "): " #table_ " is neither a table nor a view"); \
    __attribute__((weak)) const vg_trigger_object name_ = {                           \
        .vg_shape = {.kind = VG_SHAPE_TRIGGER,                                        \
                     .name = #name_,                                                  \
                     .db_name = db_name_,                                             \
                     .trigger =                                                       \
                         &(const vg_trigger){.time = time_,                           \
                                             .table = &table_.vg_shape,               \
                                             .when = when_,                           \
                                             .body = body_,                           \
                                             VG_EVENT(table_, VG_UNPACK events)}}};

/* UPDATE_OF's columns are looked up in the table, which stands further right. */
#define VG_EVENTS(tuple, text)   VG_CAT(VG_EVENTS_IF_, VG_IS_TUPLE(tuple))(tuple, text)
#define VG_EVENTS_IF_1(tuple, t) tuple
#define VG_EVENTS_IF_0(tuple, t) (VG_EVENT_UNKNOWN, t)
#define VG_EVENTS_INSERT         (VG_EVENT_ALONE, VG_EVENT_INSERT)
#define VG_EVENTS_UPDATE         (VG_EVENT_ALONE, VG_EVENT_UPDATE)
#define VG_EVENTS_DELETE         (VG_EVENT_ALONE, VG_EVENT_DELETE)
#define VG_EVENTS_UPDATE_OF(...) (VG_EVENT_COLUMNS, __VA_ARGS__)
#define VG_EVENT(t, ...)         VG_EVENT_(t, __VA_ARGS__)
#define VG_EVENT_(t, how, ...)   how(t, __VA_ARGS__)
#define VG_EVENT_ALONE(t, e)     .event = e
#define VG_EVENT_COLUMNS(t, ...) \
    .event = VG_EVENT_UPDATE, VG_COLUMN_LIST(t, __VA_ARGS__)
#define VG_EVENT_UNKNOWN(t, text)                                                   \
    .event =                                                                        \
        VG_REQUIRE(0, "a trigger's event is INSERT, UPDATE, UPDATE_OF(column, ...)" \
                      " or DELETE, not " text)
/* The second spellings. */
#define VG_TIME_VG_BEFORE      VG_TIME_BEFORE
#define VG_TIME_VG_AFTER       VG_TIME_AFTER
#define VG_TIME_VG_INSTEAD_OF  VG_TIME_INSTEAD_OF
#define VG_EVENTS_VG_INSERT    VG_EVENTS_INSERT
#define VG_EVENTS_VG_UPDATE    VG_EVENTS_UPDATE
#define VG_EVENTS_VG_DELETE    VG_EVENTS_DELETE
#define VG_EVENTS_VG_UPDATE_OF VG_EVENTS_UPDATE_OF
