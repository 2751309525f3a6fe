import { sqliteTable, integer, text, sqliteView } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey() });
export const v = sqliteView('elsewhere', { id: integer(), n: text() }).existing();
