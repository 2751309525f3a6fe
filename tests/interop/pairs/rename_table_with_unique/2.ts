import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const b = sqliteTable('b', { id: integer().primaryKey(), email: text().unique(), age: integer() },
    (t) => [index('by_age').on(t.age)]);
