/* VG_ROW_OF: which rows a statement yields. Private by name. */
#pragma once
#pragma GCC system_header
#include <virga/detail/pp.h>

/* The type of a statement's rows, as a null pointer: it is found by pasting onto the
 * first token of the head, before which up to 8 CTEs may stand, and which for INSERT,
 * UPDATE and DELETE passes the question on to the last clause. If a compile error led you
 * here (VG_ROW_..., VG_LAST_ROW_...), the first argument is no head, or rows are wanted
 * and the last clause is no RETURNING. */
#define VG_ROW_OF(...)  VG_ROW_OF_(VG_LAST(__VA_ARGS__), __VA_ARGS__, )
#define VG_ROW_OF_(...) VG_HEAD_1(__VA_ARGS__)
/* Past the CTEs in front: pasted to this, a CTE makes a second argument. */
#define VG_CTE_vg_cte(...)                       ,
#define VG_HEAD(last, head, ...)                 VG_ROW_##head(last)
#define VG_ROW_(last)                            (vg_no_head *)0
#define VG_ROW_vg_cte(...)                       (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_compound(row, ...)             row VG_NOTHING
#define VG_ROW_vg_comment(...)                   (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_comment_tags(...)              (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_operand(...)                   (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_select(row, shape)             row VG_NOTHING
#define VG_ROW_vg_select_distinct(row, shape)    row VG_NOTHING
#define VG_ROW_vg_select_value(row, ...)         row VG_NOTHING
#define VG_ROW_vg_raw_select(row, ...)           row VG_NOTHING
#define VG_ROW_vg_raw_sql(...)                   (vg_no_rows *)0 VG_NOTHING
#define VG_ROW_vg_select_count(...)              (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_select_exists(...)             (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_from(...)                      (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_join_on(...)                   (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_condition(...)                 (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_terms(...)                     (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_number(...)                    (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_lock(...)                      (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_conflict(...)                  (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_returning(...)                 (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_cache_for(...)                 (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_allow(...)                     (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_returning_value(...)           (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_with(...)                      (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_computed_as(...)               (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_columns(...)                   (vg_no_head *)0 VG_NOTHING
#define VG_ROW_vg_insert(...)                    VG_LAST_ROW
#define VG_ROW_vg_update(...)                    VG_LAST_ROW
#define VG_ROW_vg_delete(...)                    VG_LAST_ROW
#define VG_LAST_ROW(...)                         VG_LAST_ROW_(__VA_ARGS__)
#define VG_LAST_ROW_(...)                        VG_LAST_ROW_##__VA_ARGS__
#define VG_LAST_ROW_vg_returning(row, shape)     row
#define VG_LAST_ROW_vg_returning_value(row, ...) row
/* The last clause is something else. */
#define VG_LAST_ROW_vg_insert(...)       (vg_no_rows *)0
#define VG_LAST_ROW_vg_update(...)       (vg_no_rows *)0
#define VG_LAST_ROW_vg_delete(...)       (vg_no_rows *)0
#define VG_LAST_ROW_vg_cte(...)          (vg_no_rows *)0
#define VG_LAST_ROW_vg_comment(...)      (vg_no_rows *)0
#define VG_LAST_ROW_vg_comment_tags(...) (vg_no_rows *)0
#define VG_LAST_ROW_vg_operand(...)      (vg_no_rows *)0
#define VG_LAST_ROW_vg_from(...)         (vg_no_rows *)0
#define VG_LAST_ROW_vg_join_on(...)      (vg_no_rows *)0
#define VG_LAST_ROW_vg_condition(...)    (vg_no_rows *)0
#define VG_LAST_ROW_vg_terms(...)        (vg_no_rows *)0
#define VG_LAST_ROW_vg_number(...)       (vg_no_rows *)0
#define VG_LAST_ROW_vg_lock(...)         (vg_no_rows *)0
#define VG_LAST_ROW_vg_conflict(...)     (vg_no_rows *)0
#define VG_LAST_ROW_vg_cache_for(...)    (vg_no_rows *)0
#define VG_LAST_ROW_vg_allow(...)        (vg_no_rows *)0
#define VG_LAST_ROW_vg_with(...)         (vg_no_rows *)0
#define VG_LAST_ROW_vg_computed_as(...)  (vg_no_rows *)0
#define VG_LAST_ROW_vg_columns(...)      (vg_no_rows *)0
typedef struct vg_no_head vg_no_head;
typedef struct vg_no_rows vg_no_rows;
