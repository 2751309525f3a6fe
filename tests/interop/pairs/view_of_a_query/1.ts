import { gte } from 'drizzle-orm';
import { sqliteTable, integer, text, sqliteView } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', { id: integer().primaryKey(), name: text().notNull(), age: integer() });
export const adults = sqliteView('adults').as((qb) => qb.select().from(users).where(gte(users.age, 18)));
