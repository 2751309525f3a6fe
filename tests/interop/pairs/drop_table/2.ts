import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const b = sqliteTable('b', { id: integer().primaryKey() });
