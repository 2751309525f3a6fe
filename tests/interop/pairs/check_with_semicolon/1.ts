import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, check } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', { id: integer().primaryKey(), s: text() }, (t) => [check('no_semicolon', sql`instr(s, ';') = 0`)]);
