import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey() });
export const b = sqliteTable('b', { id: integer().primaryKey() });
