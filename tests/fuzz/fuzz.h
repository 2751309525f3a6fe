/* What the fuzz targets share: a check that stops the fuzzer, and reading the input. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says what does not hold, and where; the fuzzer keeps the input. */
#define FUZZ_CHECK(condition)                                               \
    do {                                                                    \
        if (!(condition)) {                                                 \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                        \
        }                                                                   \
    } while (0)

/* Bytes that decide something, one after the other; zeros when there are no more. */
typedef struct fuzz_bytes {
    const uint8_t *at, *end;
} fuzz_bytes;

static inline uint8_t fuzz_next(fuzz_bytes *b)
{
    return b->at < b->end ? *b->at++ : 0;
}

/* Of the rest of the input, at most `max` bytes, whose number the next byte decides. */
static inline size_t fuzz_take(fuzz_bytes *b, size_t max, const uint8_t **out)
{
    size_t len = (size_t)fuzz_next(b) * max / 255, left = (size_t)(b->end - b->at);
    if (len > left)
        len = left;
    *out = b->at;
    b->at += len;
    return len;
}
