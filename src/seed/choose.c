/* The generator of a column of which the plan says nothing: by its type, its name, its CHECKs. */
#include "seed/make.h"

/* Part of a table's name (a list), the column's name, and what is made. A name fits if it ends
 * in one of the words; the first rule that fits counts. */
typedef struct rule {
    const char *columns; /* " a b_c " */
    const vg_gen *gen;
    const char *tables; /* NULL: any */
} rule;

#define WORDS                                                                     \
    " user customer client employee person people author member student teacher " \
    "contact artist reader patient player owner guest staff account "
#define GEN(kind, ...) (const vg_gen *)(const void *)VG_GEN(kind, __VA_ARGS__)

static const rule text_rules[] = {
    {" email mail email_address ", GEN(email, ), NULL},
    {" first_name firstname given_name forename ", GEN(first_name, ), NULL},
    {" last_name lastname surname family_name ", GEN(last_name, ), NULL},
    {" full_name fullname author_name contact_name customer_name user_name_full ",
     GEN(full_name, ), NULL},
    {" name ", GEN(full_name, ), WORDS},
    {" company company_name employer supplier_name ", GEN(company_name, ), NULL},
    {" name ", GEN(company_name, ), " company companies supplier vendor shipper firm "},
    {" name ", GEN(city, ), " city cities town "},
    {" name ", GEN(country, ), " country countries "},
    {" phone phone_number mobile fax telephone home_phone ", GEN(phone_number, ), NULL},
    {" country country_name nation ", GEN(country, ), NULL},
    {" city town city_name ", GEN(city, ), NULL},
    {" state province region ", GEN(state, ), NULL},
    {" address street street_address ", GEN(street_address, ), NULL},
    {" postcode zip zip_code postal_code zipcode ", GEN(postcode, ), NULL},
    {" job job_title occupation profession title_of_job ", GEN(job_title, ), NULL},
    {" title ", GEN(job_title, ), " employee staff "},
    {" user_name username login nick nickname handle slug code token password hash "
     "password_hash key ",
     GEN(string, ), NULL},
    {" uuid guid ", GEN(uuid, ), NULL},
    {" ip ip_address inet ", GEN(inet, ), NULL},
    {" created_at updated_at timestamp at ", GEN(timestamp, ), NULL},
    {" date day birthday ", GEN(date, ), NULL},
    {" description body content text comment bio biography message summary abstract "
     "notes note excerpt ",
     GEN(lorem_ipsum, .sentences = 2), NULL},
    {" title subject headline caption name label ", GEN(lorem_ipsum, .words = 3), NULL},
};

static const rule int_rules[] = {
    {" age ", GEN(int, .min = 18, .max = 90), NULL},
    {" year ", GEN(year, ), NULL},
    {" month ", GEN(int, .min = 1, .max = 12), NULL},
    {" rating stars ", GEN(int, .min = 1, .max = 5), NULL},
    {" percent percentage ", GEN(int, .min = 1, .max = 100), NULL},
    {" quantity qty amount ", GEN(int, .min = 1, .max = 100), NULL},
};

static const rule number_rules[] = {
    {" lat latitude ", GEN(number, .min = -90, .max = 90, .digits = 5), NULL},
    {" lon lng longitude ", GEN(number, .min = -180, .max = 180, .digits = 5), NULL},
    {" rating ", GEN(number, .min = 1, .max = 5, .digits = 1), NULL},
    {" percent percentage discount rate ", GEN(number, .min = 0, .max = 1), NULL},
};

static const rule time_rules[] = {
    {" birthday birth_date birthdate date_of_birth born born_at dob ",
     GEN(date, .min = "1940-01-01", .max = "2007-12-31"), NULL},
};

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
    [VG_GEN_number] = GEN(number, ),
    [VG_GEN_point] = GEN(point, ),
    [VG_GEN_string] = GEN(string, ),
    [VG_GEN_time] = GEN(time, ),
    [VG_GEN_timestamp] = GEN(timestamp, ),
    [VG_GEN_uuid] = GEN(uuid, ),
    [VG_GEN_vector] = GEN(vector, ),
};
static const vg_gen *const three_words = GEN(lorem_ipsum, .words = 3);
static const vg_gen *const one_word = GEN(lorem_ipsum, .words = 1);
static const int64_t zero[] = {0};
static const vg_gen *const only_zero = GEN(values_int, .values = zero, .len = 1);

/* A C name as words in lower case: "firstName" is "first_name". */
static void plain_name(const char *name, char *out, size_t room)
{
    size_t len = 0;
    for (const char *c = name; *c && len + 3 < room; c++) {
        bool upper = *c >= 'A' && *c <= 'Z';
        if (upper && c > name && c[-1] >= 'a' && c[-1] <= 'z')
            out[len++] = '_';
        out[len++] = (char)(upper ? *c + 32 : *c);
    }
    out[len] = 0;
}

/* Whether `word` or its end behind a '_' stands in " a b c ". */
static bool listed(const char *list, const char *word)
{
    for (const char *at = word; at; at = strchr(at, '_'), at = at ? at + 1 : NULL) {
        size_t len = strlen(at);
        for (const char *hit = strstr(list, at); hit; hit = strstr(hit + 1, at))
            if (len && hit[-1] == ' ' && hit[len] == ' ')
                return true;
    }
    return false;
}

/* A table's name, which may be in the plural. */
static bool listed_table(const char *list, const char *word)
{
    char single[80];
    size_t len = strlen(word);
    if (listed(list, word) || len < 2 || len >= sizeof single)
        return listed(list, word);
    memcpy(single, word, len + 1);
    if (single[len - 1] == 's')
        single[len - 1] = 0;
    return listed(list, single);
}

static const vg_gen *by_rule(const rule *rules, size_t count, const vgs_table *t,
                             const vg_column *c)
{
    char name[80], table[80];
    plain_name(c->name, name, sizeof name);
    plain_name(t->shape->name, table, sizeof table);
    for (size_t i = 0; i < count; i++)
        if (listed(rules[i].columns, name) &&
            (!rules[i].tables || listed_table(rules[i].tables, table)))
            return rules[i].gen;
    return NULL;
}
#define BY_RULE(rules) by_rule(rules, sizeof rules / sizeof *rules, t, c)

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

static const vg_gen *string_within(vgs_plan *plan, const vgs_bounds *b)
{
    struct vg_gen_string *g = vgs_alloc(plan, 1, sizeof *g);
    if (!g)
        return NULL;
    g->kind = VG_GEN_string;
    g->min = b->has_short ? b->shortest : 0;
    g->max = b->has_long ? b->longest : 0;
    return (const vg_gen *)g;
}

static const vg_gen *text_of(vgs_plan *plan, vgs_table *t, vgs_column *column)
{
    const vg_column *c = column->c;
    const vgs_bounds *b = &column->bounds;
    bool key = c->flags & VG_F_PRIMARY_KEY;
    const vg_gen *gen = key ? NULL : BY_RULE(text_rules);
    if (!gen)
        gen = key ? usual[VG_GEN_string] : three_words;
    if (c->type == VG_TYPE_ARRAY)
        return BY_RULE(text_rules) ? gen : one_word;
    vgs_gen trial = {0};
    vgs_column whole = *column; /* as if it took any length */
    vg_column longer = *c;
    longer.args = 0;
    whole.c = &longer;
    vgs_prepare(plan, t, &whole, gen, &trial);
    bool fits = !c->args || trial.longest <= c->args;
    if ((b->has_long && (int64_t)trial.longest > b->longest) ||
        (b->has_short && b->shortest > 1))
        fits = false;
    return fits ? gen : string_within(plan, b);
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
    case VG_NATIVE_LTREE: return usual[VG_GEN_string];
    default: return NULL;
    }
}

static const vg_gen *int_of(vgs_table *t, const vgs_column *column)
{
    const vg_column *c = column->c;
    if ((c->flags & (VG_F_FILLED | VG_F_AUTOINCREMENT)) ||
        (column->unique && (c->flags & VG_F_PRIMARY_KEY)))
        return usual[VG_GEN_int_primary_key];
    const vg_gen *gen = BY_RULE(int_rules);
    return gen ? gen : usual[VG_GEN_int];
}

static const vg_gen *number_of(vgs_table *t, const vg_column *c)
{
    const vg_gen *gen = BY_RULE(number_rules);
    return gen && !c->args ? gen : usual[VG_GEN_number];
}

static const vg_gen *time_of(vgs_table *t, const vg_column *c)
{
    const vg_gen *gen = BY_RULE(time_rules);
    return gen                       ? gen
           : c->type == VG_TYPE_DATE ? usual[VG_GEN_date]
                                     : usual[VG_GEN_timestamp];
}

static const vg_gen *by_class(vgs_plan *plan, vgs_table *t, vgs_column *column)
{
    const vg_column *c = column->c;
    switch (column->gen.sql_class) {
    case VG_K_int: return bounded(plan, c, &column->bounds, int_of(t, column));
    case VG_K_real:
    case VG_K_numeric: return bounded(plan, c, &column->bounds, number_of(t, c));
    case VG_K_predicate: return usual[VG_GEN_boolean];
    case VG_K_time: return time_of(t, c);
    case VG_K_text: return text_of(plan, t, column);
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
