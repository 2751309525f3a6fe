import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), m: text(), n: text(), o: text() },
    (t) => [index('either').on(sql`coalesce(${t.m}, ${t.n})`)]);
