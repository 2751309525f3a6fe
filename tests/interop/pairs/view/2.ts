import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, sqliteView } from 'drizzle-orm/sqlite-core';

export const names = sqliteView('names', { id: integer(), name: text() }).as(sql`select id, upper(name) as name from users`);
export const users = sqliteTable('users', { id: integer().primaryKey(), name: text().notNull() });
