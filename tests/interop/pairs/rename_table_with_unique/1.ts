import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey(), email: text().unique(), age: integer() },
    (t) => [index('by_age').on(t.age)]);
