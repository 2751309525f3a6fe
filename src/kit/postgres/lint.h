/* Lint by PostgreSQL's own parser. */
#pragma once
#include "kit/lint.h"

/* What a statement, which ends in NUL, may do: notes of l->found. */
void vgk_postgres_lint(vgk_lint_run *l, const char *sql);
