import { sqliteTable, integer, numeric, customType } from 'drizzle-orm/sqlite-core';

const cents = customType<{ data: number }>({ dataType: () => 'integer' });
const price = customType<{ data: string }>({ dataType: () => 'numeric(10, 2)' });
const code = customType<{ data: string }>({ dataType: () => 'text' });
export const t = sqliteTable('t', { id: integer().primaryKey(), cents: cents().notNull(), price: price(), code: code() });
