import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, index, sqliteView } from 'drizzle-orm/sqlite-core';

export const author = sqliteTable('author', { id: integer().primaryKey({ autoIncrement: true }), name: text().notNull(), email: text().unique() });
export const gone = sqliteTable('gone', { id: integer().primaryKey() });
export const post = sqliteTable('post', {
    id: integer().primaryKey({ autoIncrement: true }),
    author_id: integer().notNull().references(() => author.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    body: text(),
}, (t) => [index('post_author').on(t.author_id), index('post_title').on(t.title)]);
export const zipped = sqliteView('zipped', { id: integer() }).as(sql`select id from author`);
