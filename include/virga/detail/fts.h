/* FTS_TABLE: its entries become those of TABLE (tables.h), and once more the members of its
 * vg_fts. */
#pragma once
#pragma GCC system_header

/* For TABLE: columns and the name; what concerns only the vg_fts is an empty constraint. */
#define VG_FTS_ENTRY(c, e)          , VG_AS_ENTRY(#e, VG_FTS_E_##e)
#define VG_FTS_E_FTS_COLUMN(...)    VG_FTS_COLUMN_OF(__VA_ARGS__, VG_LAST_MODIFIER)
#define VG_FTS_COLUMN_OF(name, ...) (vg_e_col, name, VG_TEXT, __VA_ARGS__)
#define VG_FTS_E_NAME(name)         VG_TUPLE_NAME(name)
#define VG_FTS_E_TOKENIZE(s)        VG_FTS_NO_ENTRY
#define VG_FTS_E_PREFIX(s)          VG_FTS_NO_ENTRY
#define VG_FTS_E_CONTENT(t, k)      VG_FTS_NO_ENTRY
#define VG_FTS_E_SYNC               VG_FTS_NO_ENTRY
#define VG_FTS_NO_ENTRY             (vg_e_con, VG_NOTHING, 0)

/* The vg_fts: a tuple of initialisers, or nothing. */
#define VG_FTS_INIT(c, e)   VG_FTS_INIT_OF(VG_FTS_I_##e)
#define VG_FTS_INIT_OF(...) VG_CAT(VG_FTS_INIT_, VG_IS_TUPLE(__VA_ARGS__))(__VA_ARGS__)
#define VG_FTS_INIT_0(...)
#define VG_FTS_INIT_1(tuple) VG_UNPACK tuple,
#define VG_FTS_I_FTS_COLUMN(...)
#define VG_FTS_I_NAME(name)
#define VG_FTS_I_TOKENIZE(s) (.tokenize = "" s "")
#define VG_FTS_I_PREFIX(s)   (.prefix = "" s "")
#define VG_FTS_I_SYNC        (.sync = true)
#define VG_FTS_I_CONTENT(t, k)                                                       \
    (.content =                                                                      \
         &t.vg_shape + VG_REQUIRE(VG_KIND_##t == VG_A_TABLE,                         \
                                  "CONTENT(" #t ", " #k "): " #t " is not a table"), \
     .content_key = VG_CHECKED_COLUMN(t, k))

/* The modifiers of FTS_COLUMN, and what marks the rowid. */
#define VG_MF_UNINDEXED , 1, | VG_F_UNINDEXED
#define VG_MI_UNINDEXED
#define VG_MK_UNINDEXED
#define VG_MF_VG_ROWID_OF_FTS , 1, | VG_F_FTS
#define VG_MI_VG_ROWID_OF_FTS
#define VG_MK_VG_ROWID_OF_FTS

/* The second spellings. */
#define VG_MF_VG_UNINDEXED     VG_MF_UNINDEXED
#define VG_MI_VG_UNINDEXED     VG_MI_UNINDEXED
#define VG_MK_VG_UNINDEXED     VG_MK_UNINDEXED
#define VG_FTS_E_VG_FTS_COLUMN VG_FTS_E_FTS_COLUMN
#define VG_FTS_E_VG_NAME       VG_FTS_E_NAME
#define VG_FTS_E_VG_TOKENIZE   VG_FTS_E_TOKENIZE
#define VG_FTS_E_VG_PREFIX     VG_FTS_E_PREFIX
#define VG_FTS_E_VG_CONTENT    VG_FTS_E_CONTENT
#define VG_FTS_E_VG_SYNC       VG_FTS_E_SYNC
#define VG_FTS_I_VG_FTS_COLUMN VG_FTS_I_FTS_COLUMN
#define VG_FTS_I_VG_NAME       VG_FTS_I_NAME
#define VG_FTS_I_VG_TOKENIZE   VG_FTS_I_TOKENIZE
#define VG_FTS_I_VG_PREFIX     VG_FTS_I_PREFIX
#define VG_FTS_I_VG_CONTENT    VG_FTS_I_CONTENT
#define VG_FTS_I_VG_SYNC       VG_FTS_I_SYNC

#define VG_FTS_TABLE_OF(t, inits, ...)                                          \
    VG_TABLE_OF(t,                                                              \
                (vg_e_col, rowid, VG_INTEGER, VG_PRIMARY_KEY, VG_ROWID_OF_FTS,  \
                 VG_LAST_MODIFIER),                                             \
                (vg_e_opt, .fts = &(const vg_fts){VG_UNPACK inits.version = 5}) \
                    __VA_ARGS__)                                                \
    _Static_assert(                                                             \
        (VG_FLAGS_##t & 0xffff &                                                \
         ~(VG_F_NOT_NULL | VG_F_PRIMARY_KEY | VG_F_UNINDEXED | VG_F_FTS)) == 0, \
        "FTS_TABLE(" #t                                                         \
        "): its columns take the modifiers UNINDEXED, NOT_NULL and NAME only");

/* Operators over an FTS table. */
#define VG_FTS_NODE(t, word)                                                       \
    vg_of_source(VG_NEW_NODE,                                                      \
                 VG_OP_FTS +                                                       \
                     VG_CHECKING(t, VG_DEMAND((VG_KIND_##t & VG_AN_FTS) != 0,      \
                                              word "(" #t "): not an FTS_TABLE")), \
                 &t.vg_shape)
#define VG_DEMAND_QUERY(text) \
    VG_DEMAND((VG_CLASS(vg_r) & VG_K_text) != 0, text ": the query is not text")
#define VG_WEIGHTS(t, w, ...) VG_WEIGHTED(w)
#define VG_WEIGHTED(...)      __VA_OPT__(WEIGHTED)
#define VG_BM25_(t)                                                               \
    vg_of_source(VG_NEW_NODE,                                                     \
                 VG_OP_FTS_RANK +                                                 \
                     VG_CHECKING(t, VG_DEMAND((VG_KIND_##t & VG_AN_FTS) != 0,     \
                                              "BM25(" #t "): not an FTS_TABLE")), \
                 &t.vg_shape)
#define VG_BM25_WEIGHTED(t, ...)                                        \
    vg_listing(VG_NEW_NODE, VG_ROOM(VG_NARGS(__VA_ARGS__)), VG_OP_BM25, \
               VG_FTS_NODE(t, "BM25"),                                  \
               VG_NARGS(__VA_ARGS__) VG_EACH(VG_NEXT_WEIGHT, , __VA_ARGS__))
#define VG_NEXT_WEIGHT(c, x)                                                   \
    , VG_VALUE_IF(x, VG_DEMAND((VG_CLASS(vg_r) & (VG_K_int | VG_K_real)) != 0, \
                               "BM25: a weight is not a number"))
#define VG_FTS_TEXT(op, word, x, xs, n, ...)                                         \
    vg_make_text_null(vg_listing(                                                    \
        VG_NEW_NODE, VG_ROOM(n),                                                     \
        (op) + VG_CHECKING(x, VG_DEMAND_CLASS(VG_K_text, word, " is not text", xs)), \
        VG_NODE(x), (n), __VA_ARGS__))
#define VG_FTS_MARK(word, x) \
    VG_VALUE_IF(             \
        x, VG_DEMAND((VG_CLASS(vg_r) & VG_K_text) != 0, word ": a mark is not text"))
#define VG_FTS_TOKENS(x)                                       \
    VG_VALUE_IF(x, VG_DEMAND((VG_CLASS(vg_r) & VG_K_int) != 0, \
                             "SNIPPET: the number of tokens is not a whole number"))

#define VG_FTS_COMMAND(db, t, word, command)                                           \
    vg_run_fts((db), VG_HERE,                                                          \
               &t.vg_shape +                                                           \
                   VG_CHECKING(t, VG_DEMAND((VG_KIND_##t) == (VG_A_TABLE | VG_AN_FTS), \
                                            word ": " #t " is not an FTS_TABLE")),     \
               (command))
