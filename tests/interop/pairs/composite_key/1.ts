import { sqliteTable, integer, text, primaryKey } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { a: integer(), b: text(), c: text() },
    (t) => [primaryKey({ columns: [t.b, t.a] })]);
