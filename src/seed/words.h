/* Words that generators put together; ASCII, no word twice in a list. Their order and number are
 * part of a version of the generators: a list is never changed, only replaced in a new version. */
#pragma once
#include <stddef.h>

typedef struct vgs_words {
    const char *const *data;
    size_t count;
    size_t longest; /* bytes */
} vgs_words;

extern const vgs_words vgs_first_names, vgs_last_names, vgs_countries, vgs_cities,
    vgs_states, vgs_jobs, vgs_streets, vgs_street_kinds, vgs_company_words,
    vgs_company_kinds, vgs_domains, vgs_lorem;
