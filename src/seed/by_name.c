/* What the names of a column and its table say of its values. */
#include "seed/choose.h"
#include <string.h>

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

#define LIST(list) \
    VG_GEN(values_text, .values = list, .len = sizeof list / sizeof *list)
#define ONE_OF(list) (const vg_gen *)(const void *)LIST(list)
static const char *const currencies[] = {"EUR", "USD", "GBP", "CHF", "JPY", "SEK",
                                         "NOK", "DKK", "PLN", "CZK", "CAD", "AUD"};
static const char *const languages[] = {"en", "de", "fr", "es", "it",
                                        "pt", "nl", "sv", "pl", "ja"};
static const char *const locales[] = {"en-GB", "en-US", "de-DE", "fr-FR", "es-ES",
                                      "it-IT", "pt-BR", "nl-NL", "sv-SE", "ja-JP"};
static const char *const colours[] = {"#1b9e77", "#d95f02", "#7570b3", "#e7298a",
                                      "#66a61e", "#e6ab02", "#a6761d", "#666666",
                                      "#377eb8", "#984ea3"};
static const char *const genders[] = {"female", "male", "other"};
static const char *const agents[] = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Safari/17.5",
    "curl/8.8.0"};
static const char *const countries[] = {
    "AR", "AT", "AU", "BE", "BR", "CA", "CH", "CL", "CN", "CZ", "DE", "DK", "EE",
    "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IL", "IN", "IS", "IT", "JP",
    "KE", "KR", "LT", "LU", "LV", "MA", "MX", "NL", "NO", "NZ", "PE", "PL", "PT",
    "RO", "RS", "SE", "SI", "SK", "TR", "TW", "UA", "US", "UY", "ZA"};
#define CAPITALS "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

static const rule text_rules[] = {
    {" user_name username login nick nickname handle ", GEN(user_name, ), NULL},
    {" ip ip_address inet ", GEN(inet, ), NULL},
    {" country_code iso_code ", ONE_OF(countries), NULL},
    {" code iso ", ONE_OF(countries), " country countries "},
    {" currency currency_code ", ONE_OF(currencies), NULL},
    {" language lang language_code ", ONE_OF(languages), NULL},
    {" locale ", ONE_OF(locales), NULL},
    {" color colour ", ONE_OF(colours), NULL},
    {" gender sex ", ONE_OF(genders), NULL},
    {" user_agent ", ONE_OF(agents), NULL},
    {" url uri website web_site homepage home_page link ", GEN(url, ), NULL},
    {" slug permalink ", GEN(slug, ), NULL},
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
    {" code sku serial number reference isbn vat_id tax_id ",
     GEN(string, .letters = CAPITALS), NULL},
    {" token password hash password_hash key ", GEN(string, ), NULL},
    {" uuid guid ", GEN(uuid, ), NULL},
    {" created_at updated_at timestamp at ", GEN(timestamp, ), NULL},
    {" date day birthday ", GEN(date, ), NULL},
    {" description body content text comment bio biography message summary abstract "
     "notes note excerpt ",
     GEN(lorem_ipsum, .sentences = 2), NULL},
    {" title subject headline caption name label ", GEN(lorem_ipsum, .words = 3), NULL},
};

static const rule int_rules[] = {
    {" age ", GEN(int, .min = 18, .max = 90), NULL},
    {" year founded founded_in ", GEN(year, ), NULL},
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
        for (const char *hit = len ? strstr(list, at) : NULL; hit;
             hit = strstr(hit + 1, at))
            if (hit[-1] == ' ' && hit[len] == ' ')
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

const vg_gen *vgs_by_name(uint32_t sql_class, const vgs_table *t, const vg_column *c)
{
    static const struct {
        uint32_t classes;
        const rule *rules;
        size_t count;
    } lists[] = {
#define BY_CLASS(classes, list) {classes, list, sizeof list / sizeof *list}
        BY_CLASS(VG_K_text, text_rules),
        BY_CLASS(VG_K_int, int_rules),
        BY_CLASS(VG_K_real | VG_K_numeric, number_rules),
        BY_CLASS(VG_K_time, time_rules),
#undef BY_CLASS
    };
    char name[80], table[80];
    plain_name(c->name, name, sizeof name);
    plain_name(t->shape->name, table, sizeof table);
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
        for (size_t i = 0; lists[l].classes & sql_class && i < lists[l].count; i++) {
            const rule *r = &lists[l].rules[i];
            if (listed(r->columns, name) &&
                (!r->tables || listed_table(r->tables, table)))
                return r->gen;
        }
    return NULL;
}
