import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, index, check, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core';

export const userAccounts = sqliteTable('user_accounts', {
    id: integer().primaryKey(),
    firstName: text().notNull(),
    parentId: integer().references((): AnySQLiteColumn => userAccounts.id),
    LEGACY: text('LEGACY'),
}, (t) => [index('by_name').on(t.firstName), check('has_name', sql`${t.firstName} <> ''`)]);
