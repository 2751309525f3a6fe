import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), a: text(), b: integer() },
    (t) => [index('gone').on(t.a), index('kept').on(t.b)]);
