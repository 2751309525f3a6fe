import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const a2 = sqliteTable('a2', { id: integer().primaryKey(), full_name: text(), other: text() });
