import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey(), n: text() });
export const b = sqliteTable('b', { id: integer().primaryKey(), n: text() });
export const d = sqliteTable('d', { id: integer().primaryKey() });
