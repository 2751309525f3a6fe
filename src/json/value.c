#include "json/value.h"
#include <stddef.h>

static uint32_t offset_of(unsigned class_)
{
    switch (class_) {
    case VG_K_predicate: return offsetof(vg_opt_bool, v);
    case VG_K_uuid_expr: return offsetof(vg_opt_uuid, v);
    case VG_K_interval_expr: return offsetof(vg_opt_interval, v);
    default: return offsetof(vg_opt_int, v); /* and all others of 8 bytes' alignment */
    }
}

static bool is_pointer(unsigned class_)
{
    if (class_ & VG_K_object)
        return class_ != VG_K_daytime_expr && class_ != VG_K_interval_expr &&
               class_ != VG_K_point_expr;
    return (class_ &
            (VG_K_text | VG_K_json | VG_K_numeric | VG_K_blob | VG_K_native_expr)) != 0;
}

void *vg__json_place(const vg_column *c, void *p, bool opt)
{
    unsigned class_ = c->sql_class & VG_K_CLASS;
    if (!opt || is_pointer(class_))
        return p;
    return (char *)p +
           (class_ == VG_K_custom ? c->coder->opt_offset : offset_of(class_));
}

vg__json_member vg__json_member_of(const vg_column *c, const void *p, bool opt)
{
    vg__json_member m = {vg__json_place(c, (void *)(uintptr_t)p, opt), 0, false};
    m.size = opt ? sizeof(int64_t) : c->coder ? c->coder->size : sizeof(int);
    if (is_pointer(c->sql_class &
                   VG_K_CLASS)) /* vg_bytes and arrays begin with theirs */
        m.null = !*(const void *const *)p;
    else
        m.null = opt && !*(const bool *)p;
    return m;
}

int64_t vg__json_enum_of(const vg__json_member *m)
{
    switch (m->size) {
    case 1: return *(const int8_t *)m->value;
    case 2: return *(const int16_t *)m->value;
    case 4: return *(const int32_t *)m->value;
    default: return *(const int64_t *)m->value;
    }
}
