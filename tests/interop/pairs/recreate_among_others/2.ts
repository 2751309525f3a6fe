import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey(), n: text(), m: text() });
export const b = sqliteTable('b', { id: integer().primaryKey(), n: text().notNull() });
export const c = sqliteTable('c', { id: integer().primaryKey(), n: text() }, (t) => [index('c_n').on(t.n)]);
export const d = sqliteTable('d', { id: integer().primaryKey(), n: text() }, (t) => [index('d_n').on(t.n)]);
