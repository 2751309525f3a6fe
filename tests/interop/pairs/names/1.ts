import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('order', { id: integer('group').primaryKey(), select: text('Select Me'), u: text('größe') });
export const b = sqliteTable('two words', { id: integer('id').primaryKey(), a: integer('a-b').references(() => a.id) });
