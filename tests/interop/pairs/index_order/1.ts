import { sql, desc, asc } from 'drizzle-orm';
import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), a: text(), b: integer() },
    (t) => [index('newest').on(desc(t.b)), index('both').on(asc(t.a), desc(t.b)), index('collated').on(sql`a collate nocase`)]);
