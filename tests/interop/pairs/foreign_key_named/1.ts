import { sqliteTable, integer, foreignKey } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey() });
export const b = sqliteTable('b', { id: integer().primaryKey(), a_id: integer() },
    (t) => [foreignKey({ name: 'b_to_a', columns: [t.a_id], foreignColumns: [a.id] })]);
