import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', {
    id: integer().primaryKey(),
    at: text().notNull().default(sql`CURRENT_TIMESTAMP`),
    day: text().default(sql`CURRENT_DATE`),
    unix: integer().default(sql`(unixepoch())`),
    text: text().default(sql`('it''s' || 'x')`),
    random: integer().default(sql`(abs(random()))`),
    nil: text().default(sql`NULL`),
});
