import { sqliteTable, integer, text, index, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), a: text(), b: integer() },
    (t) => [uniqueIndex('by_b').on(t.b), index('by_ab').on(t.b, t.a), index('by_ba').on(t.b)]);
