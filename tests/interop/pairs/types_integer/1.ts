import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', {
    id: integer().primaryKey(),
    number: integer({ mode: 'number' }),
    flag: integer({ mode: 'boolean' }),
    seconds: integer({ mode: 'timestamp' }),
    millis: integer({ mode: 'timestamp_ms' }),
    level: integer(),
});
