import { sqliteTable, integer, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core';

export const node = sqliteTable('node', { id: integer().primaryKey(), up: integer().references((): AnySQLiteColumn => node.id, { onDelete: 'cascade' }) });
