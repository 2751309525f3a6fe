import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey(), n: text(), x: text() });
