import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, sqliteView } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), n: text() });
export const v = sqliteView('elsewhere', { id: integer(), n: text() }).existing();
export const w = sqliteView('w', { n: text() }).as(sql`select n from t`);
