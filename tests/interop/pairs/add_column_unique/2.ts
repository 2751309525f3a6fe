import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', { id: integer().primaryKey(), email: text().unique(), n: integer() },
    (t) => [index('by_n').on(t.n)]);
