import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { a: integer().primaryKey(), b: text().notNull() });
