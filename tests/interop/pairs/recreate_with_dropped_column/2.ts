import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), b: integer().notNull() });
