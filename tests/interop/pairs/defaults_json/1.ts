import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', {
    id: integer().primaryKey(),
    o: text({ mode: 'json' }).default({ a: 1, b: [true, null, 'x'] }),
    a: text({ mode: 'json' }).default([]),
    n: text({ mode: 'json' }).default(sql`5`),
    t: text({ mode: 'json' }).default(sql`true`),
});
