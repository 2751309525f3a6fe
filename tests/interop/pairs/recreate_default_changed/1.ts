import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), n: integer().default(1), b: integer({ mode: 'boolean' }).default(false) });
