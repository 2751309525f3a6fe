import { sqliteTable, integer, text, real, numeric, blob } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), a: real(), b: text(), c: numeric(), d: text(), e: blob() });
