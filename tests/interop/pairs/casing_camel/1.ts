import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('accounts', {
    id: integer().primaryKey(),
    first_name: text(),
    last_name: text(),
});
