/* Generators of numbers, booleans, times: min + k * step, in whole numbers. */
#include "seed/make.h"

uint64_t vgs_ten_to(int n)
{
    uint64_t x = 1;
    while (n-- > 0)
        x *= 10;
    return x;
}

void vgs_put_int(vgs_text *t, int64_t n, int digits)
{
    char room[24];
    int len = 0;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do {
        room[len++] = (char)('0' + left % 10);
        left /= 10;
    } while (left || len < digits);
    if (n < 0)
        vgs_put_char(t, '-');
    while (len)
        vgs_put_char(t, room[--len]);
}

void vgs_put_decimal(vgs_text *t, int64_t n, int scale, bool brief)
{
    uint64_t one = vgs_ten_to(scale);
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    if (n < 0)
        vgs_put_char(t, '-');
    vgs_put_int(t, (int64_t)(left / one), 1);
    left %= one;
    while (brief && scale && left % 10 == 0) {
        left /= 10;
        scale--;
    }
    if (scale) {
        vgs_put_char(t, '.');
        vgs_put_int(t, (int64_t)left, scale);
    }
}

/* A number of units of 10^-scale, as the column has it. */
void vgs_number(const vgs_gen *g, int64_t n, vgs_cell *out, vgs_room *room)
{
    switch (g->sql_class) {
    case VG_K_int:
    case VG_K_enum_expr:
    case VG_K_predicate: out->i = n; break;
    case VG_K_real: out->d = (double)n / (double)vgs_ten_to(g->scale); break;
    default: {
        vgs_text t = vgs_text_begin(g, room);
        vgs_put_decimal(&t, n, g->scale, false);
        vgs_text_end(&t, out);
    }
    }
}

void vgs_make_number(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                     vgs_room *room)
{
    (void)r;
    vgs_number(g, (int64_t)((uint64_t)g->min + k * (uint64_t)g->step), out, room);
}

void vgs_make_boolean(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                      vgs_room *room)
{
    (void)room;
    out->i = k == VGS_FREE ? (int64_t)vgs_below(r, 100) < g->high : k == 1;
}

void vgs_make_time(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                   vgs_room *room)
{
    (void)r;
    vg_timestamp at = {g->min + (int64_t)k * g->step};
    if (g->sql_class == VG_K_time) {
        out->i = at.us;
        return;
    }
    char text[VG_TIMESTAMP_ROOM];
    vgs_text t = vgs_text_begin(g, room);
    vgs_put_text(&t,
                 g->high ? vg_date_format(at, text) : vg_timestamp_format(at, text));
    vgs_text_end(&t, out);
}

void vgs_make_daytime(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                      vgs_room *room)
{
    (void)r;
    vg_daytime at = {g->min + (int64_t)k * g->step, 0};
    if (g->sql_class != VG_K_text) {
        out->daytime = at;
        return;
    }
    int64_t seconds = at.us / 1000000;
    vgs_text t = vgs_text_begin(g, room);
    vgs_put_int(&t, seconds / 3600, 2);
    vgs_put_char(&t, ':');
    vgs_put_int(&t, seconds / 60 % 60, 2);
    vgs_put_char(&t, ':');
    vgs_put_int(&t, seconds % 60, 2);
    vgs_text_end(&t, out);
}

/* The fields of an interval from the first to the last that are wanted, as digits of k. */
void vgs_make_interval(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                       vgs_room *room)
{
    (void)r;
    int64_t field[VGS_INTERVAL_FIELDS] = {0};
    for (int64_t f = g->high; f >= g->low; f--)
        field[f] = (int64_t)vgs_digit(&k, vgs_interval_bases[f]);
    vg_interval v = {(int32_t)(field[0] * 12 + field[1]), (int32_t)field[2],
                     ((field[3] * 60 + field[4]) * 60 + field[5]) * 1000000};
    if (g->sql_class != VG_K_text) {
        out->interval = v;
        return;
    }
    char text[VG_INTERVAL_ROOM];
    vgs_text t = vgs_text_begin(g, room);
    vgs_put_text(&t, vg_interval_format(v, text));
    vgs_text_end(&t, out);
}

const uint64_t vgs_interval_bases[VGS_INTERVAL_FIELDS] = {10, 12, 30, 24, 60, 60};

/* ---- one of a list ---- */

/* By weight, if it is for us to choose. */
uint64_t vgs_weighed(const vgs_gen *g, uint64_t k, vg_seed_random *r)
{
    if (k != VGS_FREE)
        return k;
    uint64_t at = vgs_below(r, g->sums[g->count - 1]);
    size_t i = 0;
    while (at >= g->sums[i])
        i++;
    return i;
}

void vgs_make_of_ints(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                      vgs_room *room)
{
    const struct vg_gen_values_int *from = (const void *)g->from;
    vgs_number(g, from->values[vgs_weighed(g, k, r)], out, room);
}

void vgs_make_of_reals(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                       vgs_room *room)
{
    const struct vg_gen_values_real *from = (const void *)g->from;
    double d = from->values[vgs_weighed(g, k, r)];
    if (g->sql_class == VG_K_real) {
        out->d = d;
        return;
    }
    vg_buf text;
    vg__buf_init(&text, &room->arena.allocator, 64);
    vg__buf_real(&text, d);
    if (text.failed)
        room->code = VG_NO_MEMORY;
    else
        out->bytes =
            (vg_bytes){vg_arena_text(&room->arena, text.text, text.len), text.len};
    if (!out->bytes.data)
        room->code = VG_NO_MEMORY;
    vg__buf_free(&text);
}

void vgs_make_of_texts(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                       vgs_room *room)
{
    (void)room;
    const struct vg_gen_values_text *from = (const void *)g->from;
    const char *text = from->values[vgs_weighed(g, k, r)];
    if (g->sql_class == VG_K_enum_expr) /* it is one of the labels: that was checked */
        vg_label_value(g->coder, text, strlen(text), &out->i);
    else
        out->bytes = (vg_bytes){text, strlen(text)};
}

void vgs_make_label(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                    vgs_room *room)
{
    (void)r, (void)room;
    const vg_label *label = &g->coder->labels[k];
    if (g->sql_class == VG_K_enum_expr)
        out->i = label->value;
    else
        out->bytes = (vg_bytes){label->text, strlen(label->text)};
}

/* ---- others' generators ---- */

void vgs_make_weighted(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                       vgs_room *room)
{
    (void)k;
    const vgs_gen *chosen = &g->choices[vgs_weighed(g, VGS_FREE, r)];
    chosen->make(chosen, chosen->sums ? VGS_FREE : vgs_below(r, chosen->plain), r, out,
                 room);
}

void vgs_make_call(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                   vgs_room *room)
{
    (void)k;
    const struct vg_gen_call *from = (const void *)g->from;
    int64_t label = 0;
    void *value = out->custom;
    if (g->column->coder && !g->column->coder->labels) {
        value = vgs_take(room, g->column->coder->size);
        if (!value)
            return;
        memset(value, 0, g->column->coder->size);
    } else if (g->sql_class == VG_K_enum_expr) {
        value = &label;
    }
    int rc = from->fn(from->ctx, room->row, r, value);
    if (rc != VG_OK)
        room->code = rc;
    vgs_load(value, g->column, out);
}
