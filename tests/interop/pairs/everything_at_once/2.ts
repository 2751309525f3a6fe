import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, index, uniqueIndex, primaryKey, sqliteView } from 'drizzle-orm/sqlite-core';

export const post = sqliteTable('post', {
    id: integer().primaryKey({ autoIncrement: true }),
    author_id: integer().notNull().references(() => writer.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    body: text().default(''),
}, (t) => [index('post_author').on(t.author_id), uniqueIndex('post_title').on(t.title)]);
export const tag = sqliteTable('tag', { post_id: integer().notNull().references(() => post.id), word: text().notNull() },
    (t) => [primaryKey({ columns: [t.post_id, t.word] })]);
export const writer = sqliteTable('writer', { id: integer().primaryKey({ autoIncrement: true }), full_name: text().notNull(), email: text().unique() });
export const zipped = sqliteView('zipped', { id: integer() }).as(sql`select id from writer`);
