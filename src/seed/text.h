/* Writing the text of a cell, in room for the longest that its generator makes. */
#pragma once
#include "seed/seed.h"
#include <string.h>

typedef struct vgs_text {
    char *begin, *at; /* NULL: no memory */
} vgs_text;

static inline vgs_text vgs_text_begin(const vgs_gen *g, vgs_room *room)
{
    char *p = vgs_take(room, (size_t)g->longest + 1);
    return (vgs_text){p, p};
}

static inline void vgs_put(vgs_text *t, const char *bytes, size_t len)
{
    if (t->at) {
        memcpy(t->at, bytes, len);
        t->at += len;
    }
}

static inline void vgs_put_text(vgs_text *t, const char *text)
{
    vgs_put(t, text, strlen(text));
}

static inline void vgs_put_char(vgs_text *t, char c)
{
    if (t->at)
        *t->at++ = c;
}

/* With at least so many digits. */
void vgs_put_int(vgs_text *t, int64_t n, int digits);
/* `n` units of 10^-scale, without zeros at the end if `brief`. */
void vgs_put_decimal(vgs_text *t, int64_t n, int scale, bool brief);

static inline void vgs_text_end(vgs_text *t, vgs_cell *out)
{
    if (t->at)
        *t->at = 0;
    out->bytes = (vg_bytes){t->begin, t->at ? (size_t)(t->at - t->begin) : 0};
}

/* 10 to the power of `n`, which is below 19. */
uint64_t vgs_ten_to(int n);
/* The lowest digit of *k to that base, which is taken away. */
static inline uint64_t vgs_digit(uint64_t *k, uint64_t base)
{
    uint64_t digit = *k % base;
    *k /= base;
    return digit;
}
