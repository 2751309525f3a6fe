import { sqliteTable, integer, real, numeric } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', {
    id: integer().primaryKey(),
    r: real(),
    n: numeric(),
    nn: numeric({ mode: 'number' }),
    nb: numeric({ mode: 'bigint' }),
});
