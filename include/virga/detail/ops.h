/* The operators: name, how it is written, its form (see vg_node in expr.h and the forms in
 * core/codec.h), when it is NULL though its type says NOT NULL (vg_null_rule there). One list
 * for names, walking and rendering; a dialect may write some of them otherwise
 * (core/dialect.h). In the text of a COMPARE, ? stands for the right side,
 * in that of a LIST * for the operands; without it they stand in parentheses behind. */
#pragma once
#pragma GCC system_header

#define VG_OPS(X)                                                               \
    X(NONE, "", LEAF, NEVER)                                                    \
    X(COLUMN, "", LEAF, SELF)                                                   \
    X(PARAM, "", LEAF, NEVER)                                                   \
    /* Comparisons; core/walk.c knows that they lie between EQ and NOT_LIKE. */ \
    X(EQ, " = ", COMPARE, ANY)                                                  \
    X(NE, " <> ", COMPARE, ANY)                                                 \
    X(GT, " > ", COMPARE, ANY)                                                  \
    X(GTE, " >= ", COMPARE, ANY)                                                \
    X(LT, " < ", COMPARE, ANY)                                                  \
    X(LTE, " <= ", COMPARE, ANY)                                                \
    X(IS, " is not distinct from ", COMPARE, NEVER)                             \
    X(IS_NOT, " is distinct from ", COMPARE, NEVER)                             \
    X(MATCH, " match ", COMPARE, ANY)                                           \
    X(LIKE, " like ", COMPARE, ANY)                                             \
    X(LIKE_ESCAPED, " like ? escape '\\'", COMPARE, ANY)                        \
    X(NOT_LIKE_ESCAPED, " not like ? escape '\\'", COMPARE, ANY)                \
    X(ILIKE, " ilike ", COMPARE, ANY)                                           \
    X(NOT_ILIKE, " not ilike ", COMPARE, ANY)                                   \
    X(GLOB, " glob ", COMPARE, ANY)                                             \
    X(NOT_GLOB, " not glob ", COMPARE, ANY)                                     \
    X(REGEXP, " ~ ", COMPARE, ANY)                                              \
    X(NOT_REGEXP, " !~ ", COMPARE, ANY)                                         \
    X(IREGEXP, " ~* ", COMPARE, ANY)                                            \
    X(NOT_IREGEXP, " !~* ", COMPARE, ANY)                                       \
    X(SIMILAR_TO, " similar to ", COMPARE, ANY)                                 \
    X(NOT_SIMILAR_TO, " not similar to ", COMPARE, ANY)                         \
    X(TS_MATCH, " @@ ", COMPARE, ANY)                                           \
    X(ARRAY_CONTAINS, " @> ", COMPARE, ANY)                                     \
    X(ARRAY_CONTAINED, " <@ ", COMPARE, ANY)                                    \
    X(ARRAY_OVERLAPS, " && ", COMPARE, ANY)                                     \
    X(EQ_ANY, " = any(?)", COMPARE, ANY)                                        \
    X(JSON_CONTAINS, " @> ", COMPARE, ANY)                                      \
    X(JSON_CONTAINED, " <@ ", COMPARE, ANY)                                     \
    X(JSON_HAS_KEY, "", COMPARE, ANY)                                           \
    X(JSON_PATH_EXISTS, "", COMPARE, ANY)                                       \
    X(JSON_PATH_MATCH, " @@ ", COMPARE, ANY)                                    \
    X(NOT_LIKE, " not like ", COMPARE, ANY)                                     \
    X(CONTAINS, " like ? escape '\\'", SEARCH, ANY)                             \
    X(STARTS_WITH, " like ? escape '\\'", SEARCH, ANY)                          \
    X(ENDS_WITH, " like ? escape '\\'", SEARCH, ANY)                            \
    X(ROW_EQ, " = ", ROWS, ANY)                                                 \
    X(ROW_NE, " <> ", ROWS, ANY)                                                \
    X(ROW_GT, " > ", ROWS, ANY)                                                 \
    X(ROW_GTE, " >= ", ROWS, ANY)                                               \
    X(ROW_LT, " < ", ROWS, ANY)                                                 \
    X(ROW_LTE, " <= ", ROWS, ANY)                                               \
    X(ADD, " + ", ARITH, ANY)                                                   \
    X(SUB, " - ", ARITH, ANY)                                                   \
    X(MUL, " * ", ARITH, ANY)                                                   \
    X(DIV, " / ", ARITH, ANY)                                                   \
    X(MOD, " % ", ARITH, ANY)                                                   \
    X(CONCAT, " || ", ARITH, ANY)                                               \
    X(BIT_AND, " & ", ARITH, ANY)                                               \
    X(BIT_OR, " | ", ARITH, ANY)                                                \
    X(SHIFT_LEFT, " << ", ARITH, ANY)                                           \
    X(SHIFT_RIGHT, " >> ", ARITH, ANY)                                          \
    X(NEG, "-", PREFIX, ANY)                                                    \
    X(BIT_NOT, "~", PREFIX, ANY)                                                \
    X(NOT, "not ", PREFIX, ANY)                                                 \
    X(AND, " and ", LOGIC, ANY)                                                 \
    X(OR, " or ", LOGIC, ANY)                                                   \
    X(IS_NULL, " is null", SUFFIX, NEVER)                                       \
    X(IS_NOT_NULL, " is not null", SUFFIX, NEVER)                               \
    X(BETWEEN, " between ", BETWEEN, ANY)                                       \
    X(NOT_BETWEEN, " not between ", BETWEEN, ANY)                               \
    X(IN, " in ", IN, ANY)                                                      \
    X(NOT_IN, " not in ", IN, ANY)                                              \
    X(IN_ARRAY, " in ", IN_ARRAY, ANY)                                          \
    X(NOT_IN_ARRAY, " not in ", IN_ARRAY, ANY)                                  \
    X(EXISTS, "exists ", SUBQUERY, NEVER)                                       \
    X(NOT_EXISTS, "not exists ", SUBQUERY, NEVER)                               \
    X(SCALAR, "", SUBQUERY, NEVER)                                              \
    X(HAS, "exists ", RELATED, NEVER)                                           \
    X(HAS_NONE, "not exists ", RELATED, NEVER)                                  \
    X(COUNT_RELATED, "", RELATED, NEVER)                                        \
    X(RELATION_WHERE, "", RELATED, NEVER)                                       \
    /* Aggregates, from COUNT_ALL to JSON_GROUP_OBJECT. */                      \
    X(COUNT_ALL, "count(*)", LEAF, NEVER)                                       \
    X(COUNT, "count", CALL, NEVER)                                              \
    X(COUNT_DISTINCT, "count", CALL_DISTINCT, NEVER)                            \
    X(SUM, "sum", CALL, NEVER)                                                  \
    X(SUM_DISTINCT, "sum", CALL_DISTINCT, NEVER)                                \
    X(AVG, "avg", CALL, NEVER)                                                  \
    X(AVG_DISTINCT, "avg", CALL_DISTINCT, NEVER)                                \
    X(MIN, "min", CALL, NEVER)                                                  \
    X(MAX, "max", CALL, NEVER)                                                  \
    X(TOTAL, "total", CALL, NEVER)                                              \
    X(GROUP_CONCAT, "group_concat", LIST, NEVER)                                \
    X(ARRAY_AGG, "array_agg", CALL, NEVER)                                      \
    X(JSON_GROUP_ARRAY, "json_group_array", JSON, NEVER)                        \
    X(JSON_GROUP_OBJECT, "json_group_object", JSON, NEVER)                      \
    /* Window functions, from ROW_NUMBER to NTH_VALUE. */                       \
    X(ROW_NUMBER, "row_number()", LEAF, NEVER)                                  \
    X(RANK, "rank()", LEAF, NEVER)                                              \
    X(DENSE_RANK, "dense_rank()", LEAF, NEVER)                                  \
    X(PERCENT_RANK, "percent_rank()", LEAF, NEVER)                              \
    X(CUME_DIST, "cume_dist()", LEAF, NEVER)                                    \
    X(NTILE, "ntile", LIST, NEVER)                                              \
    X(LAG, "lag", JOIN, ANY)                                                    \
    X(LEAD, "lead", JOIN, ANY)                                                  \
    X(FIRST_VALUE, "first_value", CALL, NEVER)                                  \
    X(LAST_VALUE, "last_value", CALL, NEVER)                                    \
    X(NTH_VALUE, "nth_value", JOIN, NEVER)                                      \
    X(FILTER, "", FILTER, ANY)                                                  \
    X(OVER, " over ", OVER, ANY)                                                \
    X(OVER_WINDOW, " over ", OVER_WINDOW, ANY)                                  \
    /* Functions. */                                                            \
    X(LOWER, "lower", CALL, ANY)                                                \
    X(UPPER, "upper", CALL, ANY)                                                \
    X(LENGTH, "length", CALL, ANY)                                              \
    X(ABS, "abs", CALL, ANY)                                                    \
    X(SUBSTR, "substr", LIST, ANY)                                              \
    X(REPLACE, "replace", LIST, ANY)                                            \
    X(INSTR, "instr", LIST, ANY)                                                \
    X(LTRIM, "ltrim", LIST, ANY)                                                \
    X(RTRIM, "rtrim", LIST, ANY)                                                \
    X(TRIM, "trim", LIST, ANY)                                                  \
    X(HEX, "hex", CALL, NEVER)                                                  \
    X(UNICODE, "unicode", CALL, ANY)                                            \
    X(CHR, "char", LIST, NEVER)                                                 \
    X(COLLATE_NOCASE, " collate nocase", COLLATE, ANY)                          \
    X(COLLATE_BINARY, " collate binary", COLLATE, ANY)                          \
    X(COLLATE_RTRIM, " collate rtrim", COLLATE, ANY)                            \
    X(ROUND, "round", LIST, ANY)                                                \
    X(CEIL, "ceil", CALL, ANY)                                                  \
    X(FLOOR, "floor", CALL, ANY)                                                \
    X(SIGN, "sign", CALL, ANY)                                                  \
    X(SQRT, "sqrt", CALL, ANY)                                                  \
    X(POWER, "power", LIST, ANY)                                                \
    X(REGEXP_REPLACE, "regexp_replace", LIST, ANY)                              \
    X(TO_TSVECTOR, "to_tsvector", LIST, ANY)                                    \
    X(TO_TSQUERY, "to_tsquery", LIST, ANY)                                      \
    X(PLAINTO_TSQUERY, "plainto_tsquery", LIST, ANY)                            \
    X(PHRASETO_TSQUERY, "phraseto_tsquery", LIST, ANY)                          \
    X(WEBSEARCH_TO_TSQUERY, "websearch_to_tsquery", LIST, ANY)                  \
    X(TS_RANK, "ts_rank", LIST, ANY)                                            \
    X(TS_HEADLINE, "ts_headline", LIST, ANY)                                    \
    X(ARRAY_LENGTH, "cardinality", CALL, ANY)                                   \
    X(ARRAY_APPEND, "array_append", LIST, NEVER)                                \
    X(ARRAY_PREPEND, "array_prepend", LIST, NEVER)                              \
    X(ARRAY_REMOVE, "array_remove", LIST, ANY)                                  \
    X(ARRAY_CAT, "array_cat", LIST, NEVER)                                      \
    X(JSON_MERGE, " || ", ARITH, ANY)                                           \
    X(GEN_RANDOM_UUID, "gen_random_uuid()", LEAF, NEVER)                        \
    X(TO_CHAR, "to_char", LIST, ANY)                                            \
    X(ROLLUP, "rollup", LIST, NEVER)                                            \
    X(CUBE, "cube", LIST, NEVER)                                                \
    X(RANDOM, "random()", LEAF, NEVER)                                          \
    X(COALESCE, "coalesce", JOIN, ALL)                                          \
    X(NULLIF, "nullif", JOIN, NEVER)                                            \
    X(GREATEST, "max", JOIN, ANY)                                               \
    X(LEAST, "min", JOIN, ANY)                                                  \
    X(CASE, "case", CASE, ANY)                                                  \
    X(CAST, "cast", CAST, ANY)                                                  \
    X(INLINE, "", LITERAL, NEVER)                                               \
    /* Times; how they are written is the dialect's affair. */                  \
    X(NOW, "", TIME, NEVER)                                                     \
    X(TIME_PART, "", TIME, ANY)                                                 \
    X(TIME_TRUNC, "", TIME, ANY)                                                \
    X(TIME_ADD, "", TIME, ANY)                                                  \
    X(TIME_DIFF, "", TIME, ANY)                                                 \
    X(TIME_FORMAT, "", TIME, ANY)                                               \
    /* JSON. */                                                                 \
    X(JSON_GET, "json_extract", LIST, NEVER)                                    \
    X(JSON_TEXT, "cast(json_extract(*) as text)", LIST, NEVER)                  \
    X(JSON_PART, "nullif(json_quote(json_extract(*)), 'null')", LIST, NEVER)    \
    X(JSON_TYPE, "json_type", LIST, NEVER)                                      \
    X(JSON_ARRAY_LENGTH, "json_array_length", LIST, NEVER)                      \
    X(JSON_VALID, "json_valid", LIST, ANY)                                      \
    X(JSON_EACH, "json_each", LIST, NEVER)                                      \
    X(JSON_TREE, "json_tree", LIST, NEVER)                                      \
    X(JSON_SET, "json_set", JSON, FIRST)                                        \
    X(JSON_INSERT, "json_insert", JSON, FIRST)                                  \
    X(JSON_REPLACE, "json_replace", JSON, FIRST)                                \
    X(JSON_REMOVE, "json_remove", JSON, FIRST)                                  \
    X(JSON_PATCH, "json_patch", JSON, ANY)                                      \
    X(JSON_OBJECT, "json_object", JSON, NEVER)                                  \
    X(JSON_ARRAY, "json_array", JSON, NEVER)                                    \
    /* What a table as a whole has, and FTS5. */                                \
    X(ROWID, "rowid", SOURCE, SELF)                                             \
    X(FTS, "", SOURCE, NEVER)                                                   \
    X(FTS_RANK, "rank", SOURCE, NEVER)                                          \
    X(BM25, "bm25", FTS_CALL, NEVER)                                            \
    X(HIGHLIGHT, "highlight", FTS_CALL, NEVER)                                  \
    X(SNIPPET, "snippet", FTS_CALL, NEVER)                                      \
    X(NULLABLE, "", WRAP, NEVER)                                                \
    X(AS, "", AS, ANY)                                                          \
    X(EXCLUDED, "excluded", EXCLUDED, NEVER)                                    \
    X(FRAGMENT, "", FRAGMENT, NEVER)                                            \
    X(ASC, " asc", SUFFIX, NEVER)                                               \
    X(DESC, " desc", SUFFIX, NEVER)                                             \
    X(NULLS_FIRST, " nulls first", SUFFIX, NEVER)                               \
    X(NULLS_LAST, " nulls last", SUFFIX, NEVER)
