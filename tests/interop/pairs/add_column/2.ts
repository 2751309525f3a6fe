import { sqliteTable, integer, text, real } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', {
    id: integer().primaryKey(),
    name: text(),
    role: text().notNull().default('user'),
    score: real().default(1.5),
    active: integer({ mode: 'boolean' }).notNull().default(true),
});
