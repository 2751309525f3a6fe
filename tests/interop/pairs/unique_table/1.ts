import { sqliteTable, integer, text, index, uniqueIndex, unique } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), a: text().unique(), b: text(), c: text() },
    (t) => [unique('bc').on(t.b, t.c), index('ic').on(t.c), uniqueIndex('ub').on(t.b)]);
