import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, index, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), email: text(), n: integer() },
    (t) => [uniqueIndex('low').on(sql`lower(${t.email})`), index('mixed').on(t.n, sql`(${t.n} % 10)`)]);
