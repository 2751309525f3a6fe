import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', {
    id: integer().primaryKey(),
    yes: integer({ mode: 'boolean' }).default(true),
    no: integer({ mode: 'boolean' }).notNull().default(false),
});
