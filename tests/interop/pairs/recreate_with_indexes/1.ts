import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, index, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), a: text().unique(), b: integer() },
    (t) => [index('by_b').on(t.b), uniqueIndex('by_ab').on(t.a, t.b), index('some_b').on(t.b).where(sql`${t.b} > 3`)]);
