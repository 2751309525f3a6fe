/* A migration's file as statements. Pure: text in, pointers into the text out.
 *
 * drizzle-kit's files are cut at each VG_BREAKPOINT, and every piece again at its semicolons,
 * so that hand-written files work too. A piece of blanks and comments is nothing to do. */
#pragma once
#include "core/migrator.h"
#include "migrate/lexer.h"

typedef struct vg_statement {
    const char *text; /* in the file: from its first token to its last, without the ; */
    size_t len;
    int line;      /* where it begins */
    unsigned does; /* VG_DOES_ */
} vg_statement;

typedef struct vg_statement_list {
    vg_statement *data;
    size_t len;
} vg_statement_list;

/* The statement at or after where the lexer is, all but `does`; false: there is no more. */
VG_API bool vg__statement_next(vg_lexer *lexer, vg_statement *out);

/* Cut `sql` into statements, in `arena`. VG_OK or VG_NO_MEMORY. */
VG_API int vg__split(const vg_migrator *migrator, const char *sql, size_t len,
                     vg_arena *arena, vg_statement_list *out);

/* What a statement does: VG_DOES_. */
unsigned vg__statement_does(const vg_migrator *migrator, const char *sql, size_t len);
