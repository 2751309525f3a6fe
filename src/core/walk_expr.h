/* Between walk.c, the clauses, and walk_expr.c, the nodes. What every query passes through
 * is inline here: a comparison of a column with a parameter makes no call. */
#pragma once
#include "core/walk.h"

void vg__walk_clauses(vg_walk *w, const vg_clause *query, size_t count);
void vg__walk_node(vg_walk *w, const vg_node *x);
/* An expression that must say something: SKIP is no value. `where` names the operator. */
void vg__walk_value_node(vg_walk *w, const vg_node *x, const char *where);
/* An operand: an expression, or a value that becomes a parameter. */
void vg__walk_operand(vg_walk *w, vg_value v, const vg_column *codec,
                      const char *where);
/* Text that becomes a part of the SQL: its letters are a part of the signature. */
void vg__walk_text(vg_walk *w, const char *text, size_t len);
/* The right side of a comparison: NULL would never be true there. */
void vg__walk_compared(vg_walk *w, const vg_node *x, vg_value v);

/* The left side of a comparison that is no column. */
void vg__walk_left(vg_walk *w, const vg_node *x);

static inline void vg__walk_mark(vg_walk *w, unsigned what, size_t count)
{
    vg__walk_word(w, VG_WORD(what, count));
}

static inline void vg__walk_address(vg_walk *w, const void *p)
{
    vg__walk_word(w, (uint64_t)(uintptr_t)p);
}

/* Whether values that meet it may be stored otherwise: as an enum, or in a blob. */
static inline bool vg__may_be_enum(const vg_node *x)
{
    return x && (x->op != VG_OP_COLUMN || ((const vg_shape *)x->a)->has_coder);
}

/* What a value must be stored as, where that is not what it is. */
static inline const vg_column *vg__codec_for(vg_value v, const vg_node *sibling)
{
    switch (vg_value_kind_of(v)) {
    case VG_V_TEXT:
    case VG_V_ARRAY_TEXT: /* MODE(BLOB) */
    case VG_V_INT:
    case VG_V_ARRAY_I32:
    case VG_V_ARRAY_I64: return vg__may_be_enum(sibling) ? vg__codec_of(sibling) : NULL;
    case VG_V_ENCODED: {
        const vg_column *codec = vg__codec_of(sibling);
        return codec ? codec : &vg__any_codec;
    }
    case VG_V_TIME:
    case VG_V_UUID:
    case VG_V_ARRAY_TIME:
    case VG_V_ARRAY_UUID: return vg__codec_of(sibling);
    case VG_V_EXPR:
        return v.node && v.node->op == VG_OP_PARAM ? vg__codec_of(sibling) : NULL;
    default: return NULL;
    }
}

/* A value that becomes a parameter as it stands. */
static inline bool vg__is_param(vg_value v)
{
    vg_value_kind kind = vg_value_kind_of(v);
    return kind >= VG_V_NULL && kind <= VG_V_UUID;
}

static inline bool vg__is_null(vg_value v)
{
    vg_value_kind kind = vg_value_kind_of(v);
    return kind == VG_V_NULL ||
           (kind == VG_V_ENCODED && !((const vg_encoding *)v.p)->value) ||
           ((kind == VG_V_TEXT || kind == VG_V_BLOB || kind == VG_V_UUID) && !v.p);
}

/* A column of a table: its node is constant, and its address says all. */
static inline bool vg__walk_column(vg_walk *w, const vg_node *x)
{
    if (!x || x->op != VG_OP_COLUMN ||
        ((const vg_shape *)x->a)->kind == VG_SHAPE_PROJECTION)
        return false;
    vg__walk_address(w, x);
    return true;
}

/* The commonest node: the mark of a parameter on the right is a number with the operator,
 * another for a REAL, which a dialect may have to tell from a whole number. */
static inline void vg__walk_compare(vg_walk *w, const vg_node *x)
{
    const vg_node *left = x->a;
    bool param = vg__is_param(x->b) && !vg__is_null(x->b);
    vg__walk_mark(w, x->op, param + (vg_value_kind_of(x->b) == VG_V_REAL));
    if (!vg__walk_column(w, left))
        vg__walk_left(w, x);
    if (param)
        vg__walk_param(w, x->b, vg__codec_for(x->b, left));
    else if (vg_value_kind_of(x->b) != VG_V_EXPR || !vg__walk_column(w, x->b.node))
        vg__walk_compared(w, x, x->b);
}
