import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, sqliteView } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', { id: integer().primaryKey(), name: text() });
export const v = sqliteView('old_names', { name: text() }).as(sql`select name from users`);
