import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', {
    id: text().primaryKey(),
    plain: text(),
    short: text({ length: 255 }),
    doc: text({ mode: 'json' }),
    role: text({ enum: ['user', 'admin'] }),
    day: text(),
    at: text(),
    key: text(),
});
