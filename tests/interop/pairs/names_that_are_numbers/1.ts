import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('zero', { id: integer().primaryKey() });
export const b = sqliteTable('10', { id: integer().primaryKey() });
export const c = sqliteTable('9', { id: integer().primaryKey() });
