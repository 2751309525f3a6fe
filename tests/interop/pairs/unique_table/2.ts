import { sqliteTable, integer, text, unique } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), a: text().unique(), b: text(), c: text() },
    (t) => [unique('bc').on(t.c, t.b), unique('ca').on(t.c, t.a)]);
