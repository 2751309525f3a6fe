import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', {
    id: integer().primaryKey(),
    s: integer({ mode: 'timestamp' }).default(new Date('2020-01-02T03:04:05Z')),
    ms: integer({ mode: 'timestamp_ms' }).default(new Date('2020-01-02T03:04:05.678Z')),
    day: text().default('2020-01-02'),
});
