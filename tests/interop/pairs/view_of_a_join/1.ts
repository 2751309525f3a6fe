import { sql, eq } from 'drizzle-orm';
import { sqliteTable, integer, text, sqliteView } from 'drizzle-orm/sqlite-core';

export const posts = sqliteTable('posts', { id: integer().primaryKey(), user_id: integer().notNull().references(() => users.id), title: text().notNull() });
export const users = sqliteTable('users', { id: integer().primaryKey(), name: text().notNull() });
export const cards = sqliteView('cards').as((qb) => qb
    .select({ id: posts.id, title: posts.title, name: users.name, loud: sql<string>`upper(${users.name})`.as('loud') })
    .from(posts)
    .innerJoin(users, eq(users.id, posts.user_id))
    .where(eq(users.name, "O'Hara")));
