/* Values of PostgreSQL's other types, each by a form: text with places for what changes. */
#include "seed/prepare.h"

/* The places, and how many values each has:
 *     %c   a coordinate, 0 to 100, in hundredths      %v   0.01 to 1
 *     %r   a radius, 0.01 to 10                       %m   an amount, 0 to 999.99
 *     %x   a byte, in hexadecimal                     %n   0 to 9999
 *     %w   a word                                     %N   the column's length
 *     %i %j   a whole number, and one above it        %p %q   the same with two digits
 *     %d %e   a day, and a later one                  %s %t   a time, and a later one */
enum { DAYS = 2192, QUARTERS = DAYS * 96 }; /* 2020 to 2025 */
static const struct {
    char letter;
    uint32_t base;
} places[] = {
    {'c', 10001}, {'r', 1000}, {'x', 256},      {'v', 100},   {'m', 100000},
    {'n', 10000}, {'i', 1000}, {'j', 100},      {'p', 50000}, {'q', 10000},
    {'d', DAYS},  {'e', 60},   {'s', QUARTERS}, {'t', 32},
};

static const struct {
    vg_native type;
    const char *form;
} forms[] = {
    {VG_NATIVE_LSEG, "[(%c,%c),(%c,%c)]"},
    {VG_NATIVE_BOX, "(%c,%c),(%c,%c)"},
    {VG_NATIVE_PATH, "[(%c,%c),(%c,%c),(%c,%c)]"},
    {VG_NATIVE_POLYGON, "((%c,%c),(%c,%c),(%c,%c))"},
    {VG_NATIVE_CIRCLE, "<(%c,%c),%r>"},
    {VG_NATIVE_MACADDR, "08:00:2b:%x:%x:%x"},
    {VG_NATIVE_MACADDR8, "08:00:2b:ff:fe:%x:%x:%x"},
    {VG_NATIVE_MONEY, "%m"},
    {VG_NATIVE_XML, "<note id=\"%n\">%w %w</note>"},
    {VG_NATIVE_TSVECTOR, "%w %w %w"},
    {VG_NATIVE_TSQUERY, "%w & %w"},
    {VG_NATIVE_INT4RANGE, "[%i,%j)"},
    {VG_NATIVE_INT8RANGE, "[%i,%j)"},
    {VG_NATIVE_NUMRANGE, "[%p,%q)"},
    {VG_NATIVE_DATERANGE, "[%d,%e)"},
    {VG_NATIVE_TSRANGE, "[%s,%t)"},
    {VG_NATIVE_TSTZRANGE, "[%s,%t)"},
    {VG_NATIVE_HSTORE, "\"id\"=>\"%n\", \"%w\"=>\"%w\""},
    {VG_NATIVE_LTREE, "%w.%w.%w"},
    {VG_NATIVE_SPARSEVEC, "{1:%v}/%N"},
};
enum { FORMS = sizeof forms / sizeof *forms };

static size_t form_of(const vg_column *c)
{
    size_t i = 0;
    while (i < FORMS && forms[i].type != c->native)
        i++;
    return i;
}

bool vgs_has_form(const vg_column *c)
{
    return form_of(c) < FORMS;
}

/* How many values a place has; 0: it is fixed. */
static uint64_t base_of(char letter)
{
    if (letter == 'w')
        return vgs_lorem.count;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i].letter == letter)
            return places[i].base;
    return 0;
}

void vgs_prepare_native(vgs_preparing *p, const vg_gen *from)
{
    vgs_gen *g = p->g;
    size_t form = form_of(p->column->c), longest = 1;
    uint64_t total = 1;
    (void)from;
    if (form == FORMS) {
        vgs_refuse(p, "it knows no values of the column's type");
        return;
    }
    g->low = (int64_t)form;
    for (const char *at = forms[form].form; *at; at++, longest++) {
        uint64_t base = *at == '%' ? base_of(at[1]) : 0;
        longest += *at == '%' ? VG_TIMESTAMP_ROOM : 0;
        if (base && total < UINT64_MAX / base / 4 && g->count < 64) {
            total *= base;
            g->count++;
        }
    }
    vgs_has(g, total, total, longest);
}

typedef struct writing {
    const vgs_gen *g;
    vgs_text t;
    uint64_t k, place; /* the first places are digits of k, the others chance */
    vg_seed_random *r;
    int64_t lower; /* of a range */
} writing;

static int64_t draw(writing *w, uint64_t base)
{
    return (int64_t)(w->place++ < w->g->count ? vgs_digit(&w->k, base)
                                              : vgs_below(w->r, base));
}

/* Days, or quarters of an hour, since 2020. */
static void put_time(writing *w, int64_t at, bool day)
{
    const int64_t begin = 1577836800, quarter = 900;
    char text[VG_TIMESTAMP_ROOM];
    vg_timestamp time = {(begin + at * quarter * (day ? 96 : 1)) * 1000000};
    vgs_put_text(&w->t,
                 day ? vg_date_format(time, text) : vg_timestamp_format(time, text));
}

static void put_byte(writing *w, int64_t byte)
{
    vgs_put_char(&w->t, "0123456789abcdef"[byte >> 4]);
    vgs_put_char(&w->t, "0123456789abcdef"[byte & 15]);
}

static void put_place(writing *w, char letter)
{
    uint64_t base = base_of(letter);
    int64_t n = base ? draw(w, base) : 0;
    bool upper = strchr("jqet", letter) != NULL;
    n += upper ? w->lower + 1 : 0;
    w->lower = n;
    switch (letter) {
    case 'x': put_byte(w, n); break;
    case 'w': vgs_put_text(&w->t, vgs_lorem.data[n]); break;
    case 'N': vgs_put_int(&w->t, w->g->column->args ? w->g->column->args : 3, 1); break;
    case 'n':
    case 'i':
    case 'j': vgs_put_int(&w->t, n, 1); break;
    case 'r':
    case 'v': vgs_put_decimal(&w->t, n + 1, 2, true); break;
    case 'm':
    case 'p':
    case 'q': vgs_put_decimal(&w->t, n, 2, false); break;
    case 'd':
    case 'e': put_time(w, n, true); break;
    case 's':
    case 't': put_time(w, n, false); break;
    default: vgs_put_decimal(&w->t, n, 2, true); break;
    }
}

void vgs_make_native(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                     vgs_room *room)
{
    writing w = {.g = g, .t = vgs_text_begin(g, room), .k = k, .r = r};
    for (const char *at = forms[g->low].form; *at; at++)
        if (*at == '%')
            put_place(&w, *++at);
        else
            vgs_put_char(&w.t, *at);
    vgs_text_end(&w.t, out);
}
