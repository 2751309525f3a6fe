import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey() });
export const b = sqliteTable('b', { id: integer().primaryKey({ autoIncrement: true }) });
export const c = sqliteTable('c', { id: text().primaryKey() });
export const d = sqliteTable('d', { x: integer() });
export const e = sqliteTable('e', { id: integer().primaryKey().notNull().default(5) });
