import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), n: text({ length: 10 }) });
