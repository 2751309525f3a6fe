import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { a: text() });
