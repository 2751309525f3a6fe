import { sqliteTable, integer, real } from 'drizzle-orm/sqlite-core';

export const t = sqliteTable('t', {
    id: integer().primaryKey(),
    zero: integer().default(0),
    minus: integer().default(-5),
    most: integer().default(9007199254740991),
    half: real().default(0.5),
    whole: real().default(2.0),
    tenth: real().default(0.1),
    small: real().default(1e-7),
    tiny: real().default(1.5e-9),
    big: real().default(1e21),
    bigger: real().default(123456789012345680000),
    below: real().default(-1.25),
    many: real().default(1.2345678901234567),
});
