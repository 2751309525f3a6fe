import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const b = sqliteTable('b', { id: integer().primaryKey(), name: text() });
