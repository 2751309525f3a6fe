import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { a: integer().notNull(), b: integer().primaryKey() });
