/* Codecs: how a column's values are stored, found through the expression that a value
 * meets. EQ(users.created_at, t) must write t as created_at stores its times. */
#pragma once
#include "core/parts.h"

/* The column as which an expression's values are stored: type, mode and coder are what
 * matters. NULL when nothing is known. Exported for libvirga-json. */
VG_API const vg_column *vg__codec_of(const vg_node *node);

/* The same for a type alone. */
const vg_column *vg__codec_of_type(unsigned type);

/* For ENCODED where no column is known: any coder will do. */
extern const vg_column vg__any_codec;

/* The mode of a column, VG_MODE_DEFAULT resolved. */
vg_mode vg__codec_mode(const vg_column *codec);

/* What a text is to be: of a form, one for each operator. */
typedef enum vg_form {
    VG_FORM_LEAF,
    VG_FORM_COMPARE,
    VG_FORM_ARITH,
    VG_FORM_PREFIX,
    VG_FORM_SUFFIX,
    VG_FORM_LOGIC,
    VG_FORM_BETWEEN,
    VG_FORM_IN,
    VG_FORM_IN_ARRAY,
    VG_FORM_SUBQUERY,
    VG_FORM_CALL,
    VG_FORM_CALL_DISTINCT,
    VG_FORM_WRAP,
    VG_FORM_AS,
    VG_FORM_EXCLUDED,
    VG_FORM_FRAGMENT,
    VG_FORM_SEARCH, /* LIKE with a pattern made of plain text */
    VG_FORM_ROWS,   /* (a, b) = (c, d) */
    VG_FORM_LIST,   /* a function of several operands */
    VG_FORM_JOIN,   /* the same: all operands have one type, and so has the result */
    VG_FORM_JSON,   /* the same: operands that are JSON stand in JSON as they are */
    VG_FORM_COLLATE,
    VG_FORM_CASE,
    VG_FORM_CAST,
    VG_FORM_LITERAL, /* a value in the text */
    VG_FORM_TIME,
    VG_FORM_FILTER,
    VG_FORM_OVER,
    VG_FORM_OVER_WINDOW,
    VG_FORM_RELATED, /* whether rows of a relation are there */
    VG_FORM_SOURCE,  /* what belongs to a table as a whole: its rowid */
    VG_FORM_FTS_CALL /* a function of FTS5 */
} vg_form;

/* What makes an expression NULL that is NOT NULL by its type, as that of a column is which
 * an outer join leaves without a row. */
typedef enum vg_null_rule {
    VG_NULL_NEVER, /* nothing, or its type says NULL anyway */
    VG_NULL_SELF,  /* it stands for a row */
    VG_NULL_ANY,   /* an operand that is NULL; a branch of CASE */
    VG_NULL_FIRST, /* the first operand */
    VG_NULL_ALL    /* all operands together */
} vg_null_rule;

typedef struct vg_op_info {
    const char *name; /* as users write it */
    const char *sql;
    vg_form form;
    vg_null_rule null;
} vg_op_info;

/* By vg_op. */
extern const vg_op_info vg__ops[];

/* The bounds of a VG_CLAUSE_FRAME: a vg_bound_kind, odd when it has a number. */
static inline unsigned vg__frame_start(const vg_clause *frame)
{
    return frame->sub >> 8 & 15;
}

static inline unsigned vg__frame_end(const vg_clause *frame)
{
    return frame->sub >> 12;
}

static inline bool vg__is_time(const vg_column *codec)
{
    return codec && (codec->type == VG_TYPE_TIMESTAMP || codec->type == VG_TYPE_DATE);
}

/* What some ranges of the operators are; see ops.h. */
static inline bool vg__is_aggregate(unsigned op)
{
    return op >= VG_OP_COUNT_ALL && op <= VG_OP_JSON_GROUP_OBJECT;
}

static inline bool vg__is_window(unsigned op)
{
    return op >= VG_OP_ROW_NUMBER && op <= VG_OP_NTH_VALUE;
}
