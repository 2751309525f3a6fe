/* CREATE statements as SQLite keeps them, read for what its PRAGMAs do not tell. What is
 * read lives in the kit's arena; false: the text is not understood. */
#pragma once
#include "kit/dialect.h"
#include "migrate/lexer.h"

typedef struct vgk_read_column {
    const char *name;
    const char *type; /* words joined by one blank, "(10, 2)", COLLATE if it has one */
    bool not_null, autoincrement, stored;
    const char *value; /* what stands after DEFAULT; NULL: nothing */
    const char
        *generated; /* the expression in its parentheses; NULL: an ordinary column */
} vgk_read_column;

typedef struct vgk_read_columns {
    vgk_read_column *data;
    size_t len;
} vgk_read_columns;

typedef struct vgk_read_table {
    vgk_read_columns columns;
    vgk_checks checks; /* name "": it has none */
    bool strict, without_rowid;
    vgk_texts lost; /* clauses that a snapshot cannot hold */
} vgk_read_table;

bool vgk_read_create_table(vg_kit *kit, const char *sql, vgk_read_table *out);

/* A term's text and its order: "", " asc", " desc". A plain column's is its name. */
typedef struct vgk_read_term {
    const char *text;
    bool is_expression; /* or it has a COLLATE */
    const char *order;
} vgk_read_term;

typedef struct vgk_read_terms {
    vgk_read_term *data;
    size_t len;
} vgk_read_terms;

typedef struct vgk_read_index {
    vgk_read_terms terms;
    bool unique;
    const char *where; /* NULL: all rows */
} vgk_read_index;

bool vgk_read_create_index(vg_kit *kit, const char *sql, vgk_read_index *out);
/* One term of an index, or what a snapshot keeps of one that is no plain column. */
bool vgk_read_term_of(vg_kit *kit, const char *text, vgk_read_term *out);

/* CREATE VIEW name (columns) AS definition; no columns: the SELECT names them. */
typedef struct vgk_read_view {
    vgk_texts columns;
    const char *definition;
} vgk_read_view;

bool vgk_read_create_view(vg_kit *kit, const char *sql, vgk_read_view *out);

bool vgk_read_create_trigger(vg_kit *kit, const char *sql, vgk_trigger_text *out);

/* CREATE VIRTUAL TABLE name USING module(arguments). */
typedef struct vgk_read_virtual {
    const char *name, *module;
    vgk_texts arguments;
} vgk_read_virtual;

bool vgk_read_create_virtual(vg_kit *kit, const char *sql, vgk_read_virtual *out);
/* One that is FTS5, with no options but those that a schema has. */
bool vgk_read_full_text(vg_kit *kit, const char *sql, vgk_full_text *out);

/* What the readers share: a place in a text. */
typedef struct vgk_reader {
    vg_kit *kit;
    vg_lexer lexer;
    vg_token token;   /* that stands there */
    const char *last; /* behind the token before the current one */
} vgk_reader;

void vgk_reader_open(vgk_reader *r, vg_kit *kit, const char *sql);
void vgk_reader_next(vgk_reader *r);
/* Take the word or sign if it stands there. */
bool vgk_reader_word(vgk_reader *r, const char *word);
bool vgk_reader_sign(vgk_reader *r, const char *sign);
/* Take a name, quoted or not; NULL: there is none. */
const char *vgk_reader_name(vgk_reader *r);
/* Take "(" ... ")" and hand out what is inside; NULL: there is none. */
const char *vgk_reader_parens(vgk_reader *r);
/* Everything up to, and not with, a comma or ")" of this level, or the end. */
const char *vgk_reader_until_comma(vgk_reader *r);
/* CREATE [TEMP] what [IF NOT EXISTS] [database .] name; NULL: it is not that. */
const char *vgk_reader_create(vgk_reader *r, const char *const *what);
