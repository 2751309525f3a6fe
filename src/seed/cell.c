/* One cell: which value the row gets, the value, and its place in a struct. */
#include "seed/make.h"

void *vgs_take(vgs_room *room, size_t size)
{
    void *p = vg_arena_alloc(&room->arena, size ? size : 1);
    if (!p)
        room->code = VG_NO_MEMORY;
    return p;
}

/* The parent whose children row `i` is among. */
static uint64_t parent_of(const vgs_table *t, uint64_t i)
{
    uint64_t low = 0, high = t->by->parent->count;
    while (high - low > 1) { /* starts[low] <= i < starts[high] */
        uint64_t middle = low + (high - low) / 2;
        if (t->starts[middle] <= i)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The digit of row i's number in the key that belongs to this place. */
static uint64_t digit_in_key(const vgs_table *t, const vgs_pick *pick, uint64_t i)
{
    const vgs_key *key = pick->unique;
    uint64_t n;
    if (key->by) {
        uint64_t parent = parent_of(t, i);
        n = vgs_permute(vgs_derive(key->key, parent), i - t->starts[parent],
                        key->total);
    } else {
        n = vgs_permute(key->key, i, key->total);
    }
    for (size_t p = 0; p < pick->place; p++)
        n /= key->places[p]->total;
    return n % pick->total;
}

static uint64_t layered(const vgs_pick *pick, uint64_t i)
{
    if (!pick->plain)
        return i; /* in order */
    if (i < pick->plain)
        return vgs_permute(pick->key, i, pick->plain);
    return pick->plain +
           vgs_permute(pick->key + 1, i - pick->plain, pick->total - pick->plain);
}

/* Which row of the parent row `i` refers to; false: to none. */
static bool choose_parent(const vgs_table *t, const vgs_link *link, uint64_t i,
                          uint64_t *out)
{
    const vgs_pick *pick = &link->pick;
    vg_seed_random r = {vgs_derive(pick->key, i)};
    uint64_t n = link->parent->count, there;
    bool self = link->parent == t;
    if (link->apart && choose_parent(t, link->apart, i, &there)) {
        /* Any of the others, counted from the one behind it. */
        uint64_t at =
            pick->kind == VGS_IN_KEY ? digit_in_key(t, pick, i) : vgs_below(&r, n - 1);
        *out = (there + 1 + at) % n;
        return !link->nulls || vgs_below(&r, 100) >= link->nulls;
    }
    if (!n || (link->nulls && vgs_below(&r, 100) < link->nulls))
        return false;
    switch (pick->kind) {
    case VGS_BY_PARENT: *out = parent_of(t, i); return true;
    case VGS_IN_KEY: *out = digit_in_key(t, pick, i); return true;
    case VGS_ONCE:
        *out = !self ? vgs_permute(pick->key, i, n) : link->nullable ? i - 1 : i;
        return !self || !link->nullable || i > 0;
    default:
        *out = !self ? vgs_below(&r, n) : i ? vgs_below(&r, i) : 0;
        return !self || !link->nullable || i > 0;
    }
}

static void make_one(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                     vgs_room *room)
{
    g->make(g, k, r, out, room);
}

static size_t element_size(uint32_t sql_class)
{
    switch (sql_class) {
    case VG_K_int:
    case VG_K_time: return sizeof(int64_t);
    case VG_K_real: return sizeof(double);
    case VG_K_predicate: return sizeof(bool);
    case VG_K_blob: return sizeof(vg_bytes);
    case VG_K_uuid_expr: return sizeof(vg_uuid);
    default: return sizeof(char *);
    }
}

static void put_element(uint32_t sql_class, void *p, const vgs_cell *cell)
{
    switch (sql_class) {
    case VG_K_int:
    case VG_K_time: *(int64_t *)p = cell->i; break;
    case VG_K_real: *(double *)p = cell->d; break;
    case VG_K_predicate: *(bool *)p = cell->i != 0; break;
    case VG_K_blob: *(vg_bytes *)p = cell->bytes; break;
    case VG_K_uuid_expr: *(vg_uuid *)p = cell->uuid; break;
    default: *(const char **)p = cell->bytes.data;
    }
}

/* The first element is the one that is picked, the others are chance. */
static void make_array(const vgs_column *c, uint64_t k, vg_seed_random *r,
                       vgs_cell *out, vgs_room *room)
{
    size_t size = element_size(c->gen.sql_class), n = c->array_size;
    char *data = vgs_take(room, n * size);
    for (size_t e = 0; data && e < n; e++) {
        vgs_cell cell = {0};
        make_one(&c->gen, k, r, &cell, room);
        put_element(c->gen.sql_class, data + e * size, &cell);
        k = c->gen.sums ? VGS_FREE
                        : vgs_below(r, c->gen.plain ? c->gen.plain : c->gen.total);
    }
    out->array = (vg_int_array){.data = (const void *)data, .len = n, .dims = c->dims};
}

bool vgs_draw(const vgs_table *t, const vgs_column *c, uint64_t i, vg_seed_random *r,
              uint64_t *k)
{
    *r = (vg_seed_random){vgs_derive(c->key, i)};
    if (c->nulls && vgs_below(r, 100) < c->nulls)
        return false;
    switch (c->pick.kind) {
    case VGS_ONCE: *k = layered(&c->pick, i); break;
    case VGS_IN_KEY:
        *k = digit_in_key(t, &c->pick, i);
        if (c->gen.make == vgs_make_string) /* its first letters would be all */
            *k = vgs_permute(c->pick.key, *k, c->gen.total);
        break;
    default:
        *k = c->gen.sums    ? VGS_FREE
             : c->gen.plain ? vgs_below(r, c->gen.plain)
                            : i; /* in order */
    }
    return true;
}

static void make_value(vgs_plan *plan, vgs_table *t, vgs_column *c, uint64_t i,
                       vgs_cell *out)
{
    vg_seed_random r;
    uint64_t k;
    if (!vgs_draw(t, c, i, &r, &k)) {
        out->null = true;
        return;
    }
    if (c->chain)
        k = vgs_chained(t, c, i, k);
    plan->room.row = i;
    if (c->array_size)
        make_array(c, k, &r, out, &plan->room);
    else
        make_one(&c->gen, k, &r, out, &plan->room);
}

void vgs_value(vgs_plan *plan, vgs_table *table, vgs_column *column, uint64_t i,
               vgs_cell *out)
{
    for (;;) {
        if (table->passed) {
            *out = column->there[i];
            return;
        }
        if (column->role != VGS_LINKED)
            break;
        const vgs_link *link = column->link;
        if (!choose_parent(table, link, i, &i)) {
            *out = (vgs_cell){.null = true};
            return;
        }
        table = link->parent;
        column = &table->columns[link->other[column->place]];
    }
    out->null = column->role == VGS_OUT;
    if (!out->null)
        make_value(plan, table, column, i, out);
}

/* ---- structs ---- */

static void put_number(void *p, uint32_t size, int64_t n)
{
    switch (size) {
    case 1: *(int8_t *)p = (int8_t)n; break;
    case 2: *(int16_t *)p = (int16_t)n; break;
    case 4: *(int32_t *)p = (int32_t)n; break;
    default: *(int64_t *)p = n;
    }
}

static int64_t get_number(const void *p, uint32_t size)
{
    switch (size) {
    case 1: return *(const int8_t *)p;
    case 2: return *(const int16_t *)p;
    case 4: return *(const int32_t *)p;
    default: return *(const int64_t *)p;
    }
}

void vgs_store(void *p, const vg_column *c, bool opt, const vgs_cell *cell)
{
#define STORE(field, type, value)                             \
    if (opt)                                                  \
        *(vg_opt_##field *)p = (vg_opt_##field){true, value}; \
    else                                                      \
        *(type *)p = value
    if (cell->null)
        return; /* the struct is zeroed: that is NULL */
    switch (c->sql_class) {
    case VG_K_int: STORE(int, int64_t, cell->i); break;
    case VG_K_real: STORE(real, double, cell->d); break;
    case VG_K_predicate: STORE(bool, bool, cell->i != 0); break;
    case VG_K_time: STORE(time, vg_timestamp, (vg_timestamp){cell->i}); break;
    case VG_K_uuid_expr: STORE(uuid, vg_uuid, cell->uuid); break;
    case VG_K_daytime_expr: STORE(daytime, vg_daytime, cell->daytime); break;
    case VG_K_interval_expr: STORE(interval, vg_interval, cell->interval); break;
    case VG_K_point_expr: STORE(point, vg_point, cell->point); break;
    case VG_K_enum_expr:
        if (opt)
            *(vg_opt_int *)p = (vg_opt_int){true, cell->i};
        else
            put_number(p, c->coder->size, cell->i);
        break;
    case VG_K_custom:
        if (opt)
            *(bool *)p = true;
        memcpy((char *)p + (opt ? c->coder->opt_offset : 0), cell->bytes.data,
               c->coder->size);
        break;
    case VG_K_blob: *(vg_bytes *)p = cell->bytes; break;
    default:
        if (c->type == VG_TYPE_ARRAY)
            *(vg_int_array *)p = cell->array;
        else
            *(const char **)p = cell->bytes.data;
    }
#undef STORE
}

/* From a member that has a value. */
void vgs_load(const void *p, const vg_column *c, vgs_cell *cell)
{
    switch (c->sql_class) {
    case VG_K_int: cell->i = *(const int64_t *)p; break;
    case VG_K_real: cell->d = *(const double *)p; break;
    case VG_K_predicate: cell->i = *(const bool *)p; break;
    case VG_K_time: cell->i = ((const vg_timestamp *)p)->us; break;
    case VG_K_uuid_expr: cell->uuid = *(const vg_uuid *)p; break;
    case VG_K_daytime_expr: cell->daytime = *(const vg_daytime *)p; break;
    case VG_K_interval_expr: cell->interval = *(const vg_interval *)p; break;
    case VG_K_point_expr: cell->point = *(const vg_point *)p; break;
    case VG_K_enum_expr: cell->i = get_number(p, c->coder->size); break;
    case VG_K_custom: cell->bytes = (vg_bytes){p, c->coder->size}; break;
    case VG_K_blob: cell->bytes = *(const vg_bytes *)p; break;
    default:
        if (c->type == VG_TYPE_ARRAY)
            cell->array = *(const vg_int_array *)p;
        else
            cell->bytes = (vg_bytes){*(const char *const *)p, 0};
    }
}

void vgs_read(const void *p, const vg_column *c, vgs_cell *cell)
{
    static const struct {
        uint32_t sql_class;
        size_t offset; /* of v in its vg_opt_ */
    } opts[] = {
        {VG_K_int, offsetof(vg_opt_int, v)},
        {VG_K_enum_expr, offsetof(vg_opt_int, v)},
        {VG_K_real, offsetof(vg_opt_real, v)},
        {VG_K_predicate, offsetof(vg_opt_bool, v)},
        {VG_K_time, offsetof(vg_opt_time, v)},
        {VG_K_uuid_expr, offsetof(vg_opt_uuid, v)},
        {VG_K_daytime_expr, offsetof(vg_opt_daytime, v)},
        {VG_K_interval_expr, offsetof(vg_opt_interval, v)},
        {VG_K_point_expr, offsetof(vg_opt_point, v)},
    };
    if (c->nullable && c->sql_class == VG_K_custom) {
        cell->null = !*(const bool *)p;
        vgs_load((const char *)p + c->coder->opt_offset, c, cell);
        return;
    }
    for (size_t i = 0; c->nullable && i < sizeof opts / sizeof *opts; i++)
        if (opts[i].sql_class == c->sql_class) {
            cell->null = !*(const bool *)p;
            if (c->sql_class == VG_K_enum_expr)
                cell->i = ((const vg_opt_int *)p)->v;
            else
                vgs_load((const char *)p + opts[i].offset, c, cell);
            return;
        }
    vgs_load(p, c, cell); /* texts, bytes and arrays begin with their pointer */
    cell->null = (c->sql_class & (VG_K_text | VG_K_json | VG_K_numeric | VG_K_blob |
                                  VG_K_native_expr) ||
                  c->type == VG_TYPE_ARRAY) &&
                 !*(const void *const *)p;
}
