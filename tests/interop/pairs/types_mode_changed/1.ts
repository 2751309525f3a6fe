import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

// The modes of a type are the client's alone.
export const t = sqliteTable('t', { id: integer().primaryKey(), a: integer(), b: text() });
