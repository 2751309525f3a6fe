import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', { id: integer().primaryKey(), a: text(), b: text(), c: text() },
    (t) => [index('by_b').on(t.b)]);
