/* Generators of text: words put together as the digits of k say, so that different numbers give
 * different texts. */
#include "seed/make.h"

static void put_word(vgs_text *t, const vgs_words *words, uint64_t *k)
{
    vgs_put_text(t, words->data[vgs_digit(k, words->count)]);
}

static void lower(vgs_text *t, const char *word)
{
    for (; *word; word++)
        vgs_put_char(t, (char)(*word >= 'A' && *word <= 'Z' ? *word + 32 : *word));
}

/* One of a list: vgs_gen.low says which. */
void vgs_make_word(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                   vgs_room *room)
{
    (void)r, (void)room;
    const char *word = vgs_lists[g->low]->data[k];
    out->bytes = (vg_bytes){word, strlen(word)};
}

const vgs_words *const vgs_lists[] = {&vgs_first_names, &vgs_last_names, &vgs_countries,
                                      &vgs_cities,      &vgs_states,     &vgs_jobs};

void vgs_make_full_name(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                        vgs_room *room)
{
    (void)r;
    vgs_text t = vgs_text_begin(g, room);
    put_word(&t, &vgs_first_names, &k);
    vgs_put_char(&t, ' ');
    put_word(&t, &vgs_last_names, &k);
    vgs_text_end(&t, out);
}

/* ada.byrne@example.org; when all of these are used, with a number. */
void vgs_make_email(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                    vgs_room *room)
{
    (void)r;
    vgs_text t = vgs_text_begin(g, room);
    lower(&t, vgs_first_names.data[vgs_digit(&k, vgs_first_names.count)]);
    vgs_put_char(&t, '.');
    lower(&t, vgs_last_names.data[vgs_digit(&k, vgs_last_names.count)]);
    const char *domain = vgs_domains.data[vgs_digit(&k, vgs_domains.count)];
    if (k)
        vgs_put_int(&t, (int64_t)k, 1);
    vgs_put_char(&t, '@');
    vgs_put_text(&t, domain);
    vgs_text_end(&t, out);
}

/* ada17, in at most g->high bytes, and g->end: no two have the same number. */
void vgs_make_user_name(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                        vgs_room *room)
{
    vgs_text t = vgs_text_begin(g, room);
    char name[16] = "";
    size_t digits = 1;
    for (uint64_t left = k; left >= 10; left /= 10)
        digits++;
    strncpy(name, vgs_first_names.data[vgs_below(r, vgs_first_names.count)],
            sizeof name - 1);
    if (strlen(name) + digits > (size_t)g->high)
        name[(size_t)g->high - digits] = 0;
    lower(&t, name);
    vgs_put_int(&t, (int64_t)k, 1);
    vgs_put_text(&t, g->end);
    vgs_text_end(&t, out);
}

/* What another generator makes; when all of that is used, with a number behind it. */
void vgs_make_numbered(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                       vgs_room *room)
{
    const vgs_gen *inner = g->choices;
    vgs_cell cell = {0};
    inner->make(inner, vgs_digit(&k, inner->total), r, &cell, room);
    if (!k || !cell.bytes.data) {
        *out = cell;
        return;
    }
    vgs_text t = vgs_text_begin(g, room);
    vgs_put(&t, cell.bytes.data, cell.bytes.len);
    vgs_put_char(&t, inner->make == vgs_make_slug ? '-' : ' ');
    vgs_put_int(&t, (int64_t)k, 1);
    vgs_text_end(&t, out);
}

/* Digits for the # of a template, or after a prefix. */
void vgs_make_phone(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                    vgs_room *room)
{
    (void)r;
    const struct vg_gen_phone_number *from = (const void *)g->from;
    vgs_text t = vgs_text_begin(g, room);
    const char *form = from->template_ ? from->template_ : VGS_PHONE;
    if (from->prefixes.len) {
        vgs_put_text(&t, from->prefixes.data[vgs_digit(&k, from->prefixes.len)]);
        form = "##################";
        form += strlen(form) - (size_t)g->high;
    }
    for (; *form; form++)
        vgs_put_char(&t, *form == '#' ? (char)('0' + vgs_digit(&k, 10)) : *form);
    vgs_text_end(&t, out);
}

void vgs_make_street(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                     vgs_room *room)
{
    (void)r;
    vgs_text t = vgs_text_begin(g, room);
    uint64_t street = vgs_digit(&k, vgs_streets.count);
    uint64_t kind = vgs_digit(&k, vgs_street_kinds.count);
    vgs_put_int(&t, (int64_t)k + 1, 1);
    vgs_put_char(&t, ' ');
    vgs_put_text(&t, vgs_streets.data[street]);
    vgs_put_char(&t, ' ');
    vgs_put_text(&t, vgs_street_kinds.data[kind]);
    vgs_text_end(&t, out);
}

/* A postcode: as many digits as g->scale says. */
void vgs_make_digits(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                     vgs_room *room)
{
    (void)r;
    vgs_text t = vgs_text_begin(g, room);
    vgs_put_int(&t, (int64_t)k, g->scale);
    vgs_text_end(&t, out);
}

void vgs_make_company(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                      vgs_room *room)
{
    (void)r;
    vgs_text t = vgs_text_begin(g, room);
    put_word(&t, &vgs_company_words, &k);
    vgs_put_char(&t, ' ');
    uint64_t kind = vgs_digit(&k, vgs_company_kinds.count);
    put_word(&t, &vgs_last_names, &k);
    vgs_put_char(&t, ' ');
    vgs_put_text(&t, vgs_company_kinds.data[kind]);
    vgs_text_end(&t, out);
}

/* The first words are digits of k, the others chance. */
void vgs_make_lorem(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                    vgs_room *room)
{
    vgs_text t = vgs_text_begin(g, room);
    size_t ours = g->count; /* words that are k's */
    for (int64_t s = 0; s < g->high; s++) {
        uint64_t words = g->low ? (uint64_t)g->low : 6 + vgs_below(r, 7);
        for (uint64_t w = 0; w < words; w++) {
            uint64_t at =
                ours ? vgs_digit(&k, vgs_lorem.count) : vgs_below(r, vgs_lorem.count);
            const char *word = vgs_lorem.data[at];
            ours -= ours > 0;
            if (w || s)
                vgs_put_char(&t, ' ');
            vgs_put_char(&t, w ? *word : (char)(*word - 32));
            vgs_put_text(&t, word + 1);
        }
        if (!g->low)
            vgs_put_char(&t, '.');
    }
    vgs_text_end(&t, out);
}

/* dolor-sit-amet: the first words are k's. */
void vgs_make_slug(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                   vgs_room *room)
{
    vgs_text t = vgs_text_begin(g, room);
    for (int64_t i = 0; i < g->low; i++) {
        uint64_t at = i < (int64_t)g->count ? vgs_digit(&k, vgs_lorem.count)
                                            : vgs_below(r, vgs_lorem.count);
        if (i)
            vgs_put_char(&t, '-');
        vgs_put_text(&t, vgs_lorem.data[at]);
    }
    vgs_text_end(&t, out);
}

/* https://www.web.example/dolor-amet; when all are used, with a number. */
void vgs_make_url(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                  vgs_room *room)
{
    (void)r;
    vgs_text t = vgs_text_begin(g, room);
    vgs_put_text(&t, "https://www.");
    put_word(&t, &vgs_domains, &k);
    vgs_put_char(&t, '/');
    put_word(&t, &vgs_lorem, &k);
    vgs_put_char(&t, '-');
    put_word(&t, &vgs_lorem, &k);
    if (k) {
        vgs_put_char(&t, '/');
        vgs_put_int(&t, (int64_t)k, 1);
    }
    vgs_text_end(&t, out);
}

/* So many letters are k's, the others and how many there are is chance. */
void vgs_make_string(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                     vgs_room *room)
{
    vgs_text t = vgs_text_begin(g, room);
    int64_t len = g->low + (int64_t)vgs_below(r, (uint64_t)(g->high - g->low) + 1);
    size_t ours = g->count;
    uint64_t bits = 0, letters = (uint64_t)g->step;
    for (int64_t i = 0; i < len; i++) {
        if (!bits)
            bits = vgs_random(r) | UINT64_C(1) << 63;
        uint64_t at = ours ? vgs_digit(&k, letters) : vgs_digit(&bits, letters);
        ours -= ours > 0;
        vgs_put_char(&t, g->end[at]);
    }
    vgs_text_end(&t, out);
}

/* Keys as PostgreSQL's jsonb orders them, the shorter first. */
static bool key_before(const char *a, const char *b)
{
    size_t x = strlen(a), y = strlen(b);
    return x != y ? x < y : strcmp(a, b) < 0;
}

/* {"id": 17, "lorem": "dolor", "augue": 804}: so that the text is the same where the database
 * keeps text and where it does not. */
void vgs_make_json(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                   vgs_room *room)
{
    vgs_text t = vgs_text_begin(g, room);
    const char *keys[VGS_MOST_KEYS];
    uint64_t at = vgs_below(r, vgs_lorem.count);
    int64_t n = 0;
    while (n < g->high - 1) { /* neighbours in the list: no key twice, none is "id" */
        const char *key = vgs_lorem.data[at++ % vgs_lorem.count];
        int64_t place = n;
        if (strlen(key) < 3)
            continue;
        for (; place && key_before(key, keys[place - 1]); place--)
            keys[place] = keys[place - 1];
        keys[place] = key;
        n++;
    }
    vgs_put_text(&t, "{\"id\": ");
    vgs_put_int(&t, (int64_t)k, 1);
    for (int64_t i = 0; i < n; i++) {
        vgs_put_text(&t, ", \"");
        vgs_put_text(&t, keys[i]);
        vgs_put_text(&t, "\": ");
        if (i % 2) {
            vgs_put_int(&t, (int64_t)vgs_below(r, 1000), 1);
        } else {
            vgs_put_char(&t, '"');
            vgs_put_text(&t, vgs_lorem.data[vgs_below(r, vgs_lorem.count)]);
            vgs_put_char(&t, '"');
        }
    }
    vgs_put_char(&t, '}');
    vgs_text_end(&t, out);
}
