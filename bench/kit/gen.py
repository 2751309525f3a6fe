#!/usr/bin/env python3
"""Writes the schema of the kit's benchmark, as it is after so many of its 200 steps:

    bench/kit/gen.py STEP FOLDER

    schema.h    for Virga
    schema.ts   the same for drizzle-kit

Steps 1 to 100 add a table each; the others change one of them in turn: a column, an index or
a unique column more. A step beyond 200 is one more column.
"""
import sys

TABLES = 100


def table(i, step):
    """The columns and indexes of table `i` after `step`, both ways."""
    before = f"t{i - 1:03}"
    columns = [  # name, C, TypeScript
        ("id", "INTEGER, PRIMARY_KEY, AUTOINCREMENT",
         "integer().primaryKey({ autoIncrement: true })"),
        ("name", "TEXT, NOT_NULL", "text().notNull()"),
        ("email", "TEXT, NOT_NULL, UNIQUE", "text().notNull().unique()"),
        ("parent_id", f"INTEGER, REFERENCES({before}, id, ON_DELETE(CASCADE))",
         f"integer().references(() => {before}.id, {{ onDelete: 'cascade' }})")
        if i else ("parent_id", "INTEGER", "integer()"),
        ("price", "REAL, NOT_NULL, DEFAULT(1.5)", "real().notNull().default(1.5)"),
        ("state", 'TEXT, NOT_NULL, DEFAULT("new")', "text().notNull().default('new')"),
        ("is_active", "BOOLEAN, NOT_NULL, DEFAULT(true)",
         "integer({ mode: 'boolean' }).notNull().default(true)"),
        ("note", "TEXT", "text()"),
        ("data", "BLOB", "blob()"),
        ("created_at", 'INTEGER, NOT_NULL, DEFAULT_SQL("(unixepoch())")',
         "integer().notNull().default(sql`(unixepoch())`)"),
    ]
    indexes = ["name"]
    for late in range(TABLES + 1 + i, step + 1, TABLES):
        if late > 2 * TABLES or late % 4 < 2:
            columns.append((f"extra_{late}", "TEXT", "text()"))
        elif late % 4 == 2:
            indexes.append("created_at")
        else:
            columns.append((f"rank_{late}", "INTEGER, NOT_NULL, DEFAULT(0)",
                            "integer().notNull().default(0)"))
    return columns, indexes


def main():
    step, folder = int(sys.argv[1]), sys.argv[2]
    header = ["#include <virga/virga.h>", ""]
    script = ["import { sqliteTable, integer, text, real, blob, index } from "
              "'drizzle-orm/sqlite-core';", "import { sql } from 'drizzle-orm';", ""]
    count = min(step, TABLES)
    for i in range(count):
        columns, indexes = table(i, step)
        rows = [f"    COLUMN({n}, {c})" for n, c, _ in columns]
        rows += [f"    INDEX(t{i:03}_{n}_idx, {n})" for n in indexes]
        header += [f"TABLE(t{i:03},", ",\n".join(rows) + ")", ""]
        script += [f"export const t{i:03} = sqliteTable('t{i:03}', {{"]
        script += [f"  {n}: {t}," for n, _, t in columns]
        script += ["}, (t) => ["]
        script += [f"  index('t{i:03}_{n}_idx').on(t.{n})," for n in indexes]
        script += ["]);", ""]
    for first in range(0, count, 50):  # a SCHEMA has room for 64
        names = ", ".join(f"t{i:03}" for i in range(first, min(first + 50, count)))
        header.append(f"SCHEMA(part{first}, {names})")
    for name, lines in (("schema.h", header), ("schema.ts", script)):
        with open(f"{folder}/{name}", "w") as out:
            out.write("\n".join(lines) + "\n")


main()
