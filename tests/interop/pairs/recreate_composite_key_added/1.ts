import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { a: integer().notNull(), b: text().notNull(), c: text() });
