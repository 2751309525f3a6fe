import { integer, text, sqliteTableCreator } from 'drizzle-orm/sqlite-core';

const table = sqliteTableCreator((name) => `shop_${name}`);
export const a = table('a', { id: integer().primaryKey(), x: text().unique() });
export const b = table('b', { id: integer().primaryKey(), a_id: integer().references(() => a.id) });
