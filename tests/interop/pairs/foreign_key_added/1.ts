import { sqliteTable, integer, index } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey() });
export const b = sqliteTable('b', { id: integer().primaryKey(), a_id: integer() }, (t) => [index('b_a').on(t.a_id)]);
