/* The codes' names, SQLSTATEs and sentences, from the one list in virga/error.h. */
#include <stdbool.h>
#include <string.h>
#include <virga/error.h>

const char *vg_version(void)
{
    return VG_VERSION;
}

const char *vg_code_name(int code)
{
    switch (code) {
#define NAME(name, sqlstate, text) \
    case VG_##name: return "VG_" #name;
        VG_CODES(NAME)
#undef NAME
    default: return "VG_?";
    }
}

const char *vg_code_text(int code)
{
    switch (code) {
#define TEXT(name, sqlstate, text) \
    case VG_##name: return text;
        VG_CODES(TEXT)
#undef TEXT
    default: return "an unknown code";
    }
}

const char *vg_code_sqlstate(int code)
{
    switch (code) {
#define SQLSTATE(name, sqlstate, text) \
    case VG_##name: return sqlstate;
        VG_CODES(SQLSTATE)
#undef SQLSTATE
    default: return "HY000";
    }
}

/* Whether a character begins here: no byte of UTF-8 that goes on with one. */
static bool begins(const char *p)
{
    return ((unsigned char)*p & 0xc0) != 0x80;
}

static const char *next_character(const char *p)
{
    do
        p++;
    while (!begins(p));
    return p;
}

char *vg_error_caret(const vg_error *error, const char *sql, char *out, size_t room)
{
    enum { BEFORE = 50, WIDTH = 75 };
    const char *text = sql ? sql : error->sql, *start = text, *end;
    size_t before = 0; /* characters from `start` to the mistake */
    if (room)
        out[0] = 0;
    if (error->position <= 0 || (size_t)error->position > strlen(text) + 1)
        return out;
    const char *mistake = text + error->position - 1;
    for (const char *p = text; p < mistake; p++) {
        before += begins(p);
        if (*p == '\n')
            start = p + 1, before = 0;
    }
    for (; before > BEFORE; before--)
        start = next_character(start);
    end = start;
    for (int i = 0; *end && *end != '\n' && i < WIDTH; i++)
        end = next_character(end);
    size_t len = (size_t)(end - start);
    if (len + 1 + before + 2 > room)
        return out;
    memcpy(out, start, len);
    out[len++] = '\n';
    memset(out + len, ' ', before);
    memcpy(out + len + before, "^", 2);
    return out;
}
