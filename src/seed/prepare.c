/* A generator made ready for a column: its options are read, how many values it has and how long
 * its texts are is found out; here by its kind, and those that choose among others' values. */
#include "seed/prepare.h"

void vgs_refuse(vgs_preparing *p, const char *why)
{
    vgs_fail(p->plan, VG_INVALID, "column %s.%s: %s: %s", p->table->shape->name,
             p->column->c->name, p->g->name, why);
}

void vgs_has(vgs_gen *g, uint64_t plain, uint64_t total, size_t longest)
{
    g->plain = plain < total ? plain : total;
    g->total = total;
    g->longest = (uint32_t)longest;
}

/* ---- lists ---- */

/* Running sums; without weights each counts once. */
static void weigh(vgs_preparing *p, const uint32_t *weights, size_t given, size_t len)
{
    uint64_t *sums = vgs_alloc(p->plan, len ? len : 1, sizeof *sums);
    uint64_t sum = 0;
    if (!len)
        vgs_refuse(p, "the list is empty");
    else if (weights && given != len)
        vgs_refuse(p, "there are not as many weights as values");
    else
        for (size_t i = 0; sums && i < len; i++)
            sums[i] = sum += weights ? weights[i] : 1;
    if (!sum && !p->plan->failed)
        vgs_refuse(p, "no weight is more than 0");
    p->g->sums = sums;
    p->g->count = len;
    p->g->plain = p->g->total = len;
}

static void prepare_values_int(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(values_int);
    g->make = vgs_make_of_ints;
    weigh(p, o->weights.data, o->weights.len, o->len);
    g->longest = 21;
    for (size_t i = 0; g->sql_class == VG_K_enum_expr && i < o->len; i++)
        if (!vg_label_text(g->coder, o->values[i]))
            vgs_refuse(p, "a value is no constant of the ENUM");
}

static void prepare_values_real(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(values_real);
    g->make = vgs_make_of_reals;
    weigh(p, o->weights.data, o->weights.len, o->len);
    g->longest = 32;
}

static void prepare_values_text(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(values_text);
    g->make = vgs_make_of_texts;
    weigh(p, o->weights.data, o->weights.len, o->len);
    for (size_t i = 0; i < o->len && !p->plan->failed; i++) {
        int64_t value;
        if (!o->values[i])
            vgs_refuse(p, "a text is NULL; .nulls says how many rows have NULL");
        else if (strlen(o->values[i]) > g->longest)
            g->longest = (uint32_t)strlen(o->values[i]);
        if (!p->plan->failed && g->coder && g->coder->labels &&
            !vg_label_value(g->coder, o->values[i], strlen(o->values[i]), &value))
            vgs_refuse(p, "a text is no label of the ENUM");
    }
}

static void prepare_call(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(call);
    g->make = vgs_make_call;
    vgs_has(g, UINT64_MAX - 1, UINT64_MAX - 1, 0);
    if (!o->fn)
        vgs_refuse(p, "there is no function");
    if (p->column->array_size)
        vgs_refuse(p, "an array is no single value; give it another generator");
}

static void prepare_weighted(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(weighted);
    g->make = vgs_make_weighted;
    uint32_t *weights = vgs_alloc(p->plan, o->len, sizeof *weights);
    vgs_gen *choices = vgs_alloc(p->plan, o->len, sizeof *choices);
    for (size_t i = 0; !p->plan->failed && i < o->len; i++) {
        weights[i] = o->chances[i].weight;
        vgs_prepare(p->plan, p->table, p->column, o->chances[i].gen, &choices[i]);
        if (choices[i].longest > g->longest)
            g->longest = choices[i].longest;
    }
    if (!p->plan->failed)
        weigh(p, weights, o->len, o->len);
    g->choices = choices;
    g->plain = g->total = 0; /* they may all make the same */
}

/* ---- all of them ---- */

static const struct {
    const char *name;
    unsigned fits;
    void (*prepare)(vgs_preparing *p, const vg_gen *from); /* reads the options */
    vgs_make make; /* NULL: the function above says it */
} kinds[] = {
#define KIND(kind, prepare, make)                                                   \
    [VG_GEN_##kind] = {"vg_gen_" #kind, sizeof(*((struct vg_gen_##kind *)0)->fits), \
                       prepare, make}
    KIND(values_text, prepare_values_text, NULL),
    KIND(values_int, prepare_values_int, NULL),
    KIND(values_real, prepare_values_real, NULL),
    KIND(int_primary_key, vgs_prepare_int_primary_key, vgs_make_number),
    KIND(int, vgs_prepare_int, vgs_make_number),
    KIND(number, vgs_prepare_number, vgs_make_number),
    KIND(boolean, vgs_prepare_boolean, NULL),
    KIND(date, vgs_prepare_date, NULL),
    KIND(time, vgs_prepare_time, NULL),
    KIND(timestamp, vgs_prepare_timestamp, NULL),
    KIND(datetime, vgs_prepare_datetime, NULL),
    KIND(year, vgs_prepare_year, vgs_make_number),
    KIND(interval, vgs_prepare_interval, NULL),
    KIND(json, vgs_prepare_json, NULL),
    KIND(string, vgs_prepare_string, NULL),
    KIND(bytes, vgs_prepare_bytes, NULL),
    KIND(uuid, vgs_prepare_uuid, vgs_make_uuid),
    KIND(first_name, vgs_prepare_word, vgs_make_word),
    KIND(last_name, vgs_prepare_word, vgs_make_word),
    KIND(full_name, vgs_prepare_full_name, vgs_make_full_name),
    KIND(email, vgs_prepare_email, vgs_make_email),
    KIND(user_name, vgs_prepare_user_name, NULL),
    KIND(phone_number, vgs_prepare_phone_number, NULL),
    KIND(country, vgs_prepare_word, vgs_make_word),
    KIND(city, vgs_prepare_word, vgs_make_word),
    KIND(street_address, vgs_prepare_street, NULL),
    KIND(job_title, vgs_prepare_word, vgs_make_word),
    KIND(postcode, vgs_prepare_postcode, NULL),
    KIND(state, vgs_prepare_word, vgs_make_word),
    KIND(company_name, vgs_prepare_company, NULL),
    KIND(lorem_ipsum, vgs_prepare_lorem, NULL),
    KIND(slug, vgs_prepare_slug, vgs_make_slug),
    KIND(url, vgs_prepare_url, vgs_make_url),
    KIND(point, vgs_prepare_point, NULL),
    KIND(line, vgs_prepare_line, NULL),
    KIND(bit_string, vgs_prepare_bit_string, NULL),
    KIND(inet, vgs_prepare_inet, NULL),
    KIND(geometry, vgs_prepare_geometry, NULL),
    KIND(vector, vgs_prepare_vector, NULL),
    KIND(native, vgs_prepare_native, vgs_make_native),
    KIND(call, prepare_call, NULL),
    KIND(weighted, prepare_weighted, NULL),
};

const char *vgs_kind_name(unsigned kind)
{
    return kind < sizeof kinds / sizeof *kinds && kinds[kind].name ? kinds[kind].name
                                                                   : NULL;
}

uint32_t vgs_element_class(const vg_column *c)
{
    if (c->type != VG_TYPE_ARRAY)
        return c->sql_class;
    switch (c->sql_class) {
    case VG_K_int_array_expr: return VG_K_int;
    case VG_K_real_array_expr: return VG_K_real;
    case VG_K_bool_array_expr: return VG_K_predicate;
    case VG_K_blob_array_expr: return VG_K_blob;
    case VG_K_time_array_expr: return VG_K_time;
    case VG_K_uuid_array_expr: return VG_K_uuid_expr;
    default: return VG_K_text;
    }
}

uint8_t vgs_type_of(const vg_column *c)
{
    return c->type == VG_TYPE_ARRAY ? c->element : c->type;
}

unsigned vgs_fits(uint32_t sql_class)
{
    return VG_SEED_FITS(sql_class);
}

void vgs_prepare_in(vgs_plan *plan, vgs_table *table, vgs_column *column,
                    const vg_gen *from, uint32_t room, vgs_gen *out)
{
    const vg_column *c = column->c;
    vgs_preparing p = {plan, table, column, out};
    if (plan->failed)
        return;
    if (!vgs_kind_name(from->kind)) {
        vgs_fail(plan, VG_INVALID, "column %s.%s: there is no generator %d",
                 table->shape->name, c->name, from->kind);
        return;
    }
    *out = (vgs_gen){.from = from,
                     .name = kinds[from->kind].name,
                     .make = kinds[from->kind].make,
                     .coder = c->coder,
                     .column = c,
                     .sql_class = vgs_element_class(c),
                     .room = room};
    if (!(kinds[from->kind].fits & vgs_fits(c->sql_class)))
        vgs_refuse(&p, "it makes values of another type than the column");
    else
        kinds[from->kind].prepare(&p, from);
}

void vgs_prepare(vgs_plan *plan, vgs_table *table, vgs_column *column,
                 const vg_gen *from, vgs_gen *out)
{
    const vg_column *c = column->c;
    uint32_t room = vgs_type_of(c) == VG_TYPE_TEXT ? c->args : 0;
    vgs_prepare_in(plan, table, column, from, room, out);
    if (!plan->failed && room && out->longest > room && from->kind != VG_GEN_weighted)
        vgs_fail(plan, VG_INVALID,
                 "column %s.%s: %s makes up to %u bytes, the column takes %u",
                 table->shape->name, c->name, out->name, out->longest, room);
}
