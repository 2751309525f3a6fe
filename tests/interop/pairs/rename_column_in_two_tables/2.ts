import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey(), y: text() });
export const b = sqliteTable('b', { id: integer().primaryKey(), z: text() });
