#include <virga/virga.h>

static vg_value cents_encode(const int *v, vg_arena *room)
{
    (void)room;
    return vg_of_int(*v);
}
static bool cents_decode(int *v, vg_value stored, vg_arena *arena)
{
    (void)arena;
    *v = (int)stored.i;
    return true;
}
static vg_value code_encode(const int *v, vg_arena *room)
{
    (void)room;
    return vg_of_text(*v ? "one" : "zero");
}
static bool code_decode(int *v, vg_value stored, vg_arena *arena)
{
    (void)arena;
    *v = strcmp(stored.s, "one") == 0;
    return true;
}
CODEC(cents, int, INTEGER, cents_encode, cents_decode)
CODEC(code, int, TEXT, code_encode, code_decode)
TABLE(t,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(cents, CUSTOM(cents), NOT_NULL),
    COLUMN(price, NUMERIC(10, 2)),
    COLUMN(code,  CUSTOM(code)))
SCHEMA(app, t)
