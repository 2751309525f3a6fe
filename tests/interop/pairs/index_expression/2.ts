import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), email: text(), n: integer() },
    (t) => [index('mixed').on(t.n, sql`(${t.n} % 10)`), index('up').on(sql`upper(${t.email})`)]);
