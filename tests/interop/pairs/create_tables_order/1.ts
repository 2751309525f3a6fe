import { sqliteTable, integer, text, index } from 'drizzle-orm/sqlite-core';

// Exports are walked in the order of their names: a, m, z. SCHEMA says that order itself.
export const z = sqliteTable('first', { id: integer().primaryKey() });
export const a = sqliteTable('zulu', { id: integer().primaryKey(), v: text() }, (t) => [index('zulu_v').on(t.v)]);
export const m = sqliteTable('middle', { id: integer().primaryKey() });
