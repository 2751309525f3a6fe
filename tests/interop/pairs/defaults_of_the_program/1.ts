import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', {
    id: text().primaryKey().$defaultFn(() => crypto.randomUUID()),
    at: integer({ mode: 'timestamp' }).notNull().$onUpdate(() => new Date()),
});
