import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const x = sqliteTable('x', { id: integer().primaryKey() });
export const y = sqliteTable('y', { id: integer().primaryKey() });
