import { sqliteTable, integer, text, index, unique } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey(), x: text().unique() }, (t) => [index('a_x').on(t.x)]);
export const b = sqliteTable('b', { id: integer().primaryKey(), x: text().unique('b_key') }, (t) => [unique('b_ux').on(t.x, t.id)]);
