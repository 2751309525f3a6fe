import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const posts = sqliteTable('posts', {
    id: integer().primaryKey(),
    title: text().notNull(),
});
export const users = sqliteTable('users', {
    id: integer().primaryKey(),
    name: text().notNull(),
    age: integer(),
});
