import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, check } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), age: integer(), name: text() },
    (t) => [check('t_age', sql`${t.age} > 0`), check('t_name', sql`length(name) < 20`)]);
