import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('zulu', { id: integer().primaryKey(), v: text() }, (t) => [index('zulu_v').on(t.v)]);
export const b = sqliteTable('b2', { id: integer().primaryKey() });
export const c = sqliteTable('a1', { id: integer().primaryKey() });
export const m = sqliteTable('middle', { id: integer().primaryKey(), n: integer() });
export const z = sqliteTable('first', { id: integer().primaryKey(), n: integer() });
