/* The generator of a column of which the plan says nothing: by its type, its name, its CHECKs. */
#include "seed/choose.h"

/* At file scope, so that they last. */
static const vg_gen *const usual[] = {
    [VG_GEN_bit_string] = GEN(bit_string, ),
    [VG_GEN_boolean] = GEN(boolean, ),
    [VG_GEN_bytes] = GEN(bytes, ),
    [VG_GEN_geometry] = GEN(geometry, ),
    [VG_GEN_inet] = GEN(inet, ),
    [VG_GEN_interval] = GEN(interval, ),
    [VG_GEN_json] = GEN(json, ),
    [VG_GEN_line] = GEN(line, ),
    [VG_GEN_native] = GEN(native, ),
    [VG_GEN_point] = GEN(point, ),
    [VG_GEN_time] = GEN(time, ),
    [VG_GEN_uuid] = GEN(uuid, ),
    [VG_GEN_vector] = GEN(vector, ),
};
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
    case VG_K_int: return vgs_int_of(plan, t, column);
    case VG_K_real:
    case VG_K_numeric: return vgs_number_of(plan, t, column);
    case VG_K_predicate: return usual[VG_GEN_boolean];
    case VG_K_time: return vgs_time_of(plan, t, column);
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
    const vgs_bounds *b = &column->bounds;
    const vg_gen *gen = vgs_listed(plan, column);
    if (!gen && c->coder && c->coder->labels) {
        choose_labels(column);
        return;
    }
    if (!gen && class_of(c) == VG_K_text) {
        vgs_choose_text(plan, table, column);
        return;
    }
    gen = gen ? gen : by_class(plan, table, column);
    if (plan->failed)
        return;
    if (gen) {
        vgs_prepare(plan, table, column, gen, &column->gen);
        if (gen->kind == VG_GEN_int && column->unique && b->has_min && !b->has_max &&
            column->gen.plain > 1000)
            column->gen.plain = 1000; /* small ones first */
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
