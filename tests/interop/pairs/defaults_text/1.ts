import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', {
    id: integer().primaryKey(),
    empty: text().default(''),
    word: text().notNull().default('user'),
    quote: text().default("it's"),
    quotes: text().default('say "hi"'),
    lines: text().default('one\ntwo'),
    utf8: text().default('Grüße 🚀'),
    backslash: text().default('a\\b'),
    digits: text().default('007'),
    word_of_sql: text().default('CURRENT_TIMESTAMP'),
});
