/* The generator of a column of which the plan says nothing: by its type, its name, its CHECKs. */
#include "seed/choose.h"

/* At file scope, so that they last. */
static const vg_gen *const usual[] = {
    [VG_GEN_bit_string] = GEN(bit_string, ),
    [VG_GEN_boolean] = GEN(boolean, ),
    [VG_GEN_bytes] = GEN(bytes, ),
    [VG_GEN_date] = GEN(date, ),
    [VG_GEN_geometry] = GEN(geometry, ),
    [VG_GEN_inet] = GEN(inet, ),
    [VG_GEN_int] = GEN(int, ),
    [VG_GEN_int_primary_key] = GEN(int_primary_key, ),
    [VG_GEN_interval] = GEN(interval, ),
    [VG_GEN_json] = GEN(json, ),
    [VG_GEN_line] = GEN(line, ),
    [VG_GEN_native] = GEN(native, ),
    [VG_GEN_number] = GEN(number, ),
    [VG_GEN_point] = GEN(point, ),
    [VG_GEN_time] = GEN(time, ),
    [VG_GEN_timestamp] = GEN(timestamp, ),
    [VG_GEN_uuid] = GEN(uuid, ),
    [VG_GEN_vector] = GEN(vector, ),
};
static const int64_t zero[] = {0};
static const vg_gen *const only_zero = GEN(values_int, .values = zero, .len = 1);

static int64_t up(double d)
{
    int64_t n = (int64_t)d;
    return (double)n < d ? n + 1 : n;
}

static int64_t down(double d)
{
    int64_t n = (int64_t)d;
    return (double)n > d ? n - 1 : n;
}

/* Numbers within what a CHECK says. */
static const vg_gen *bounded(vgs_plan *plan, const vg_column *c, const vgs_bounds *b,
                             const vg_gen *otherwise)
{
    if (!b->has_min && !b->has_max)
        return otherwise;
    if (c->sql_class == VG_K_int) {
        struct vg_gen_int *g = vgs_alloc(plan, 1, sizeof *g);
        if (!g)
            return NULL;
        g->kind = VG_GEN_int;
        g->min = b->has_min ? up(b->min) : down(b->max) - 999;
        g->max = b->has_max ? down(b->max) : g->min + 999;
        if (!b->has_min && g->max >= 0)
            g->min = g->max < 0 ? g->min : 0;
        return g->min || g->max ? (const vg_gen *)g : only_zero;
    }
    struct vg_gen_number *g = vgs_alloc(plan, 1, sizeof *g);
    if (!g)
        return NULL;
    g->kind = VG_GEN_number;
    g->min = b->has_min ? b->min : b->max < 0 ? b->max - 1000 : 0;
    g->max = b->has_max ? b->max : g->min + 1000;
    g->digits = c->type == VG_TYPE_NUMERIC && c->args ? (int)(c->args & 255) : 2;
    g->digits = g->digits > 9 ? 9 : g->digits ? g->digits : -1;
    return (const vg_gen *)g;
}

static const vg_gen *listed_values(vgs_plan *plan, const vgs_bounds *b)
{
    if (b->text_count) {
        struct vg_gen_values_text *g = vgs_alloc(plan, 1, sizeof *g);
        if (!g)
            return NULL;
        g->kind = VG_GEN_values_text;
        g->values = b->texts;
        g->len = b->text_count;
        return (const vg_gen *)g;
    }
    struct vg_gen_values_int *g = vgs_alloc(plan, 1, sizeof *g);
    if (!g)
        return NULL;
    g->kind = VG_GEN_values_int;
    g->values = b->numbers;
    g->len = b->number_count;
    return (const vg_gen *)g;
}

static const vg_gen *native_of(const vg_column *c)
{
    switch (c->native) {
    case VG_NATIVE_LINE: return usual[VG_GEN_line];
    case VG_NATIVE_INET:
    case VG_NATIVE_CIDR: return usual[VG_GEN_inet];
    case VG_NATIVE_BIT:
    case VG_NATIVE_VARBIT: return usual[VG_GEN_bit_string];
    case VG_NATIVE_VECTOR:
    case VG_NATIVE_HALFVEC: return usual[VG_GEN_vector];
    case VG_NATIVE_GEOMETRY: return usual[VG_GEN_geometry];
    default: return vgs_has_form(c) ? usual[VG_GEN_native] : NULL;
    }
}

static const vg_gen *int_of(vgs_table *t, const vgs_column *column)
{
    const vg_column *c = column->c;
    if ((c->flags & (VG_F_FILLED | VG_F_AUTOINCREMENT)) ||
        (column->unique && (c->flags & VG_F_PRIMARY_KEY)))
        return usual[VG_GEN_int_primary_key];
    const vg_gen *gen = vgs_by_name(VG_K_int, t, c);
    return gen ? gen : usual[VG_GEN_int];
}

static const vg_gen *number_of(vgs_table *t, const vg_column *c)
{
    const vg_gen *gen = vgs_by_name(VG_K_numeric, t, c);
    return gen && !c->args ? gen : usual[VG_GEN_number];
}

static const vg_gen *time_of(vgs_table *t, const vg_column *c)
{
    const vg_gen *gen = vgs_by_name(VG_K_time, t, c);
    return gen                       ? gen
           : c->type == VG_TYPE_DATE ? usual[VG_GEN_date]
                                     : usual[VG_GEN_timestamp];
}

/* As if an array's elements were columns, also those that are texts in C. */
static uint32_t class_of(const vg_column *c)
{
    if (c->type != VG_TYPE_ARRAY)
        return c->sql_class;
    switch (c->element) {
    case VG_TYPE_NUMERIC: return VG_K_numeric;
    case VG_TYPE_JSON: return VG_K_json;
    case VG_TYPE_DAYTIME: return VG_K_daytime_expr;
    case VG_TYPE_INTERVAL: return VG_K_interval_expr;
    case VG_TYPE_POINT: return VG_K_point_expr;
    case VG_TYPE_NATIVE: return VG_K_native_expr;
    case VG_TYPE_CUSTOM:
    case VG_TYPE_ARRAY: return VG_K_custom;
    default: return vgs_element_class(c);
    }
}

static const vg_gen *by_class(vgs_plan *plan, vgs_table *t, vgs_column *column)
{
    const vg_column *c = column->c;
    switch (class_of(c)) {
    case VG_K_int: return bounded(plan, c, &column->bounds, int_of(t, column));
    case VG_K_real:
    case VG_K_numeric: return bounded(plan, c, &column->bounds, number_of(t, c));
    case VG_K_predicate: return usual[VG_GEN_boolean];
    case VG_K_time: return time_of(t, c);
    case VG_K_json: return usual[VG_GEN_json];
    case VG_K_uuid_expr: return usual[VG_GEN_uuid];
    case VG_K_blob: return usual[VG_GEN_bytes];
    case VG_K_daytime_expr: return usual[VG_GEN_time];
    case VG_K_interval_expr: return usual[VG_GEN_interval];
    case VG_K_point_expr: return usual[VG_GEN_point];
    case VG_K_native_expr: return native_of(c);
    default: return NULL;
    }
}

/* An enum's labels, of a column or of an array's elements. */
static void choose_labels(vgs_column *column)
{
    const vg_coder *coder = column->c->coder;
    vgs_gen *g = &column->gen;
    static const vg_gen none = {0};
    g->from = &none;
    g->name = "its labels";
    g->make = vgs_make_label;
    g->coder = coder;
    g->column = column->c;
    g->plain = g->total = coder->label_count;
}

void vgs_choose(vgs_plan *plan, vgs_table *table, vgs_column *column)
{
    const vg_column *c = column->c;
    column->gen.sql_class = vgs_element_class(c);
    if (c->coder && c->coder->labels) {
        choose_labels(column);
        return;
    }
    const vgs_bounds *b = &column->bounds;
    if (class_of(c) == VG_K_text && !b->text_count && !b->number_count) {
        vgs_choose_text(plan, table, column);
        return;
    }
    const vg_gen *gen = b->text_count || b->number_count
                            ? listed_values(plan, b)
                            : by_class(plan, table, column);
    if (plan->failed)
        return;
    if (gen) {
        vgs_prepare(plan, table, column, gen, &column->gen);
        return;
    }
    static const char *const natives[] = {"one of its own",
#define NATIVE(word, type, sql) sql,
                                          VG_NATIVES(NATIVE)
#undef NATIVE
    };
    bool custom = c->sql_class == VG_K_custom;
    const char *type = custom ? c->coder->name : natives[c->native];
    vgs_fail(plan, VG_INVALID,
             "column %s.%s: seeding knows no values of its type (%s); say which: "
             "VG_SEED(%s.%s, %s), or VG_SEED_OUT(%s.%s)",
             table->shape->name, c->name, type ? type : c->sql_type, table->shape->name,
             c->name, custom ? "vg_gen_call(...)" : "vg_gen_texts((...))",
             table->shape->name, c->name);
}
