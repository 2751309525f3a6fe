/* Random expressions of the forms beyond comparing, logic and arithmetic. */
#include "generate.h"

static expr *two(gen *g, expr *e, type t, int depth)
{
    return with(with(e, make(g, t, depth - 1)), make(g, t, depth - 1));
}

static expr *choice(gen *g, type t, int depth)
{
    expr *e = two(g, new_expr(g, K_CHOICE, t, pick(g, 3)), t, depth);
    return e->op && chance(g, 40) ? with(e, make(g, t, depth - 1)) : e;
}

static expr *cases(gen *g, type t, int depth)
{
    expr *e = new_expr(g, K_CASE, t, 0);
    for (unsigned i = 1 + pick(g, 2); i > 0; i--)
        with(with(e, make(g, BOOL_, depth - 1)), make(g, t, depth - 1));
    return chance(g, 60) ? with(e, make(g, t, depth - 1)) : e;
}

static expr *function_of(gen *g, type t, function f)
{
    return new_expr(g, K_FUNCTION, t, f);
}

static expr *of_integer(gen *g, int depth)
{
    expr *e;
    switch (pick(g, 6)) {
    case 0:
        e = new_expr(g, K_BITS, INT_, pick(g, 4));
        return with(with(e, make(g, INT_, depth - 1)),
                    e->op < 2 ? make(g, INT_, depth - 1)
                              : number_value(g, pick(g, 70)));
    case 1: return with(new_expr(g, K_BIT_NOT, INT_, 0), make(g, INT_, depth - 1));
    case 2: return two(g, function_of(g, INT_, F_INSTR), TEXT_, depth);
    case 3: return with(function_of(g, INT_, F_UNICODE), make(g, TEXT_, depth - 1));
    case 4:
        return with(function_of(g, INT_, F_SIGN),
                    make(g, chance(g, 50) ? INT_ : REAL_, depth - 1));
    default:
        return with(new_expr(g, K_CAST, INT_, 0),
                    make(g, (type)pick(g, TYPES), depth - 1));
    }
}

static expr *of_real(gen *g, int depth)
{
    expr *e = function_of(g, REAL_, F_ROUND);
    if (chance(g, 50))
        return with(new_expr(g, K_CAST, REAL_, 0),
                    make(g, (type)pick(g, TYPES), depth - 1));
    with(e, make(g, REAL_, depth - 1));
    return chance(g, 50) ? with(e, number_value(g, pick(g, 3))) : e;
}

static expr *of_text(gen *g, int depth)
{
    function f = F_SUBSTR;
    expr *e;
    switch (pick(g, 6)) {
    case 0:
        e = with(function_of(g, TEXT_, f), make(g, TEXT_, depth - 1));
        with(e, number_value(g, (int)pick(g, 7) - 3));
        return chance(g, 50) ? with(e, number_value(g, pick(g, 4))) : e;
    case 1:
        e = two(g, function_of(g, TEXT_, F_REPLACE), TEXT_, depth);
        return with(e, make(g, TEXT_, depth - 1));
    case 2:
        e = with(function_of(g, TEXT_, F_LTRIM + pick(g, 3)),
                 make(g, TEXT_, depth - 1));
        return chance(g, 60) ? with(e, make(g, TEXT_, depth - 1)) : e;
    case 3: return with(function_of(g, TEXT_, F_HEX), make(g, TEXT_, depth - 1));
    case 4:
        e = function_of(g, TEXT_, F_CHR);
        for (unsigned i = 1 + pick(g, 3); i > 0; i--)
            with(e, number_value(g, 32 + pick(g, 300)));
        return e;
    default:
        return with(new_expr(g, K_CAST, TEXT_, 0),
                    make(g, (type)pick(g, TYPES), depth - 1));
    }
}

static expr *rows(gen *g, int depth)
{
    expr *e = new_expr(g, K_ROWS, BOOL_, pick(g, 6));
    type types[MAX_KIDS / 2];
    int half = 2 + (int)pick(g, 2);
    for (int i = 0; i < half; i++)
        with(e, make(g, types[i] = (type)pick(g, TYPES), depth - 1));
    for (int i = 0; i < half; i++)
        with(e, make(g, types[i], depth - 1));
    return e;
}

expr *form(gen *g, type t, int depth)
{
    switch (pick(g, 4)) {
    case 0: return choice(g, t, depth);
    case 1: return cases(g, t, depth);
    default: break;
    }
    switch (t) {
    case INT_: return of_integer(g, depth);
    case REAL_: return of_real(g, depth);
    case TEXT_: return of_text(g, depth);
    default: break;
    }
    if (chance(g, 40))
        return rows(g, depth);
    return two(g, new_expr(g, K_SEARCH, BOOL_, pick(g, 3)), TEXT_, depth);
}
