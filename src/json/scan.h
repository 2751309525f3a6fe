/* JSON text (RFC 8259), in two steps. A check goes through all of it once: syntax, UTF-8,
 * depth. What reads it afterwards knows that it is sound, and walks by pointers: a value
 * inside of an object or array is always followed by something. */
#pragma once
#include <virga/arena.h>
#include <virga/types.h>

typedef struct vg_json_check {
    size_t max_depth;
    const char *at; /* where it went wrong */
    const char *problem;
    bool too_deep;
} vg_json_check;

bool vg__json_check(vg_json_check *c, const char *text, size_t len);

/* Of text that has been checked: past white space; past the value that begins there. */
const char *vg__json_space(const char *at);
const char *vg__json_past(const char *at);

/* What is between the quotes of the string at `at`, escapes resolved: in the text itself
 * where there are none, else in the arena. ptr NULL: no memory. */
vg_str vg__json_string(vg_arena *arena, const char *at);

/* Whether the key at `at` is this one, without memory. */
bool vg__json_key_is(const char *at, const char *key);

/* The first key or element of what begins at `at`, NULL: it is empty; the value of a key; the
 * key or element after a value, NULL: there is none. */
const char *vg__json_first(const char *at);
const char *vg__json_value(const char *key);
const char *vg__json_next(const char *value);
