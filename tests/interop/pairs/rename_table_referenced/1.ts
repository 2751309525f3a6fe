import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const author = sqliteTable('author', { id: integer().primaryKey() });
export const post = sqliteTable('post', { id: integer().primaryKey(), author_id: integer().references(() => author.id) });
