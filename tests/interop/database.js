// SQLite files, seen from outside: what is in them, compared without regard to what SQL text
// leaves open (the order of columns, quotes, where a foreign key is written), and drizzle-orm's
// migrators.
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

let Sqlite, better, libsql;

function load(build) {
    const need = createRequire(path.join(build, 'package.json'));
    Sqlite = need('better-sqlite3');
    better = { ...need('drizzle-orm/better-sqlite3'), ...need('drizzle-orm/better-sqlite3/migrator') };
    libsql = {
        ...need('@libsql/client'), ...need('drizzle-orm/libsql'), ...need('drizzle-orm/libsql/migrator'),
    };
}

// Call with an open database, which is closed whatever happens.
function using(file, call) {
    const db = new Sqlite(file);
    try {
        return call(db);
    } finally {
        db.close();
    }
}

const run_sql = (file, sql) => using(file, (db) => db.exec(sql));

function migrate_better(file, folder) {
    using(file, (db) => better.migrate(better.drizzle(db), { migrationsFolder: folder }));
}

async function migrate_libsql(file, folder) {
    const client = libsql.createClient({ url: 'file:' + file });
    try {
        await libsql.migrate(libsql.drizzle(client), { migrationsFolder: folder });
    } finally {
        client.close();
    }
}

// ---- what is in a database ----

const bare = (sql) => sql.replace(/[`"]/g, '').replace(/\s+/g, ' ').trim();

// The parts of a CREATE TABLE between its outer parentheses.
function parts(sql) {
    const out = [];
    let depth = 0, quote = '', start = 0;
    for (let i = sql.indexOf('('); i < sql.length; i++) {
        const c = sql[i];
        if (quote) {
            if (c === quote) quote = '';
        } else if (`'"\``.includes(c)) {
            quote = c;
        } else if (c === '(') {
            if (++depth === 1) start = i + 1;
        } else if (c === ')' || c === ',') {
            if (depth === 1) {
                out.push(sql.slice(start, i));
                start = i + 1;
            }
            if (c === ')') depth--;
        }
    }
    return out;
}

// Columns and constraints in no order; foreign keys by what SQLite understood.
function table(db, name, sql) {
    const keys = {};
    for (const f of db.pragma(`foreign_key_list("${name}")`))
        (keys[f.id] ??= [f.table, f.on_update, f.on_delete]).push(`${f.from}>${f.to}`);
    const rest = parts(sql).map(bare).filter((p) => !p.startsWith('FOREIGN KEY'))
        .map((p) => p.replace(/ REFERENCES \w+ ?\([^)]*\)( ON (UPDATE|DELETE) (no action|cascade|restrict|set null|set default))*/g, ''));
    return {
        parts: rest.sort(),
        foreign_keys: Object.values(keys).map((k) => k.join(' ')).sort(),
        tail: bare(sql.slice(sql.lastIndexOf(')') + 1)),
    };
}

const ours = `name not like 'sqlite\\_%' escape '\\' and tbl_name <> '__drizzle_migrations'`;

// The schema as a value to compare.
function schema(file) {
    return using(file, (db) => {
        const out = {};
        for (const o of db.prepare(`select type, name, sql from sqlite_schema where ${ours} and sql is not null`).all())
            out[`${o.type} ${o.name}`] = o.type === 'table' ? table(db, o.name, o.sql) : bare(o.sql);
        return Object.fromEntries(Object.entries(out).sort());
    });
}

// The schema as SQLite keeps it.
const schema_text = (file) =>
    using(file, (db) => db.prepare(`select sql from sqlite_schema where ${ours} and sql is not null order by type, name`)
        .pluck().all().join('\n'));

const text = (v) => (v === null ? null : String(v));

// All rows: { table: [{ column: text }] }, without generated columns.
function rows(file) {
    return using(file, (db) => {
        const out = {};
        for (const name of db.prepare(`select name from sqlite_schema where type = 'table' and ${ours}`).pluck().all()) {
            const columns = db.pragma(`table_info("${name}")`).map((c) => c.name);
            out[name] = db.prepare(`select ${columns.map((c) => `"${c}"`).join(', ')} from "${name}"`).all()
                .map((r) => Object.fromEntries(columns.sort().map((c) => [c, text(r[c])])))
                .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
        }
        return out;
    });
}

// Which rows of `before` are not in `after`: a list of complaints. Tables and columns that are
// gone are meant to be; `renames` says what is called otherwise now.
function lost(before, after, renames) {
    const complaints = [];
    for (const [name, old] of Object.entries(before)) {
        const now = renames.find((r) => !r.table && r.from === name)?.to ?? name;
        if (!after[now]) continue;
        const pick = (row, side) => JSON.stringify(Object.keys(old[0] ?? {}).sort().flatMap((c) => {
            const to = renames.find((r) => r.table === now && r.from === c)?.to ?? c;
            if (after[now][0] && !(to in after[now][0])) return [];
            return [[c, row[side === 'old' ? c : to]]];
        }));
        const is = after[now].map((r) => pick(r, 'new')).sort();
        const was = old.map((r) => pick(r, 'old')).sort();
        if (JSON.stringify(is) !== JSON.stringify(was))
            complaints.push(`rows of ${now}: were ${was}, are ${is}`);
    }
    return complaints;
}

// What the migrators wrote down, oldest first.
const applied = (file) => using(file, (db) =>
    db.prepare(`select hash, created_at from __drizzle_migrations order by created_at`).all());

const check = (file) => using(file, (db) => [...db.pragma('foreign_key_check'), ...db.pragma('integrity_check')
    .filter((r) => r.integrity_check !== 'ok')]);

const copy = (from, to) => fs.copyFileSync(from, to);

module.exports = {
    load, using, run_sql, migrate_better, migrate_libsql, schema, schema_text, rows, lost, applied, check, copy,
};
