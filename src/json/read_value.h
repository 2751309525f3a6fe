/* Single values, for columns and for elements of arrays; false: there is a fault. */
#pragma once
#include "json/reader.h"

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
