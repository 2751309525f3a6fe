/* Faults: collected in the reader's arena, each with the pointer to where it is. */
#include "json/reader.h"
#include "json/writer.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *vg_json_fault_name(vg_json_fault_code code)
{
    static const char *const names[] = {
#define NAME(code, name, text) name,
        VG_JSON_FAULTS(NAME)
#undef NAME
    };
    return (size_t)code < sizeof names / sizeof *names ? names[code] : "?";
}

void vg__json_no_memory(vg_json_reading *reading)
{
    if (!reading->code)
        reading->code = VG_NO_MEMORY;
}

/* The pointer's length; its text too where there is room for it. */
static size_t pointer_into(const vg_json_path *path, char *out)
{
    if (!path)
        return 0;
    size_t len = pointer_into(path->up, out);
    if (!path->up) { /* a pointer already */
        if (out)
            memcpy(out + len, path->key, path->len);
        return len + path->len;
    }
    if (out)
        out[len] = '/';
    len++;
    if (!path->key) {
        char digits[24];
        int n = snprintf(digits, sizeof digits, "%zu", path->index);
        if (out)
            memcpy(out + len, digits, (size_t)n);
        return len + (size_t)n;
    }
    for (size_t i = 0; i < path->len; i++) {
        char plain[2] = {path->key[i]};
        const char *as = *plain == '~'   ? "~0"
                         : *plain == '/' ? "~1"
                         : *plain        ? plain
                                         : "\xef\xbf\xbd"; /* NUL would end the text */
        if (out)
            memcpy(out + len, as, strlen(as));
        len += strlen(as);
    }
    return len;
}

static bool make_room(vg_json_reader *r)
{
    if (r->fault_count < r->fault_room)
        return true;
    size_t room = r->fault_room ? 2 * r->fault_room : 8;
    vg_json_fault *faults = vg_arena_alloc(r->arena, room * sizeof *faults);
    if (!faults)
        return false;
    if (r->fault_count)
        memcpy(faults, r->faults, r->fault_count * sizeof *faults);
    r->faults = faults;
    r->fault_room = room;
    return true;
}

/* The same rule of two files says the same. */
static bool is_known(const vg_json_reader *r, const vg_json_fault *fault)
{
    for (size_t i = r->fault_count; i-- > 0;)
        if (r->faults[i].code == fault->code &&
            strcmp(r->faults[i].pointer, fault->pointer) == 0 &&
            strcmp(r->faults[i].message, fault->message) == 0)
            return true;
    return false;
}

static bool add(vg_json_reader *r, vg_json_fault fault)
{
    bool may_repeat = fault.code != VG_JSON_REFUSED && fault.code != VG_JSON_SYNTAX;
    if (!fault.pointer || !fault.message)
        return false;
    if (!may_repeat && is_known(r, &fault))
        return true;
    if (!make_room(r))
        return false;
    r->faults[r->fault_count++] = fault;
    return true;
}

void vg__json_fault(vg_json_reading *reading, const vg_json_path *path,
                    vg_json_fault_code code, const char *format, ...)
{
    vg_json_reader *r = reading->r;
    char text[512];
    va_list args;
    if (reading->code)
        return;
    if (r->fault_count >= (r->max_faults ? r->max_faults : 100)) {
        r->faults_left_out++;
        return;
    }
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t len = pointer_into(path, NULL);
    char *pointer = vg_arena_alloc(r->arena, len + 1);
    if (pointer) {
        pointer_into(path, pointer);
        pointer[len] = '\0';
    }
    const char *message = vg_arena_text(r->arena, text, strlen(text));
    if (!add(r, (vg_json_fault){pointer, code, message}))
        vg__json_no_memory(reading);
}

void vg_json_add_fault(vg_json_reader *r, const char *pointer, vg_json_fault_code code,
                       const char *message)
{
    vg_json_reading reading = {.r = r};
    vg_json_path path = {.key = pointer, .len = strlen(pointer)};
    vg__json_fault(&reading, &path, code, "%s", message);
}

void vg_put_faults(vg_json_writer *w, const vg_json_reader *r)
{
    vg_put_array(w);
    for (size_t i = 0; i < r->fault_count; i++) {
        const vg_json_fault *fault = &r->faults[i];
        vg_put_object(w);
        vg_put_key(w, "pointer");
        vg_put_text(w, fault->pointer);
        vg_put_key(w, "code");
        vg_put_text(w, vg_json_fault_name(fault->code));
        vg_put_key(w, "message");
        vg_put_text(w, fault->message);
        vg_put_end(w);
    }
    vg_put_end(w);
}
