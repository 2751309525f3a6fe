import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey(), n: text().notNull() });
export const b = sqliteTable('b', { id: integer().primaryKey(), n: text().default('z') }, (t) => [index('b_n').on(t.n)]);
export const c = sqliteTable('c', { id: integer().primaryKey(), n: text().notNull() });
