import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', { id: integer().primaryKey() });
