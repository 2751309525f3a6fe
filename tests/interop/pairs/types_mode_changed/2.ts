import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), a: integer({ mode: 'boolean' }), b: text({ mode: 'json' }) });
