import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), a: text(), b: integer() }, (t) => [index('by_a').on(t.a), index('by_ab').on(t.a, t.b)]);
