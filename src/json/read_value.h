/* Single values, for columns and for elements of arrays; false: there is a fault. */
#pragma once
#include "json/reader.h"
#include "json/value.h"

static inline bool vg__json_refuse(const vg_json_spot *s, vg_json_fault_code code,
                                   const char *what)
{
    vg__json_fault(s->reading, s->path, code, "%s", what);
    return false;
}

static inline bool vg__json_no_room(const vg_json_spot *s)
{
    vg__json_no_memory(s->reading);
    return false;
}

static inline bool vg__json_coerces(const vg_json_spot *s, uint32_t bit)
{
    return (s->reading->r->coerce & bit) != 0;
}

static inline bool vg__json_is_number(const char *at)
{
    return *at == '-' || (*at >= '0' && *at <= '9');
}

/* A number, or a string that is to be one; `wanted` says what it must be. */
bool vg__json_take_number(const vg_json_spot *s, const char *at, bool or_text,
                          vg_json_number *out, const char *wanted);
bool vg__json_read_int(const vg_json_spot *s, const char *at, int64_t *out);
bool vg__json_read_real(const vg_json_spot *s, const char *at, double *out);
bool vg__json_read_bool(const vg_json_spot *s, const char *at, bool *out);
bool vg__json_read_text(const vg_json_spot *s, const char *at, const char **out);
bool vg__json_read_numeric(const vg_json_spot *s, const char *at, const char **out);
bool vg__json_read_json(const vg_json_spot *s, const char *at, const char **out);
bool vg__json_read_time(const vg_json_spot *s, const char *at, vg_timestamp *out);
bool vg__json_read_uuid(const vg_json_spot *s, const char *at, vg_uuid *out);
bool vg__json_read_blob(const vg_json_spot *s, const char *at, vg_bytes *out);
bool vg__json_read_enum(const vg_json_spot *s, const char *at, int64_t *out);
bool vg__json_read_native(const vg_json_spot *s, const char *at, const char **out);
bool vg__json_read_daytime(const vg_json_spot *s, const char *at, vg_daytime *out);
bool vg__json_read_interval(const vg_json_spot *s, const char *at, vg_interval *out);
