import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, sqliteView } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), n: text().notNull() });
export const v = sqliteView('v', { n: text() }).as(sql`select n from t`);
