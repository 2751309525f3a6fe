/* Generators of words, texts, bytes and JSON: which, how many, how long. */
#include "seed/prepare.h"

static uint32_t shortest(const vgs_words *words)
{
    size_t least = words->longest;
    for (size_t i = 0; i < words->count; i++)
        if (strlen(words->data[i]) < least)
            least = strlen(words->data[i]);
    return (uint32_t)least;
}

static size_t list_of(unsigned kind)
{
    static const unsigned kinds[] = {VG_GEN_first_name, VG_GEN_last_name,
                                     VG_GEN_country,    VG_GEN_city,
                                     VG_GEN_state,      VG_GEN_job_title};
    size_t i = 0;
    while (kinds[i] != kind)
        i++;
    return i;
}

void vgs_prepare_word(vgs_preparing *p, const vg_gen *from)
{
    vgs_gen *g = p->g;
    g->low = (int64_t)list_of(from->kind);
    const vgs_words *words = vgs_lists[g->low];
    vgs_has(g, words->count, words->count, words->longest);
    g->shortest = shortest(words);
}

void vgs_prepare_full_name(vgs_preparing *p, const vg_gen *from)
{
    (void)from;
    uint64_t total = vgs_first_names.count * vgs_last_names.count;
    vgs_has(p->g, total, total, vgs_first_names.longest + 1 + vgs_last_names.longest);
    p->g->shortest = shortest(&vgs_first_names) + 1 + shortest(&vgs_last_names);
}

/* "ada17" in at most `room` bytes: what makes it unique is the number. */
static void user_name(vgs_gen *g, size_t room, const char *end)
{
    size_t least = 3, most = vgs_first_names.longest + 9;
    room = room < least + 1 ? least + 1 : room > most ? most : room;
    size_t digits = room - least < 9 ? room - least : 9;
    g->make = vgs_make_user_name;
    g->high = (int64_t)room;
    g->end = end;
    vgs_has(g, 1000, vgs_ten_to((int)digits), room + strlen(end));
    g->shortest = (uint32_t)(least + 1 + strlen(end));
}

void vgs_prepare_user_name(vgs_preparing *p, const vg_gen *from)
{
    (void)from;
    user_name(p->g, p->g->room ? p->g->room : SIZE_MAX, "");
}

/* Where ada.byrne@example.org does not fit, ada17@example.com; 0: any room. */
void vgs_prepare_email(vgs_preparing *p, const vg_gen *from)
{
    vgs_gen *g = p->g;
    static const char brief[] = "@example.com";
    size_t longest =
        vgs_first_names.longest + 1 + vgs_last_names.longest + 1 + vgs_domains.longest;
    (void)from;
    if (g->room && g->room < longest && g->room >= sizeof brief + 3) {
        user_name(g, g->room - (sizeof brief - 1), brief);
        return;
    }
    size_t digits = !g->room || g->room >= longest + 6 ? 6
                    : g->room > longest                ? g->room - longest
                                                       : 0;
    uint64_t plain = vgs_first_names.count * vgs_last_names.count * vgs_domains.count;
    vgs_has(g, plain, plain * vgs_ten_to((int)digits), longest + digits);
    g->shortest = shortest(&vgs_first_names) + 1 + shortest(&vgs_last_names) + 1 +
                  shortest(&vgs_domains);
}

void vgs_prepare_phone_number(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(phone_number);
    size_t digits = 10, longest = strlen(VGS_PHONE);
    if (o->prefixes.len) {
        digits = o->digits > 0 ? (size_t)o->digits : 7;
        longest = 0;
        for (size_t i = 0; i < o->prefixes.len; i++)
            if (strlen(o->prefixes.data[i]) > longest)
                longest = strlen(o->prefixes.data[i]);
        longest += digits;
    } else if (o->template_) {
        digits = 0;
        longest = strlen(o->template_);
        for (const char *c = o->template_; *c; c++)
            digits += *c == '#';
    }
    if (digits > 18)
        vgs_refuse(p, "at most 18 digits");
    g->make = vgs_make_phone;
    g->high = (int64_t)digits;
    uint64_t each = vgs_ten_to(digits > 18 ? 18 : (int)digits);
    uint64_t total = o->prefixes.len > 1 && each > UINT64_MAX / 4 / o->prefixes.len
                         ? UINT64_MAX / 4
                         : each * (o->prefixes.len ? o->prefixes.len : 1);
    vgs_has(g, total, total, longest);
    g->shortest = (uint32_t)(o->prefixes.len ? digits : longest);
}

void vgs_prepare_street(vgs_preparing *p, const vg_gen *from)
{
    (void)from;
    p->g->make = vgs_make_street;
    uint64_t each = vgs_streets.count * vgs_street_kinds.count;
    vgs_has(p->g, each * 200, each * 99999,
            7 + vgs_streets.longest + vgs_street_kinds.longest);
    p->g->shortest = 3 + shortest(&vgs_streets) + shortest(&vgs_street_kinds);
}

void vgs_prepare_postcode(vgs_preparing *p, const vg_gen *from)
{
    (void)from;
    p->g->make = vgs_make_digits;
    p->g->scale = 5;
    vgs_has(p->g, 100000, 100000, 5);
    p->g->shortest = 5;
}

void vgs_prepare_company(vgs_preparing *p, const vg_gen *from)
{
    (void)from;
    p->g->make = vgs_make_company;
    uint64_t total =
        vgs_company_words.count * vgs_company_kinds.count * vgs_last_names.count;
    vgs_has(p->g, total, total,
            2 + vgs_company_words.longest + vgs_company_kinds.longest +
                vgs_last_names.longest);
    p->g->shortest = 2 + shortest(&vgs_company_words) + shortest(&vgs_company_kinds) +
                     shortest(&vgs_last_names);
}

void vgs_prepare_lorem(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(lorem_ipsum);
    g->make = vgs_make_lorem;
    g->low = o->words > 0 ? o->words : 0;
    g->high = o->sentences > 0 && !g->low ? o->sentences : 1;
    if (g->low > 1000 || g->high > 1000)
        vgs_refuse(p, "at most a thousand");
    g->count = g->low && g->low < 4 ? (size_t)g->low : 4;
    uint64_t total = 1;
    for (size_t i = 0; i < g->count; i++)
        total *= vgs_lorem.count;
    size_t words = (size_t)(g->low ? g->low : g->high * 12);
    vgs_has(g, total, total,
            g->low ? words * (vgs_lorem.longest + 1) - 1
                   : words * (vgs_lorem.longest + 2));
    g->shortest = (uint32_t)(g->low ? 2 * g->low - 1 : 12 * g->high);
}

void vgs_prepare_slug(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(slug);
    size_t words = o->words > 0 ? (size_t)o->words : 3;
    size_t fit = g->room ? (g->room + 1) / (vgs_lorem.longest + 1) : words;
    if (words > 1000)
        vgs_refuse(p, "at most a thousand");
    if (o->words <= 0 && fit < words)
        words = fit ? fit : 1;
    uint64_t total = 1;
    for (g->count = 0; g->count < words && g->count < 4; g->count++)
        total *= vgs_lorem.count;
    g->low = (int64_t)words;
    vgs_has(g, total, total, words * (vgs_lorem.longest + 1) - 1);
    g->shortest = (uint32_t)(2 * words - 1);
}

void vgs_prepare_url(vgs_preparing *p, const vg_gen *from)
{
    (void)from;
    uint64_t total = vgs_domains.count * vgs_lorem.count * vgs_lorem.count;
    vgs_has(p->g, total, total * 1000000,
            strlen("https://www./-/123456") + vgs_domains.longest +
                2 * vgs_lorem.longest);
    p->g->shortest = 20;
}

/* Lengths from and to, cut to the column's. */
static void lengths(vgs_preparing *p, int64_t min, int64_t max, int64_t low,
                    int64_t high)
{
    vgs_gen *g = p->g;
    int64_t limit = g->room ? g->room : INT32_MAX;
    g->high = max > 0 ? max : min > high ? min : high;
    if (max <= 0 && g->high > limit)
        g->high = limit;
    g->low = min > 0 ? min : g->high < low ? g->high : low;
    if (g->high < g->low)
        vgs_refuse(p, "min is greater than max");
    if (g->high > 1000000)
        vgs_refuse(p, "at most a million");
}

void vgs_prepare_string(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(string);
    g->make = vgs_make_string;
    bool fixed = p->column->c->native == VG_NATIVE_CHAR && !o->min && !o->max;
    int64_t exact = g->room;
    lengths(p, fixed ? exact : o->min, fixed ? exact : o->max, 8, 20);
    g->count = g->low < 12 ? (size_t)g->low : 12;
    uint64_t total = 1;
    g->end = o->letters ? o->letters : VGS_LETTERS;
    size_t letters = strlen(g->end);
    if (letters < 2 || letters > 256)
        vgs_refuse(p, "2 to 256 letters");
    g->step = (int64_t)letters;
    while (g->count > 7 && letters > 26) /* what a number holds */
        g->count--;
    for (size_t i = 0; i < g->count; i++)
        total *= letters;
    vgs_has(g, total, total, (size_t)g->high);
    g->shortest = (uint32_t)g->low;
}

void vgs_prepare_bytes(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(bytes);
    g->make = vgs_make_bytes;
    lengths(p, o->min, o->max, 16, 16);
    g->count = g->low < 7 ? (size_t)g->low : 7;
    uint64_t total = UINT64_C(1) << 8 * g->count;
    vgs_has(g, total, total, 0);
}

void vgs_prepare_json(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(json);
    g->make = vgs_make_json;
    g->high = o->keys > 0 ? o->keys : 3;
    if (g->high > VGS_MOST_KEYS)
        vgs_refuse(p, "at most 8 keys");
    vgs_has(g, 1000, INT32_MAX, 24 + (size_t)g->high * (2 * vgs_lorem.longest + 16));
}

void vgs_prepare_uuid(vgs_preparing *p, const vg_gen *from)
{
    (void)from;
    uint64_t total = UINT64_C(1) << 62;
    vgs_has(p->g, total, total, 36);
    p->g->shortest = 36;
}
