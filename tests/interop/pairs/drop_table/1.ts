import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey(), x: text().unique() });
export const b = sqliteTable('b', { id: integer().primaryKey() });
export const c = sqliteTable('c', { id: integer().primaryKey() });
