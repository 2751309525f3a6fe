/* What the tests of the kit share: a kit whose folder is a new one, and whose clock and chance
 * are the test's. Every call of `now` is a second later.
 *
 *     kit_fixture *f = *state;
 *     check_kit(f->kit, vg_kit_generate(f->kit, &schema, NULL, &made));
 *     check_file(f, "0000_x.sql", "..."); */
#pragma once
#include "check.h"
#include "rt_heap.h"
#include <virga/kit.h>

typedef struct kit_fixture {
    vg_kit *kit;
    char root[64]; /* a new folder, removed at the end */
    char out[80];  /* the migration folder in it */
    rt_heap heap;
    int64_t now;
    uint8_t chance;
} kit_fixture;

int kit_fixture_open(void **state);
int kit_fixture_close(void **state);

/* Close the kit and open it with this configuration; folder, clock and allocator are the
 * fixture's. */
void kit_fixture_reopen(kit_fixture *f, vg_kit_config config);

#define check_kit(kit, call) check_kit_at((kit), (call), #call, __FILE__, __LINE__)
void check_kit_at(vg_kit *kit, int rc, const char *call, const char *file, int line);

#define check_kit_fails(kit, call, code, message) \
    check_kit_fails_at((kit), (call), (code), (message), __FILE__, __LINE__)
void check_kit_fails_at(vg_kit *kit, int rc, int code, const char *message,
                        const char *file, int line);

/* The text of a file of the migration folder, to be freed; NULL: there is none. */
char *kit_file(const kit_fixture *f, const char *name);

/* That text; NULL: there is no such file. */
#define check_file(f, name, text) check_file_at((f), (name), (text), __FILE__, __LINE__)
void check_file_at(const kit_fixture *f, const char *name, const char *text,
                   const char *file, int line);

/* Write a file into the migration folder. */
void kit_write(const kit_fixture *f, const char *name, const char *text);
