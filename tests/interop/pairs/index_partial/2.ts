import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, index, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), a: text(), b: integer() },
    (t) => [index('some').on(t.a).where(sql`${t.b} > 21`), uniqueIndex('one').on(t.a)]);
