import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const post = sqliteTable('post', { id: integer().primaryKey(), author_id: integer().references(() => writer.id) });
export const writer = sqliteTable('writer', { id: integer().primaryKey() });
