import { sqliteTable, integer, text, primaryKey } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { a: integer().notNull(), b: text() }, (t) => [primaryKey({ columns: [t.a] })]);
