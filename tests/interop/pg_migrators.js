#!/usr/bin/env node
// The real drizzle-orm (its migrator for node-postgres) and Virga on one PostgreSQL and one
// folder, in turn: each runs exactly what the other has not.
//
//     VIRGA_POSTGRES_URL=... tests/interop/pg_migrators.js --build FOLDER --virga COMMAND
//
// Proves: K036.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const assert = require('assert');
const crypto = require('crypto');
const { createRequire } = require('module');
const { execFileSync, spawn } = require('child_process');

const option = (name) => path.resolve(process.argv[process.argv.indexOf('--' + name) + 1]);
const need = createRequire(path.join(option('build'), 'package.json'));
const { Client } = need('pg');
const { drizzle } = need('drizzle-orm/node-postgres');
const { migrate } = need('drizzle-orm/node-postgres/migrator');
const command = option('virga');
const server = process.env.VIRGA_POSTGRES_URL;
if (!server) throw new Error('VIRGA_POSTGRES_URL is not set');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'virga-migrators-'));
const at = (name) => server.replace(/\/[^/]*$/, '/' + name);

async function ask(url, sql) {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
        return (await client.query({ text: sql, rowMode: 'array' })).rows;
    } finally {
        await client.end();
    }
}

// A new database, gone afterwards.
async function with_database(name, call) {
    const own = `${name}_${process.pid}`;
    await ask(server, `create database ${own}`);
    try {
        await call(at(own));
    } finally {
        await ask(server, `drop database ${own} with (force)`);
    }
}

// The first `count` migrations as a folder of drizzle-kit.
function write_folder(out, list, count) {
    fs.mkdirSync(path.join(out, 'meta'), { recursive: true });
    const entries = list.slice(0, count).map((sql, idx) => {
        const tag = `${String(idx).padStart(4, '0')}_step`;
        fs.writeFileSync(path.join(out, tag + '.sql'), sql);
        return { idx, version: '7', when: 1000 + idx, tag, breakpoints: true };
    });
    fs.writeFileSync(path.join(out, 'meta/_journal.json'), JSON.stringify({ version: '7', dialect: 'postgresql', entries }));
}

async function by_drizzle(url, out, options) {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
        await migrate(drizzle(client), { migrationsFolder: out, ...options });
    } finally {
        await client.end();
    }
}

const virga = (url, out, more = []) =>
    execFileSync(command, ['migrate', '--out', out, '--url', url, ...more], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const list = [
    `CREATE TYPE "public"."role" AS ENUM('user', 'admin');--> statement-breakpoint\nCREATE TABLE "users" (\n\t"id" serial PRIMARY KEY NOT NULL,\n\t"role" "role" DEFAULT 'user' NOT NULL\n);\n`,
    `CREATE TABLE "posts" (\n\t"id" serial PRIMARY KEY NOT NULL,\n\t"author" integer\n);\n--> statement-breakpoint\nALTER TABLE "posts" ADD CONSTRAINT "posts_author_users_id_fk" FOREIGN KEY ("author") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;`,
    `CREATE INDEX "posts_author" ON "posts" USING btree ("author");\r\n--> statement-breakpoint\r\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ select 1; select 2; $$;`,
    `INSERT INTO users (role) VALUES ('admin');\nINSERT INTO users DEFAULT VALUES;`,
    `ALTER TABLE "users" ADD COLUMN "name" text DEFAULT 'a;b' NOT NULL;--> statement-breakpoint\n-- nothing here\n`,
    `CREATE VIEW "public"."v" AS (select "id" from "users");`,
];

const schema_of = (url) => ask(url, `select table_schema, table_name, column_name, data_type, column_default, is_nullable
    from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2, ordinal_position`);
const applied = (url, table = 'drizzle.__drizzle_migrations') => ask(url, `select hash, created_at from ${table} order by id`);

const tests = {
    async in_turn() {
        const out = path.join(folder, 'turn');
        await with_database('turns', async (url) => {
            for (let n = 1; n <= list.length; n++) {
                write_folder(out, list, n);
                if (n % 2) await by_drizzle(url, out);
                else virga(url, out);
                // Whoever did not has nothing left to do.
                const rows = await applied(url);
                await by_drizzle(url, out);
                assert.match(virga(url, out), /Nothing to apply/);
                assert.deepStrictEqual(await applied(url), rows);
            }
            assert.deepStrictEqual(await applied(url), list.map((sql, i) =>
                [crypto.createHash('sha256').update(sql).digest('hex'), String(1000 + i)]));
            await with_database('alone', async (other) => {
                await by_drizzle(other, out);
                assert.deepStrictEqual(await schema_of(url), await schema_of(other));
                assert.deepStrictEqual(await applied(url), await applied(other));
            });
            await with_database('ours', async (other) => {
                virga(other, out);
                assert.deepStrictEqual(await schema_of(other), await schema_of(url));
                assert.deepStrictEqual(await applied(other), await applied(url));
            });
        });
    },

    async another_table() {
        const out = path.join(folder, 'another');
        write_folder(out, list, 3);
        await with_database('another', async (url) => {
            virga(url, out, ['--migrations-schema', 'my app', '--migrations-table', 'Done']);
            write_folder(out, list, 6);
            await by_drizzle(url, out, { migrationsSchema: 'my app', migrationsTable: 'Done' });
            assert.strictEqual((await applied(url, '"my app"."Done"')).length, 6);
            assert.match(virga(url, out, ['--migrations-schema', 'my app', '--migrations-table', 'Done']), /Nothing to apply/);
        });
    },

    // A migration that drizzle's migrator cannot run: it fails there, Virga runs it, and drizzle
    // goes on.
    async outside_of_transactions() {
        const out = path.join(folder, 'outside');
        const more = [...list, `CREATE INDEX CONCURRENTLY "users_role" ON "users" USING btree ("role");`,
            `ALTER TYPE "public"."role" ADD VALUE 'guest';--> statement-breakpoint\nINSERT INTO users (role) VALUES ('guest');`,
            `CREATE TABLE "last" ("id" integer);`];
        await with_database('outside', async (url) => {
            write_folder(out, more, 6);
            await by_drizzle(url, out);
            for (const n of [7, 8]) {
                write_folder(out, more, n);
                await assert.rejects(by_drizzle(url, out));
                virga(url, out);
            }
            write_folder(out, more, 9);
            await by_drizzle(url, out);
            assert.strictEqual((await applied(url)).length, 9);
            assert.deepStrictEqual(await ask(url, `select schemaname, tablename from pg_tables where schemaname = 'drizzle'`),
                [['drizzle', '__drizzle_migrations']]);
        });
    },

    // drizzle-orm in the middle of its run is waited for.
    async at_once() {
        const out = path.join(folder, 'once');
        write_folder(out, [...list, 'SELECT pg_sleep(1);'], 7);
        await with_database('once', async (url) => {
            write_folder(out, list, 1);
            await by_drizzle(url, out); // its table is there
            write_folder(out, [...list, 'SELECT pg_sleep(1);'], 7);
            const theirs = by_drizzle(url, out);
            await new Promise((done) => setTimeout(done, 300));
            const ours = await new Promise((done) => {
                const child = spawn(command, ['migrate', '--out', out, '--url', url]);
                let text = '';
                child.stdout.on('data', (d) => (text += d));
                child.stderr.on('data', (d) => (text += d));
                child.on('close', (code) => done({ code, text }));
            });
            await theirs;
            assert.strictEqual(ours.code, 0, ours.text);
            assert.match(ours.text, /Nothing to apply/);
            assert.strictEqual((await applied(url)).length, 7);
        });
    },
};

async function main() {
    let failed = 0;
    for (const [name, test] of Object.entries(tests)) {
        try {
            await test();
            console.log(`ok ${name}`);
        } catch (e) {
            failed++;
            console.log(`DIFFERS ${name}: ${e.stack}\n${e.stderr ?? ''}`);
        }
    }
    fs.rmSync(folder, { recursive: true, force: true });
    process.exitCode = failed ? 1 : 0;
}

main();
