import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('accounts', {
    id: integer().primaryKey(),
    first_name: text().notNull(),
    last_name: text(),
}, (t) => [index('by_last').on(t.last_name)]);
