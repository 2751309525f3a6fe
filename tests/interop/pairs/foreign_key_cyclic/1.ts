import { sqliteTable, integer, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core';

export const team = sqliteTable('team', { id: integer().primaryKey(), lead_id: integer().references((): AnySQLiteColumn => user.id) });
export const user = sqliteTable('user', { id: integer().primaryKey(), team_id: integer().references(() => team.id) });
