import { sqliteTable, integer, blob, customType } from 'drizzle-orm/sqlite-core';

const uuid = customType<{ data: Buffer }>({ dataType: () => 'blob' });
export const t = sqliteTable('t', {
    id: integer().primaryKey(),
    plain: blob(),
    buffer: blob({ mode: 'buffer' }),
    doc: blob({ mode: 'json' }),
    big: blob({ mode: 'bigint' }),
    key: uuid(),
});
