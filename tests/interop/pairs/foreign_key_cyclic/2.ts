import { sqliteTable, integer, text, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core';

export const team = sqliteTable('team', { id: integer().primaryKey(), lead_id: integer().references((): AnySQLiteColumn => user.id), name: text() });
export const user = sqliteTable('user', { id: integer().primaryKey(), team_id: integer().notNull().references(() => team.id) });
