/* Members of row and insert structs, and whether a text is JSON. */
#pragma once
#include <virga/query.h>

/* A member that has its value somewhere, or none. */
typedef struct vg__json_member {
    const void *value;
    uint32_t size; /* of an enum */
    bool null;
} vg__json_member;

/* `opt`: the member is a vg_opt_, where its class has one. The place is that of the value. */
void *vg__json_place(const vg_column *c, void *p, bool opt);
vg__json_member vg__json_member_of(const vg_column *c, const void *p, bool opt);
int64_t vg__json_enum_of(const vg__json_member *m);

bool vg__json_is_json(const char *text, size_t len);
