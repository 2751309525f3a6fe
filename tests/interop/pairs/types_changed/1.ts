import { sqliteTable, integer, text, real, numeric, blob } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), a: text(), b: integer(), c: real(), d: blob(), e: numeric() });
