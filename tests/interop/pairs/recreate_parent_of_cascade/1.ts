import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const child = sqliteTable('child', { id: integer().primaryKey(), parent_id: integer().notNull().references(() => parent.id, { onDelete: 'cascade' }) });
export const parent = sqliteTable('parent', { id: integer().primaryKey(), n: text() });
