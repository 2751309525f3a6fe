import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer().primaryKey() });
export const b = sqliteTable('b', {
    id: integer().primaryKey(),
    n: integer().references(() => a.id),
    c: integer().references(() => a.id, { onDelete: 'cascade' }),
    r: integer().references(() => a.id, { onDelete: 'restrict', onUpdate: 'cascade' }),
    s: integer().references(() => a.id, { onDelete: 'set null', onUpdate: 'restrict' }),
    d: integer().default(1).references(() => a.id, { onDelete: 'set default', onUpdate: 'set default' }),
    x: integer().references(() => a.id, { onDelete: 'no action', onUpdate: 'set null' }),
});
