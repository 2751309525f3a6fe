import { sqliteTable, integer, text, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), up: integer().references((): AnySQLiteColumn => t.id), n: text() });
