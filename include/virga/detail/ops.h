/* The operators: name, how it is written, its form (see vg_node in expr.h and the forms in
 * core/codec.h). One list for names, walking and rendering; a dialect may write some of
 * them otherwise (core/dialect.h). In the text of a COMPARE, ? stands for the right side,
 * in that of a LIST * for the operands; without it they stand in parentheses behind. */
#pragma once
#pragma GCC system_header

#define VG_OPS(X)                                                               \
    X(NONE, "", LEAF)                                                           \
    X(COLUMN, "", LEAF)                                                         \
    X(PARAM, "", LEAF)                                                          \
    /* Comparisons; core/walk.c knows that they lie between EQ and NOT_LIKE. */ \
    X(EQ, " = ", COMPARE)                                                       \
    X(NE, " <> ", COMPARE)                                                      \
    X(GT, " > ", COMPARE)                                                       \
    X(GTE, " >= ", COMPARE)                                                     \
    X(LT, " < ", COMPARE)                                                       \
    X(LTE, " <= ", COMPARE)                                                     \
    X(IS, " is not distinct from ", COMPARE)                                    \
    X(IS_NOT, " is distinct from ", COMPARE)                                    \
    X(MATCH, " match ", COMPARE)                                                \
    X(LIKE, " like ", COMPARE)                                                  \
    X(LIKE_ESCAPED, " like ? escape '\\'", COMPARE)                             \
    X(NOT_LIKE_ESCAPED, " not like ? escape '\\'", COMPARE)                     \
    X(ILIKE, " ilike ", COMPARE)                                                \
    X(NOT_ILIKE, " not ilike ", COMPARE)                                        \
    X(GLOB, " glob ", COMPARE)                                                  \
    X(NOT_GLOB, " not glob ", COMPARE)                                          \
    X(NOT_LIKE, " not like ", COMPARE)                                          \
    X(CONTAINS, " like ? escape '\\'", SEARCH)                                  \
    X(STARTS_WITH, " like ? escape '\\'", SEARCH)                               \
    X(ENDS_WITH, " like ? escape '\\'", SEARCH)                                 \
    X(ROW_EQ, " = ", ROWS)                                                      \
    X(ROW_NE, " <> ", ROWS)                                                     \
    X(ROW_GT, " > ", ROWS)                                                      \
    X(ROW_GTE, " >= ", ROWS)                                                    \
    X(ROW_LT, " < ", ROWS)                                                      \
    X(ROW_LTE, " <= ", ROWS)                                                    \
    X(ADD, " + ", ARITH)                                                        \
    X(SUB, " - ", ARITH)                                                        \
    X(MUL, " * ", ARITH)                                                        \
    X(DIV, " / ", ARITH)                                                        \
    X(MOD, " % ", ARITH)                                                        \
    X(CONCAT, " || ", ARITH)                                                    \
    X(BIT_AND, " & ", ARITH)                                                    \
    X(BIT_OR, " | ", ARITH)                                                     \
    X(SHIFT_LEFT, " << ", ARITH)                                                \
    X(SHIFT_RIGHT, " >> ", ARITH)                                               \
    X(NEG, "-", PREFIX)                                                         \
    X(BIT_NOT, "~", PREFIX)                                                     \
    X(NOT, "not ", PREFIX)                                                      \
    X(AND, " and ", LOGIC)                                                      \
    X(OR, " or ", LOGIC)                                                        \
    X(IS_NULL, " is null", SUFFIX)                                              \
    X(IS_NOT_NULL, " is not null", SUFFIX)                                      \
    X(BETWEEN, " between ", BETWEEN)                                            \
    X(NOT_BETWEEN, " not between ", BETWEEN)                                    \
    X(IN, " in ", IN)                                                           \
    X(NOT_IN, " not in ", IN)                                                   \
    X(IN_ARRAY, " in ", IN_ARRAY)                                               \
    X(NOT_IN_ARRAY, " not in ", IN_ARRAY)                                       \
    X(EXISTS, "exists ", SUBQUERY)                                              \
    X(NOT_EXISTS, "not exists ", SUBQUERY)                                      \
    X(SCALAR, "", SUBQUERY)                                                     \
    /* Aggregates, from COUNT_ALL to JSON_GROUP_OBJECT. */                      \
    X(COUNT_ALL, "count(*)", LEAF)                                              \
    X(COUNT, "count", CALL)                                                     \
    X(COUNT_DISTINCT, "count", CALL_DISTINCT)                                   \
    X(SUM, "sum", CALL)                                                         \
    X(SUM_DISTINCT, "sum", CALL_DISTINCT)                                       \
    X(AVG, "avg", CALL)                                                         \
    X(AVG_DISTINCT, "avg", CALL_DISTINCT)                                       \
    X(MIN, "min", CALL)                                                         \
    X(MAX, "max", CALL)                                                         \
    X(TOTAL, "total", CALL)                                                     \
    X(GROUP_CONCAT, "group_concat", LIST)                                       \
    X(JSON_GROUP_ARRAY, "json_group_array", JSON)                               \
    X(JSON_GROUP_OBJECT, "json_group_object", JSON)                             \
    /* Window functions, from ROW_NUMBER to NTH_VALUE. */                       \
    X(ROW_NUMBER, "row_number()", LEAF)                                         \
    X(RANK, "rank()", LEAF)                                                     \
    X(DENSE_RANK, "dense_rank()", LEAF)                                         \
    X(PERCENT_RANK, "percent_rank()", LEAF)                                     \
    X(CUME_DIST, "cume_dist()", LEAF)                                           \
    X(NTILE, "ntile", LIST)                                                     \
    X(LAG, "lag", JOIN)                                                         \
    X(LEAD, "lead", JOIN)                                                       \
    X(FIRST_VALUE, "first_value", CALL)                                         \
    X(LAST_VALUE, "last_value", CALL)                                           \
    X(NTH_VALUE, "nth_value", JOIN)                                             \
    X(FILTER, "", FILTER)                                                       \
    X(OVER, " over ", OVER)                                                     \
    X(OVER_WINDOW, " over ", OVER_WINDOW)                                       \
    /* Functions. */                                                            \
    X(LOWER, "lower", CALL)                                                     \
    X(UPPER, "upper", CALL)                                                     \
    X(LENGTH, "length", CALL)                                                   \
    X(ABS, "abs", CALL)                                                         \
    X(SUBSTR, "substr", LIST)                                                   \
    X(REPLACE, "replace", LIST)                                                 \
    X(INSTR, "instr", LIST)                                                     \
    X(LTRIM, "ltrim", LIST)                                                     \
    X(RTRIM, "rtrim", LIST)                                                     \
    X(TRIM, "trim", LIST)                                                       \
    X(HEX, "hex", CALL)                                                         \
    X(UNICODE, "unicode", CALL)                                                 \
    X(CHR, "char", LIST)                                                        \
    X(COLLATE_NOCASE, " collate nocase", COLLATE)                               \
    X(COLLATE_BINARY, " collate binary", COLLATE)                               \
    X(COLLATE_RTRIM, " collate rtrim", COLLATE)                                 \
    X(ROUND, "round", LIST)                                                     \
    X(CEIL, "ceil", CALL)                                                       \
    X(FLOOR, "floor", CALL)                                                     \
    X(SIGN, "sign", CALL)                                                       \
    X(SQRT, "sqrt", CALL)                                                       \
    X(POWER, "power", LIST)                                                     \
    X(RANDOM, "random()", LEAF)                                                 \
    X(COALESCE, "coalesce", JOIN)                                               \
    X(NULLIF, "nullif", JOIN)                                                   \
    X(GREATEST, "max", JOIN)                                                    \
    X(LEAST, "min", JOIN)                                                       \
    X(CASE, "case", CASE)                                                       \
    X(CAST, "cast", CAST)                                                       \
    X(INLINE, "", LITERAL)                                                      \
    /* Times; how they are written is the dialect's affair. */                  \
    X(NOW, "", TIME)                                                            \
    X(TIME_PART, "", TIME)                                                      \
    X(TIME_TRUNC, "", TIME)                                                     \
    X(TIME_ADD, "", TIME)                                                       \
    X(TIME_DIFF, "", TIME)                                                      \
    X(TIME_FORMAT, "", TIME)                                                    \
    /* JSON. */                                                                 \
    X(JSON_GET, "json_extract", LIST)                                           \
    X(JSON_TEXT, "cast(json_extract(*) as text)", LIST)                         \
    X(JSON_PART, "nullif(json_quote(json_extract(*)), 'null')", LIST)           \
    X(JSON_TYPE, "json_type", LIST)                                             \
    X(JSON_ARRAY_LENGTH, "json_array_length", LIST)                             \
    X(JSON_VALID, "json_valid", LIST)                                           \
    X(JSON_EACH, "json_each", LIST)                                             \
    X(JSON_TREE, "json_tree", LIST)                                             \
    X(JSON_SET, "json_set", JSON)                                               \
    X(JSON_INSERT, "json_insert", JSON)                                         \
    X(JSON_REPLACE, "json_replace", JSON)                                       \
    X(JSON_REMOVE, "json_remove", JSON)                                         \
    X(JSON_PATCH, "json_patch", JSON)                                           \
    X(JSON_OBJECT, "json_object", JSON)                                         \
    X(JSON_ARRAY, "json_array", JSON)                                           \
    /* What a table as a whole has, and FTS5. */                                \
    X(ROWID, "rowid", SOURCE)                                                   \
    X(FTS, "", SOURCE)                                                          \
    X(FTS_RANK, "rank", SOURCE)                                                 \
    X(BM25, "bm25", FTS_CALL)                                                   \
    X(HIGHLIGHT, "highlight", FTS_CALL)                                         \
    X(SNIPPET, "snippet", FTS_CALL)                                             \
    X(NULLABLE, "", WRAP)                                                       \
    X(AS, "", AS)                                                               \
    X(EXCLUDED, "excluded", EXCLUDED)                                           \
    X(FRAGMENT, "", FRAGMENT)                                                   \
    X(ASC, " asc", SUFFIX)                                                      \
    X(DESC, " desc", SUFFIX)
