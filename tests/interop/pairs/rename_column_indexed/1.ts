import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', { id: integer().primaryKey(), email: text().unique(), age: integer() },
    (t) => [index('by_age').on(t.age, t.email)]);
