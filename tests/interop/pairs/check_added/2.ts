import { sql } from 'drizzle-orm';
import { sqliteTable, integer, check } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), age: integer() }, (t) => [check('t_age', sql`${t.age} > 0`)]);
