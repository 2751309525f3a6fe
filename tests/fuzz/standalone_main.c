/* Drives a fuzz target where libFuzzer is not at hand (gcc, valgrind).
 *
 *     fuzz_x [-runs=N] [seed file]...
 *
 * Every seed runs as it is, then N mutations of the seeds. They come from a fixed
 * pseudo-random sequence, so a failure comes back each time; the input at fault is
 * written to crash-input, which is itself a seed for the next run.
 *
 * SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_SEEDS = 256,
    MAX_BYTES = 4096,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* There only in programs built with a sanitizer. */
__attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)(void));

struct input {
    uint8_t bytes[MAX_BYTES];
    size_t len;
};

static struct input seeds[MAX_SEEDS];
static size_t seed_count;
static struct input current; /* what the target is looking at now */

static uint32_t random_below(uint32_t limit)
{
    static uint64_t state = 0x9e3779b97f4a7c15u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32) % limit;
}

static void add_seed(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || seed_count == MAX_SEEDS) {
        fprintf(stderr, "cannot use the seed %s\n", path);
        exit(2);
    }
    struct input *seed = &seeds[seed_count++];
    seed->len = fread(seed->bytes, 1, MAX_BYTES, file);
    fclose(file);
}

/* One small change: flip, set, insert, remove, repeat a piece, splice a seed. */
static void mutate(struct input *in)
{
    size_t at = in->len ? random_below((uint32_t)in->len) : 0;
    size_t rest = in->len - at;
    switch (random_below(6)) {
    case 0:
        if (rest)
            in->bytes[at] ^= (uint8_t)(1u << random_below(8));
        break;
    case 1:
        if (rest)
            in->bytes[at] = (uint8_t)random_below(256);
        break;
    case 2:
        if (in->len < MAX_BYTES) {
            memmove(in->bytes + at + 1, in->bytes + at, rest);
            in->bytes[at] = (uint8_t)random_below(256);
            in->len++;
        }
        break;
    case 3:
        if (rest) {
            memmove(in->bytes + at, in->bytes + at + 1, rest - 1);
            in->len--;
        }
        break;
    case 4:
        if (rest && in->len + rest <= MAX_BYTES) {
            memcpy(in->bytes + in->len, in->bytes + at, rest);
            in->len += rest;
        }
        break;
    case 5: {
        const struct input *other = &seeds[random_below((uint32_t)seed_count)];
        size_t room = MAX_BYTES - at;
        size_t len = other->len < room ? other->len : room;
        memcpy(in->bytes + at, other->bytes, len);
        in->len = at + len;
        break;
    }
    }
}

static void save_current(void)
{
    FILE *file = fopen("crash-input", "wb");
    if (!file)
        return;
    fwrite(current.bytes, 1, current.len, file);
    fclose(file);
    fprintf(stderr, "the input at fault is in ./crash-input\n");
}

/* A check of the target's own does not hold. */
static void on_abort(int number)
{
    save_current();
    signal(number, SIG_DFL);
    raise(number);
}

/* The target gets a copy of exactly its size, so that one byte too far shows. */
static void run_current(void)
{
    uint8_t *copy = malloc(current.len ? current.len : 1);
    if (!copy)
        exit(2);
    memcpy(copy, current.bytes, current.len);
    LLVMFuzzerTestOneInput(copy, current.len);
    free(copy);
}

int main(int argc, char **argv)
{
    long runs = 20000;
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "-runs=", 6) == 0)
            runs = strtol(argv[i] + 6, NULL, 10);
        else
            add_seed(argv[i]);
    }
    if (seed_count == 0)
        seed_count = 1; /* the empty input */
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(save_current);
    signal(SIGABRT, on_abort);

    for (size_t i = 0; i < seed_count; i++) {
        current = seeds[i];
        run_current();
    }

    for (long run = 0; run < runs; run++) {
        current = seeds[random_below((uint32_t)seed_count)];
        for (uint32_t n = 1 + random_below(8); n > 0; n--)
            mutate(&current);
        run_current();
    }
    printf("%zu seeds, %ld mutations\n", seed_count, runs);
    return 0;
}
