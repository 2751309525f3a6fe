import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey() });
export const fresh = sqliteTable('fresh', { id: integer().primaryKey() });
