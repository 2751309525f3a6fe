/* Codecs: how a column's values are stored, found through the expression that a value
 * meets. EQ(users.created_at, t) must write t as created_at stores its times. */
#pragma once
#include "core/parts.h"

/* vg_type | vg_mode << 8 of an expression, 0 when nothing is known. */
uint16_t vg__codec_of(const vg_node *node);

static inline uint16_t vg__codec_of_column(const vg_column *column)
{
    return (uint16_t)(column->type | column->mode << 8);
}

/* The mode that VG_MODE_DEFAULT stands for. */
vg_mode vg__codec_mode(uint16_t codec);

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
    VG_FORM_FRAGMENT
} vg_form;

typedef struct vg_op_info {
    const char *name; /* as users write it */
    const char *sql;
    vg_form form;
} vg_op_info;

/* By vg_op. */
extern const vg_op_info vg__ops[];
