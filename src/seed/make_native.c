/* Generators of bytes, UUIDs and what is PostgreSQL's. */
#include "seed/make.h"

void vgs_make_bytes(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                    vgs_room *room)
{
    int64_t len = g->low + (int64_t)vgs_below(r, (uint64_t)(g->high - g->low) + 1);
    unsigned char *bytes = vgs_take(room, (size_t)len + 1);
    for (int64_t i = 0; bytes && i < len; i++)
        bytes[i] = (unsigned char)(i < (int64_t)g->count ? vgs_digit(&k, 256)
                                                         : vgs_below(r, 256));
    out->bytes = (vg_bytes){bytes, (size_t)len};
}

void vgs_make_uuid(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                   vgs_room *room)
{
    vg_uuid uuid;
    uint64_t high = (vgs_random(r) & ~UINT64_C(0xf000)) | 0x4000;
    uint64_t low = k | UINT64_C(1) << 63;
    for (int i = 0; i < 8; i++) {
        uuid.bytes[i] = (uint8_t)(high >> (56 - 8 * i));
        uuid.bytes[8 + i] = (uint8_t)(low >> (56 - 8 * i));
    }
    if (g->sql_class == VG_K_uuid_expr) {
        out->uuid = uuid;
        return;
    }
    vgs_text t = vgs_text_begin(g, room);
    char text[37];
    vgs_put_text(&t, vg_uuid_format(&uuid, text));
    vgs_text_end(&t, out);
}

/* Coordinates in hundredths: x from g->min, y from g->low; g->count of x. */
static void put_pair(const vgs_gen *g, uint64_t k, vgs_text *t, char between)
{
    vgs_put_decimal(t, g->min + (int64_t)vgs_digit(&k, g->count), 2, true);
    vgs_put_char(t, between);
    vgs_put_decimal(t, g->low + (int64_t)k, 2, true);
}

void vgs_make_point(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                    vgs_room *room)
{
    (void)r;
    if (g->sql_class != VG_K_text) {
        double x = (double)(g->min + (int64_t)vgs_digit(&k, g->count)) / 100;
        out->point = (vg_point){x, (double)(g->low + (int64_t)k) / 100};
        return;
    }
    vgs_text t = vgs_text_begin(g, room);
    vgs_put_char(&t, '(');
    put_pair(g, k, &t, ',');
    vgs_put_char(&t, ')');
    vgs_text_end(&t, out);
}

void vgs_make_geometry(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                       vgs_room *room)
{
    (void)r;
    vgs_text t = vgs_text_begin(g, room);
    if (g->high) {
        vgs_put_text(&t, "SRID=");
        vgs_put_int(&t, g->high, 1);
        vgs_put_char(&t, ';');
    }
    vgs_put_text(&t, "POINT(");
    put_pair(g, k, &t, ' ');
    vgs_put_char(&t, ')');
    vgs_text_end(&t, out);
}

/* {a,b,c}: a is never 0, since a and b must not both be. */
void vgs_make_line(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                   vgs_room *room)
{
    (void)r;
    vgs_text t = vgs_text_begin(g, room);
    int64_t a = g->min + (int64_t)vgs_digit(&k, g->count);
    vgs_put_char(&t, '{');
    vgs_put_decimal(&t, a ? a : g->min + (int64_t)g->count, 2, true);
    vgs_put_char(&t, ',');
    vgs_put_decimal(&t, g->min + (int64_t)vgs_digit(&k, g->count), 2, true);
    vgs_put_char(&t, ',');
    vgs_put_decimal(&t, g->min + (int64_t)k, 2, true);
    vgs_put_char(&t, '}');
    vgs_text_end(&t, out);
}

void vgs_make_bits(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                   vgs_room *room)
{
    vgs_text t = vgs_text_begin(g, room);
    for (int64_t i = 0; i < g->high; i++) {
        bool bit = (i < (int64_t)g->count ? vgs_digit(&k, 2) : vgs_below(r, 2)) != 0;
        vgs_put_char(&t, bit ? '1' : '0');
    }
    vgs_text_end(&t, out);
}

static void put_hex(vgs_text *t, unsigned n)
{
    bool begun = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
        unsigned digit = n >> shift & 15;
        begun = begun || digit || !shift;
        if (begun)
            vgs_put_char(t, "0123456789abcdef"[digit]);
    }
}

void vgs_make_inet(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                   vgs_room *room)
{
    (void)r;
    vgs_text t = vgs_text_begin(g, room);
    if (g->low) { /* 2001:db8:x:y::, no group 0, so that it has one spelling */
        vgs_put_text(&t, "2001:db8:");
        put_hex(&t, 1 + (unsigned)vgs_digit(&k, 65535));
        vgs_put_char(&t, ':');
        put_hex(&t, 1 + (unsigned)k);
        vgs_put_text(&t, g->high ? "::/64" : "::1");
    } else {
        vgs_put_int(&t, 1 + (int64_t)vgs_digit(&k, 223), 1);
        vgs_put_char(&t, '.');
        vgs_put_int(&t, (int64_t)vgs_digit(&k, 256), 1);
        vgs_put_char(&t, '.');
        vgs_put_int(&t, (int64_t)vgs_digit(&k, 256), 1);
        vgs_put_char(&t, '.');
        vgs_put_int(&t, (int64_t)k, 1); /* 0 of a network */
        if (g->high)
            vgs_put_text(&t, "/24");
    }
    vgs_text_end(&t, out);
}

/* [0.12,-0.5,...]: in hundredths; the first numbers are k's. */
void vgs_make_vector(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                     vgs_room *room)
{
    vgs_text t = vgs_text_begin(g, room);
    uint64_t span = (uint64_t)g->step;
    for (int64_t i = 0; i < g->high; i++) {
        uint64_t at = i < (int64_t)g->count ? vgs_digit(&k, span) : vgs_below(r, span);
        vgs_put_char(&t, i ? ',' : '[');
        vgs_put_decimal(&t, g->min + (int64_t)at, 2, true);
    }
    vgs_put_char(&t, ']');
    vgs_text_end(&t, out);
}
