// Folders as they are found: old snapshots, missing ones, SQL written by hand, line ends of
// Windows, other prefixes, two branches. Each is made by the real drizzle-kit first.
// Proves: K003 K004 K014 K016 K017 K022 K023.
'use strict';
const fs = require('fs');
const path = require('path');
const assert = require('assert');
const drizzle = require('./drizzle.js');
const virga = require('./virga.js');
const database = require('./database.js');
const pairs = require('./pairs.js');

const write = (file, text) => fs.writeFileSync(file, text);
const edit = (file, change) => write(file, change(pairs.read(file)));
const edit_json = (file, change) => edit(file, (t) => {
    const json = JSON.parse(t);
    change(json);
    return JSON.stringify(json, null, 2);
});

// The folder of a pair, all steps by drizzle-kit.
async function folder_of(all, name, out, options) {
    const pair = pairs.load(path.join(all, name));
    for (const step of pair.steps)
        await drizzle.generate(step.ts, out, { ...pair.options, name: 'step', ...options }, step.renames);
    return pair;
}

async function both_content(step, out) {
    assert.match(await virga.generate(step.h, out), virga.nothing, 'Virga wants a change');
    assert.match((await drizzle.generate(step.ts, out)).text, virga.nothing, 'drizzle-kit wants a change');
}

// After Virga has migrated, drizzle-orm finds nothing to do.
async function applied_by_virga(file, out) {
    await virga.migrate(file, out);
    const rows = database.applied(file);
    assert.strictEqual(rows.length, pairs.journal(out).entries.length);
    database.migrate_better(file, out);
    await database.migrate_libsql(file, out);
    assert.deepStrictEqual(database.applied(file), rows);
}

function to_version_5(out) {
    for (const name of fs.readdirSync(path.join(out, 'meta')).filter((n) => !n.startsWith('_')))
        edit_json(path.join(out, 'meta', name), (s) => {
            s.version = '5';
            delete s.views;
            delete s.internal;
            for (const table of Object.values(s.tables))
                for (const column of Object.values(table.columns))
                    if (/^'[{[]/.test(column.default ?? '')) column.default = JSON.parse(column.default.slice(1, -1));
        });
    edit_json(path.join(out, 'meta/_journal.json'), (j) => {
        j.version = '5';
        for (const e of j.entries) e.version = '5';
    });
}

module.exports = {
    async snapshots_of_version_5(folder, { pairs: all }) {
        for (const name of ['defaults_json', 'foreign_key_added', 'recreate_with_indexes']) {
            const out = path.join(folder, name), same = out + '_same';
            const pair = await folder_of(all, name, out);
            to_version_5(out);
            fs.cpSync(out, same, { recursive: true });
            assert.match(await virga.generate(pair.steps.at(-1).h, out), virga.nothing);
            assert.strictEqual(pairs.snapshot(out, pairs.last(out)).version, '5', 'generate changed an old snapshot');
            await virga.up(out);
            await drizzle.up(same);
            // Without what drizzle-kit leaves out of these two, empty as it is.
            const upgraded = (f, file) => ({ ...JSON.parse(pairs.read(path.join(f, 'meta', file))), internal: {}, _meta: {} });
            for (const file of fs.readdirSync(path.join(same, 'meta')))
                assert.deepStrictEqual(upgraded(out, file), upgraded(same, file), `up: ${file}`);
            await both_content(pair.steps.at(-1), out);
        }
    },

    async a_journal_of_several_versions(folder, { pairs: all }) {
        const pair = await folder_of(all, 'foreign_key_added', folder + '/out');
        edit_json(folder + '/out/meta/_journal.json', (j) => {
            j.version = '6';
            j.entries[0].version = '5';
        });
        await both_content(pair.steps.at(-1), folder + '/out');
        await applied_by_virga(folder + '/a.db', folder + '/out');
    },

    async missing_snapshots(folder, { pairs: all }) {
        const out = folder + '/out';
        const pair = await folder_of(all, 'foreign_key_added', out);
        fs.rmSync(out + '/meta/0000_snapshot.json');
        fs.rmSync(out + '/meta/0002_snapshot.json');
        await both_content(pair.steps.at(-1), out);
        await applied_by_virga(folder + '/a.db', out);
    },

    async sql_written_by_hand(folder, { pairs: all }) {
        const out = folder + '/out', file = folder + '/a.db';
        const pair = await folder_of(all, 'create_table', out);
        await drizzle.generate(pair.steps[1].ts, out, { name: 'seed', custom: true });
        write(out + '/0002_seed.sql', [
            "-- two in one piece; a ';' in a text\nINSERT INTO users VALUES (10, 'a;b', 1); INSERT INTO users VALUES (11, 'c', 2);\n",
            '\n-- nothing but a comment\n', '/* nor here */',
            "\nCREATE TRIGGER t AFTER INSERT ON posts BEGIN UPDATE users SET age = 3; DELETE FROM users WHERE id = 11; END;\n", '\n',
        ].join('--> statement-breakpoint'));
        await applied_by_virga(file, out);
        assert.deepStrictEqual(database.rows(file).users.map((r) => r.name), ['a;b', 'c']);
        assert.ok(database.schema(file)['trigger t']);
        await both_content(pair.steps[1], out);
        await virga.generate(pair.steps[1].h, out, { name: 'more', custom: true });
        assert.strictEqual(pairs.read(out + '/0003_more.sql'), '-- Custom SQL migration file, put your code below! --');
        await both_content(pair.steps[1], out);
        assert.strictEqual((await drizzle.check(out)).code, 0);
        await applied_by_virga(file, out);
    },

    async custom_migrations_are_the_same(folder, { pairs: all }) {
        const pair = await folder_of(all, 'create_table', folder + '/d');
        fs.cpSync(folder + '/d', folder + '/v', { recursive: true });
        await drizzle.generate(pair.steps[1].ts, folder + '/d', { name: 'own', custom: true });
        await virga.generate(pair.steps[1].h, folder + '/v', { name: 'own', custom: true });
        const made = (out) => [pairs.read(out + '/0002_own.sql'),
            { ...JSON.parse(pairs.read(out + '/meta/0002_snapshot.json')), id: '' }];
        assert.deepStrictEqual(made(folder + '/v'), made(folder + '/d'));
    },

    async line_ends_of_windows_and_a_byte_order_mark(folder, { pairs: all }) {
        const out = folder + '/out', file = folder + '/a.db';
        const pair = await folder_of(all, 'recreate_with_indexes', out);
        edit(out + '/0000_step.sql', (t) => t.replace(/\n/g, '\r\n'));
        edit(out + '/0001_step.sql', (t) => '\ufeff' + t.replace(/\n/g, '\r\n'));
        edit(out + '/meta/0001_snapshot.json', (t) => t.replace(/\n/g, '\r\n'));
        await applied_by_virga(file, out);
        await both_content(pair.steps[1], out);
        const other = folder + '/b.db';
        database.migrate_better(other, out);
        assert.deepStrictEqual(database.applied(other), database.applied(file));
        assert.deepStrictEqual(database.schema(other), database.schema(file));
    },

    async files_that_the_journal_does_not_mention(folder, { pairs: all }) {
        const out = folder + '/out';
        const pair = await folder_of(all, 'create_table', out);
        write(out + '/0009_stray.sql', 'not sql at all');
        write(out + '/README.md', 'notes');
        await applied_by_virga(folder + '/a.db', out);
        await both_content(pair.steps[1], out);
    },

    async a_file_that_is_gone(folder, { pairs: all }) {
        const out = folder + '/out';
        await folder_of(all, 'create_table', out);
        fs.rmSync(out + '/0001_step.sql');
        assert.throws(() => database.migrate_better(folder + '/a.db', out), /0001_step\.sql/);
        const r = await virga.run(['migrate', '--out', out, '--url', folder + '/b.db']);
        assert.strictEqual(r.code, 1);
        assert.match(r.err + r.out, /0001_step\.sql/);
        assert.ok(!fs.existsSync(folder + '/b.db') || !database.schema(folder + '/b.db')['table users']);
    },

    async other_prefixes(folder, { pairs: all }) {
        const pair = pairs.load(path.join(all, 'foreign_key_added'));
        for (const prefix of ['timestamp', 'supabase', 'unix']) {
            const out = path.join(folder, prefix), file = out + '.db';
            for (const step of pair.steps.slice(0, 2)) {
                if (step.n % 2) await drizzle.generate(step.ts, out, { name: 'step', prefix });
                else await virga.generate(step.h, out, { name: 'step', prefix });
                assert.match(pairs.last(out).tag, prefix === 'unix' ? /^\d{10}_step$/ : /^20\d{12}_step$/);
                await both_content(step, out);
                await new Promise((done) => setTimeout(done, 1100)); // the prefix is a second
            }
            await applied_by_virga(file, out);
        }
    },

    // Two branches have each made a migration from the same one: both tools say so.
    async two_branches(folder, { pairs: all }) {
        const out = folder + '/out';
        await folder_of(all, 'foreign_key_added', out);
        const first = JSON.parse(pairs.read(out + '/meta/0000_snapshot.json')).id;
        edit_json(out + '/meta/0002_snapshot.json', (s) => { s.prevId = first; });
        const theirs = await drizzle.check(out), ours = await virga.check(out);
        assert.strictEqual(theirs.code, 1);
        assert.match(theirs.text, /collision/);
        assert.strictEqual(ours.code, 1, ours.out + ours.err);
        assert.match(ours.out + ours.err, /0001/);
        assert.match(ours.out + ours.err, /0002/);
    },

    // An older migration, merged from a branch after a newer one was applied: drizzle-orm passes
    // it over for ever, Virga says so.
    async a_migration_older_than_the_last_applied(folder, { pairs: all }) {
        const out = folder + '/out', file = folder + '/a.db';
        await folder_of(all, 'create_table', out);
        const journal = pairs.journal(out);
        write(out + '/meta/_journal.json', JSON.stringify({ ...journal, entries: [journal.entries[1]] }));
        database.migrate_better(file, out);
        write(out + '/meta/_journal.json', JSON.stringify(journal));
        database.migrate_better(file, out);
        assert.strictEqual(database.applied(file).length, 1, 'drizzle-orm has learnt it');
        const r = await virga.run(['migrate', '--out', out, '--url', file]);
        assert.strictEqual(r.code, 1);
        assert.match(r.err + r.out, /0000_step/);
        await virga.done(['migrate', '--out', out, '--url', file, '--out-of-order']);
        assert.ok(database.schema(file)['table users']);
        database.migrate_better(file, out);
    },

    async an_open_question_in_a_script(folder, { pairs: all }) {
        const pair = pairs.load(path.join(all, 'rename_column')), out = folder + '/out';
        await virga.generate(pair.steps[0].h, out, { name: 'step' });
        const before = fs.readdirSync(out).sort();
        const asked = await virga.asked(pair.steps[1].h, out);
        assert.strictEqual(asked.code, 2, asked.err);
        assert.match(JSON.stringify(asked.answer), /"mail"/);
        assert.match(JSON.stringify(asked.answer), /"email"/);
        assert.deepStrictEqual(fs.readdirSync(out).sort(), before, 'something was written');
    },

    // What drizzle-kit cannot say stands beside its snapshot, where it does not look.
    async what_drizzle_kit_does_not_know(folder) {
        const out = folder + '/out', file = folder + '/a.db', h = folder + '/schema.h', ts = folder + '/schema.ts';
        write(h, `#include <virga/virga.h>
TABLE(a, STRICT, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, TEXT))
TABLE(b, WITHOUT_ROWID, COLUMN(k, TEXT, PRIMARY_KEY))
TRIGGER(a_log, AFTER, INSERT, a, "insert into b values (new.n);")
SCHEMA(app, a, b, a_log)
`);
        write(ts, `import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';
export const a = sqliteTable('a', { id: integer().primaryKey(), n: text() });
export const b = sqliteTable('b', { k: text().primaryKey() });
`);
        await virga.generate(h, out, { name: 'step' });
        assert.match(pairs.read(out + '/0000_step.sql'), /\) STRICT;/);
        assert.match(pairs.read(out + '/0000_step.sql'), /\) WITHOUT ROWID;/);
        assert.ok(fs.existsSync(out + '/meta/_0000_virga.json'));
        await both_content({ h, ts }, out);
        assert.strictEqual((await drizzle.check(out)).code, 0);
        await database.migrate_libsql(file, out);
        assert.strictEqual(database.schema(file)['table a'].tail, 'STRICT');
        await applied_by_virga(file, out);
    },

    async drizzle_kit_s_configuration(folder, { pairs: all }) {
        const pair = pairs.load(path.join(all, 'create_table'));
        write(folder + '/drizzle.config.json', JSON.stringify({
            dialect: 'sqlite', schema: path.resolve(pair.steps[0].h), out: './here', breakpoints: true,
            dbCredentials: { url: 'app.db' }, migrations: { prefix: 'index' },
        }));
        const at = { cwd: path.resolve(folder) };
        await virga.done(['generate', '--name', 'step', '-I', virga.headers()], at);
        await virga.done(['migrate'], at);
        assert.ok(database.schema(folder + '/app.db')['table users']);
        assert.ok(fs.existsSync(folder + '/here/0000_step.sql'));
    },

    async a_migration_is_dropped(folder, { pairs: all }) {
        const out = folder + '/out';
        const pair = await folder_of(all, 'create_table', out);
        const sql = pairs.read(out + '/0001_step.sql');
        await virga.done(['drop', '--out', out, '--tag', '0001_step']);
        assert.ok(!fs.existsSync(out + '/0001_step.sql'));
        await drizzle.generate(pair.steps[1].ts, out, { name: 'step' });
        assert.strictEqual(pairs.read(out + '/0001_step.sql'), sql);
        await both_content(pair.steps[1], out);
    },
};
