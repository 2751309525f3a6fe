import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), role: text({ enum: ['user', 'admin'] }).notNull().default('user'), level: integer().notNull().default(2) });
