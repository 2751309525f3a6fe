// Databases as they are found: pushed by one tool and looked at by the other, and pulled from
// one that drizzle-kit has made. For the last step of each pair that is about what a schema
// can hold, not about how it changes.
// Proves: K008 K011 K055 K057 K083 K084.
'use strict';
const fs = require('fs');
const path = require('path');
const assert = require('assert');
const drizzle = require('./drizzle.js');
const virga = require('./virga.js');
const database = require('./database.js');
const pairs = require('./pairs.js');

const changes = /^(recreate|rename|add|drop|create|breakpoints|reorder)_/;
const unchanged = /No changes detected/;

const differs = (pair) => pair.steps.some((s) => s.differs);
const casing = (pair) => (pair.options.casing ? { casing: pair.options.casing } : {});

// Push after push is empty: after one's own, and after the other's.
async function push(pair, folder) {
    const step = pair.steps.at(-1);
    const ours = folder + '/ours.db', theirs = folder + '/theirs.db';
    await virga.push(step.h, ours);
    assert.match(await virga.push(step.h, ours), unchanged, 'push after push');
    if (differs(pair)) return; // drizzle-kit cannot make it at all
    await drizzle.push(step.ts, theirs, casing(pair));
    assert.deepStrictEqual(database.schema(ours), database.schema(theirs), 'what was pushed');
    assert.match(await virga.push(step.h, theirs), unchanged, "push after drizzle-kit's push");
    const own = await drizzle.push(step.ts, theirs, casing(pair));
    if (unchanged.test(own.text)) // else it is not content with its own work either
        assert.match((await drizzle.push(step.ts, ours, casing(pair))).text, unchanged, "drizzle-kit's push after Virga's");
}

// Pull, then generate: no changes, for Virga, and for drizzle-kit with the schema it had.
async function pull(pair, folder) {
    const step = pair.steps.at(-1), file = folder + '/a.db';
    database.run_sql(file, differs(pair) ? await virga.export_sql(step.h) : (await drizzle.export_sql(step.ts)).text);
    const before = database.schema(file);
    const out = folder + '/virga', own = folder + '/drizzle';
    await virga.pull(file, out);
    assert.match(await virga.generate(out + '/schema.h', out), virga.nothing, 'generate after pull');
    assert.match(await virga.push(out + '/schema.h', file), unchanged, 'push after pull');
    assert.deepStrictEqual(database.schema(file), before);
    if (differs(pair)) return;
    await drizzle.pull(own, file);
    if (virga.nothing.test((await drizzle.generate(step.ts, own, casing(pair))).text)) {
        const { text } = await drizzle.generate(step.ts, out, casing(pair));
        assert.match(text, virga.nothing, `drizzle-kit after Virga's pull: ${text}`);
        assert.match(await virga.generate(step.h, own), virga.nothing, "Virga after drizzle-kit's pull");
    }
}

// What belongs to migrators, Litestream or Cloudflare is neither seen nor dropped.
async function internal_tables(folder, { pairs: all }) {
    const pair = pairs.load(path.join(all, 'foreign_key_added')), step = pair.steps.at(-1);
    const out = folder + '/out', file = folder + '/a.db';
    for (const s of pair.steps) await drizzle.generate(s.ts, out, { name: 'step' });
    database.migrate_better(file, out);
    database.run_sql(file, 'CREATE TABLE _litestream_seq (id INTEGER); CREATE TABLE _cf_KV (k TEXT);');
    const before = [database.schema(file), database.applied(file)];
    assert.match(await virga.push(step.h, file), unchanged);
    assert.match((await drizzle.push(step.ts, file)).text, unchanged);
    await virga.pull(file, folder + '/pulled');
    assert.doesNotMatch(fs.readFileSync(folder + '/pulled/schema.h', 'utf8'), /_litestream|_cf_KV|__drizzle/);
    assert.deepStrictEqual([database.schema(file), database.applied(file)], before);
}

const names = fs.readdirSync(path.join(__dirname, 'pairs')).filter((name) => !changes.test(name));

module.exports = { 'pull and push: internal tables': internal_tables, ...Object.fromEntries([push, pull].flatMap((what) => names.map((name) =>
    [`${what.name} ${name}`, (folder, { pairs: all }) => what(pairs.load(path.join(all, name)), folder)]))) };
