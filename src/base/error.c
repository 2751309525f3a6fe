/* The codes' names, SQLSTATEs and sentences, from the one list in virga/error.h. */
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
