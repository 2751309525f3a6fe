// Pairs for PostgreSQL: pairs_pg/*.txt, many in one file.
//
//     == name                       a pair; its steps are separated by lines `---`
//     [ts]                          what drizzle-kit gets (the imports are put in front)
//     [c]                           what Virga gets (the include is)
//     @rename a=b t.x=t.y           answers at this step; `schema.table:x=y` is a column of a
//                                   table in a schema, `move a.b=c` says schemas
//     @create b t.y                 what is new there although something else is gone
//     @none                         nothing changes
//     @rows INSERT ...              run behind this step; the rows must survive the next ones
//     @differs 30: why              as in pairs.js: the number of a defect in docs/drizzle.md
//
// Shown for each pair: the same SQL and snapshot, byte for byte; after one has generated the
// other has nothing to add; and on a server (VIRGA_POSTGRES_URL) that the SQL runs, step by
// step, that the database is then as if made anew, and that the rows are there. Where Virga
// differs, that what drizzle-kit writes fails there, or ends in another database.
//
// Proves: K058 K059 K060 K061 K062 K063 K064 K065 K066 K067.
'use strict';
const fs = require('fs');
const path = require('path');
const assert = require('assert');
const drizzle = require('./drizzle.js');
const virga = require('./virga.js');
const pairs = require('./pairs.js');

// ---- reading ----

const imports = `import * as pg from 'drizzle-orm/pg-core';
import { sql, eq, gt } from 'drizzle-orm';
const { pgTable, pgSchema, pgEnum, pgSequence, pgView, pgMaterializedView, pgRole, pgPolicy, pgTableCreator, customType } = pg;
const { serial, smallserial, bigserial, integer, smallint, bigint, boolean, text, varchar, char, numeric, decimal, real, doublePrecision, json, jsonb, time, timestamp, date, interval, uuid, inet, cidr, macaddr, macaddr8, point, line, geometry, vector, halfvec, sparsevec, bit } = pg;
const { index, uniqueIndex, unique, primaryKey, foreignKey, check } = pg;
`;

function answers(text) {
    return text.split(/\s+/).filter((w) => w && w !== 'move').map((w) => {
        const [from, to] = w.split('=');
        if (from.includes(':')) {
            const [table, column] = from.split(':');
            return { said: `${table}.${column}=${to}`, table: table.split('.').pop(), from: column, to };
        }
        const bare = (n) => n.split('.').pop();
        const column = from.includes('.') && !text.trim().startsWith('move');
        return { said: w, table: column ? from.split('.')[0] : undefined, from: bare(from), to: bare(to) };
    });
}

function read_step(text, n, folder) {
    const step = { n, renames: [], creates: [], none: false };
    const blocks = { ts: '', c: '' };
    let block;
    for (const line of text.split('\n')) {
        const mark = line.match(/^\[(ts|c)\]$/), word = line.match(/^@(\w+) ?(.*)$/);
        if (mark) block = mark[1];
        else if (word) {
            const [, key, value] = word;
            if (key === 'rename') step.renames.push(...answers(value));
            else if (key === 'create') step.creates = value.split(/\s+/);
            else if (key === 'none') step.none = true;
            else if (key === 'rows') step.rows = (step.rows ?? '') + value + '\n';
            else if (key === 'differs') step.differs = value;
            else throw new Error(`@${key}`);
        } else if (block) blocks[block] += line + '\n';
    }
    step.other_snapshot = step.differs?.includes('snapshot, ');
    step.ts = path.join(folder, `${n}.ts`);
    step.h = path.join(folder, `${n}.h`);
    fs.writeFileSync(step.ts, imports + blocks.ts);
    fs.writeFileSync(step.h, '#include <virga/virga.h>\n' + blocks.c);
    return step;
}

function load(file, work) {
    return fs.readFileSync(file, 'utf8').split(/^== /m).slice(1).map((text) => {
        const name = text.split('\n')[0].trim();
        const folder = path.join(work, name);
        fs.mkdirSync(folder, { recursive: true });
        const steps = text.slice(text.indexOf('\n') + 1).split(/^---$/m)
            .map((s, i) => read_step(s, i + 1, folder));
        return { name, folder, steps, text };
    });
}

// ---- generating ----

const options = { dialect: 'postgresql', name: 'step' };

async function by_drizzle(step, out, name) {
    const r = await drizzle.generate(step.ts, out, { ...options, name: name ?? 'step' }, step.renames);
    if (!name)
        assert.deepStrictEqual(r.undecided, step.creates.map((c) => c.split('.').pop()),
            `drizzle-kit asked about ${r.undecided}: ${r.text}`);
    return r.text;
}

const by_virga = (step, out, name) =>
    virga.generate(step.h, out, { ...options, name: name ?? 'step', said: step.renames.map((r) => r.said), creates: step.creates });

// ---- a server ----

// Databases that are emptied and used again: to create one takes half a second.
let pg, server;
const idle = [], all = [], pools = [];

const url_of = (database) => {
    const url = new URL(server);
    url.pathname = '/' + database;
    return url.toString();
};

async function client_of(url) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
}

async function admin(sql) {
    const client = await client_of(server);
    try {
        await client.query(sql);
    } finally {
        await client.end();
    }
}

async function new_database() {
    const name = `interop_${process.pid}_${all.length}`;
    const made = { name, url: url_of(name), roles: new Set() };
    all.push(made);
    await admin(`drop database if exists "${name}" with (force)`);
    await admin(`create database "${name}"`);
    made.client = await client_of(made.url);
    return made;
}

const emptying = `do $$ declare x text; begin
  for x in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop execute format('drop schema %I cascade', x); end loop;
  for x in select extname from pg_extension where extname <> 'plpgsql' loop execute format('drop extension if exists %I cascade', x); end loop;
  create schema public;
end $$`;

async function empty({ client, roles }) {
    await client.query('discard all');
    await client.query(emptying);
    for (const role of roles) await client.query(`drop role if exists "${role}"`);
    roles.clear();
}

const roles_made = (sql) => [...sql.matchAll(/^CREATE ROLE "([^"]+)"|^ALTER ROLE "[^"]+" RENAME TO "([^"]+)"/gm)].map((m) => m[1] ?? m[2]);

// With an empty database: run(sql) runs a migration, each piece for itself; ask(sql) is the first
// column of its rows.
async function with_database(call) {
    const d = idle.pop() ?? await new_database();
    const run = async (sql) => {
        roles_made(sql).forEach((r) => d.roles.add(r));
        for (const piece of sql.split(sql.includes('CONCURRENTLY') ? /--> statement-breakpoint|(?<=;)\n/ : '--> statement-breakpoint'))
            if (piece.trim()) await d.client.query(piece);
    };
    const ask = async (sql) => (await d.client.query({ text: sql, rowMode: 'array' })).rows.map((r) => r[0]);
    try {
        return await call(run, ask, d.url);
    } finally {
        await empty(d);
        idle.push(d);
    }
}

async function close() {
    for (const pool of pools) await pool.end();
    for (const d of all) await d.client?.end();
    for (const { name } of all) await admin(`drop database if exists "${name}" with (force)`);
}

// What is in a database, without regard to the order of columns and to what sequences of columns
// and primary keys are called: a renamed table keeps them.
const state_sql = `
with mine as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
select 'schema ' || nspname from mine
union all select 'table ' || nspname || '.' || relname || ' ' || concat(relkind, relrowsecurity, relforcerowsecurity, ' ', (select string_agg(o, ',' order by o) from unnest(reloptions) o))
  from pg_class c join mine on mine.oid = relnamespace where relkind in ('r', 'p', 'v', 'm')
union all select 'column ' || nspname || '.' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || concat(attnotnull, attidentity, attgenerated, ' ', regexp_replace(pg_get_expr(adbin, adrelid), '^nextval.*', 'nextval'))
  from pg_attribute a join pg_class c on c.oid = attrelid join mine on mine.oid = relnamespace left join pg_attrdef d on adrelid = attrelid and adnum = attnum
  where attnum > 0 and not attisdropped and relkind in ('r', 'p', 'v', 'm')
union all select 'constraint ' || nspname || '.' || c.relname || ' ' || case contype when 'p' then '' else conname end || ' ' || pg_get_constraintdef(k.oid)
  from pg_constraint k join pg_class c on c.oid = conrelid join mine on mine.oid = relnamespace
union all select 'index ' || schemaname || ' ' || indexdef from pg_indexes where schemaname in (select nspname from mine) and not exists (select from pg_constraint where conname = indexname)
union all select 'enum ' || nspname || '.' || typname || ' ' || (select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = t.oid)
  from pg_type t join mine on mine.oid = typnamespace where typtype = 'e'
union all select 'sequence ' || schemaname || '.' || case when d.refobjid is null then sequencename else concat('of ', refobjid::regclass, '.', (select attname from pg_attribute where attrelid = refobjid and attnum = refobjsubid)) end || concat_ws(' ', '', data_type, start_value, min_value, max_value, increment_by, cycle, cache_size)
  from pg_sequences left join pg_depend d on d.objid = (quote_ident(schemaname) || '.' || quote_ident(sequencename))::regclass and d.deptype in ('a', 'i') and d.refclassid = 'pg_class'::regclass
union all select 'view ' || schemaname || '.' || viewname || ' ' || definition from pg_views where schemaname in (select nspname from mine)
union all select 'view ' || schemaname || '.' || matviewname || ' ' || definition from pg_matviews where schemaname in (select nspname from mine)
union all select 'policy ' || concat_ws(' ', schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check) from pg_policies
union all select 'extension ' || extname from pg_extension where extname <> 'plpgsql'
order by 1`;

const state = (ask) => ask(state_sql);

// ---- comparing ----

function compare(step, d, v) {
    const a = pairs.last(d), b = pairs.last(v);
    assert.deepStrictEqual({ ...b, when: 0 }, { ...a, when: 0 }, 'the journal');
    const mine = pairs.snapshot(v, b), theirs = pairs.snapshot(d, a);
    mine.id = theirs.id;
    mine.prevId = theirs.prevId;
    if (step.differs) {
        assert.notStrictEqual(pairs.sql(v, b), pairs.sql(d, a), `the SQL does not differ any more: remove @differs of step ${step.n}`);
        if (!step.other_snapshot) assert.deepStrictEqual(mine, theirs, 'the snapshot');
        return;
    }
    assert.strictEqual(pairs.sql(v, b), pairs.sql(d, a), 'the SQL');
    const number = a.tag.split('_')[0];
    assert.strictEqual(JSON.stringify(mine, null, 2), pairs.read(path.join(d, `meta/${number}_snapshot.json`)), 'the snapshot');
}

// drizzle-kit has failed and has written nothing: Virga's folder is what there is.
function has_failed(d, step) {
    return !fs.existsSync(path.join(d, 'meta/_journal.json')) || pairs.journal(d).entries.length < step.made;
}

// ---- on a server ----

const rows_sql = `select coalesce(string_agg(format('select %L || t::text from %I.%I t', relname || ' ', nspname, relname), ' union all '), 'select ''''')
  from pg_class c join pg_namespace n on n.oid = relnamespace where relkind in ('r', 'p') and nspname !~ '^pg_' and nspname <> 'information_schema'`;

const count = async (ask) => (await ask((await ask(rows_sql))[0])).filter((l) => l).length;

function migrated(pair, out, until) {
    return with_database(async (run, ask) => {
        let rows = 0;
        const entries = pairs.journal(out).entries;
        for (const step of pair.steps) {
            if (step.n > until) break;
            if (!step.none) await run(pairs.sql(out, entries[step.made - 1]));
            assert.ok(await count(ask) >= rows, `rows are lost at step ${step.n}`);
            if (step.rows) await run(step.rows);
            rows = await count(ask);
        }
        return state(ask);
    });
}

// The way back of each step ends where the step began.
function and_back(pair, out) {
    return with_database(async (run, ask) => {
        const made = pair.steps.filter((s) => !s.none), entries = pairs.journal(out).entries, states = [];
        for (const step of made) {
            states.push(await state(ask));
            await run(pairs.sql(out, entries[step.made - 1]));
        }
        for (const step of made.reverse()) {
            await run(pairs.read(path.join(out, entries[step.made - 1].tag + '.down.sql')));
            assert.deepStrictEqual(await state(ask), states.pop(), `the way back of step ${step.n}`);
        }
    });
}

async function on_server(pair, v, d) {
    const last = pair.steps.length;
    const mine = await migrated(pair, v, last);
    const fresh = await virga.done(['export', ...virga.of_schema(pair.steps.at(-1).h), '--dialect', 'postgresql']);
    const anew = await with_database(async (run, ask) => {
        await run(fresh);
        return state(ask);
    });
    assert.deepStrictEqual(mine, anew, 'the database is not as if made anew');
    await and_back(pair, v);
    for (const step of pair.steps) {
        if (!step.differs || step.failed || pair.steps.some((s) => s.n < step.n && s.differs)) continue;
        const here = await migrated(pair, v, step.n);
        let theirs;
        try {
            theirs = await migrated(pair, d, step.n);
        } catch {
            continue;
        }
        assert.notDeepStrictEqual(theirs, here, `what is marked as a defect does no harm at step ${step.n}`);
    }
}

// ---- a pair ----

async function run(pair, work) {
    const d = path.join(work, 'D'), v = path.join(work, 'V');
    let made = 0;
    fs.mkdirSync(work, { recursive: true });
    for (const step of pair.steps) {
        step.made = step.none ? made : ++made;
        const theirs = await by_drizzle(step, d), mine = await by_virga(step, v);
        if (step.none) {
            assert.match(theirs, virga.nothing);
            assert.match(mine, virga.nothing);
            continue;
        }
        if (step.differs && has_failed(d, step)) {
            step.failed = true;
            fs.rmSync(d, { recursive: true, force: true });
            fs.cpSync(v, d, { recursive: true });
        } else {
            compare(step, d, v);
        }
        assert.match(await by_virga({ ...step, renames: [], creates: [] }, v, 'again'), virga.nothing, 'Virga on its own folder wants a change');
        if (step.other_snapshot) continue;
        assert.match(await by_drizzle({ ...step, renames: [] }, v, 'again'), virga.nothing, "drizzle-kit on Virga's folder");
        if (!step.failed)
            assert.match(await by_virga({ ...step, renames: [], creates: [] }, d, 'again'), virga.nothing,
                "Virga on drizzle-kit's folder wants a change");
    }
    if (server) await on_server(pair, v, d);
}

// ---- old snapshots ----

const old_column = (name, type) => ({ [name]: { name, type, primaryKey: false, notNull: false } });
const old_snapshot = (version) => ({
    id: '6cd334ba-fa8b-4ec3-891c-655d8d52abac', prevId: '00000000-0000-0000-0000-000000000000', version,
    dialect: version === '5' ? 'pg' : 'postgresql',
    tables: {
        [version === '5' ? 't' : 'public.t']: {
            name: 't', schema: '', columns: { ...old_column('a', 'e'), ...old_column('b', 'text') },
            indexes: {
                t_b: { name: 't_b', columns: ['b'], isUnique: false, ...(version === '6' ? { concurrently: false, method: 'btree' } : {}) },
            },
            foreignKeys: {}, compositePrimaryKeys: {}, uniqueConstraints: { u: { name: 'u', nullsNotDistinct: false, columns: ['b'] } },
        },
    },
    enums: version === '5' ? { e: { name: 'e', values: { x: 'x', y: 'y' } } } : { 'public.e': { name: 'e', schema: 'public', values: ['x', 'y'] } },
    schemas: {}, _meta: { schemas: {}, tables: {}, columns: {} },
});

const old_text = `
[ts]
export const e = pgEnum('e', ['x', 'y']);
export const t = pgTable('t', { a: e(), b: text().unique('u') }, (t) => [index('t_b').on(t.b)]);
[c]
ENUM(e, x, y)
TABLE(t, COLUMN(a, PG_ENUM(e)), COLUMN(b, TEXT, UNIQUE("u")), INDEX(t_b, b))
SCHEMA(app, t)
`;

// Virga reads them as they are; what either tool has brought up to date, both are content with.
async function old_version(version, work) {
    const out = (name) => path.join(work, name);
    fs.mkdirSync(work, { recursive: true });
    const step = read_step(old_text, 1, work);
    for (const name of ['as_it_is', 'drizzle', 'virga']) {
        fs.mkdirSync(path.join(out(name), 'meta'), { recursive: true });
        fs.writeFileSync(path.join(out(name), '0000_old.sql'), '--');
        fs.writeFileSync(path.join(out(name), 'meta/0000_snapshot.json'), JSON.stringify(old_snapshot(version), null, 2));
        fs.writeFileSync(path.join(out(name), 'meta/_journal.json'), JSON.stringify({
            version: '5', dialect: 'pg', entries: [{ idx: 0, version, when: 1700000000000, tag: '0000_old', breakpoints: true }],
        }, null, 2));
    }
    await drizzle.run('up', { dialect: 'postgresql', out: out('drizzle') });
    await virga.done(['up', '--dialect', 'postgresql', '--out', out('virga')]);
    for (const name of ['as_it_is', 'drizzle', 'virga'])
        assert.match(await by_virga(step, out(name), 'again'), virga.nothing, `Virga on ${name}`);
    for (const name of ['drizzle', 'virga'])
        assert.match(await by_drizzle(step, out(name), 'again'), virga.nothing, `drizzle-kit on ${name}`);
}

const others = {
    version_5: (work) => old_version('5', work),
    version_6: (work) => old_version('6', work),
};

function connect(url, modules) {
    server = url;
    pg = require(path.join(modules, 'pg'));
    // drizzle-kit leaves its own open.
    const { Pool } = pg;
    Object.defineProperty(pg, 'Pool', { value: class extends Pool {
        constructor(options) {
            super(options);
            pools.push(this);
        }
    } });
}

module.exports = { load, run, connect, close, others, with_database, state };
