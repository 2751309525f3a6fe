import { sqliteTable, integer, text, primaryKey, foreignKey } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { x: integer().notNull(), y: text().notNull() }, (t) => [primaryKey({ columns: [t.x, t.y] })]);
export const b = sqliteTable('b', { id: integer().primaryKey(), x: integer(), y: text() },
    (t) => [foreignKey({ columns: [t.x, t.y], foreignColumns: [a.x, a.y] }).onUpdate('cascade')]);
