// Databases of PostgreSQL as they are found: pushed by one tool and looked at by the other,
// and pulled from what drizzle-kit has made. For the last step of each pair that does not need
// what belongs to the server (roles), nor differs.
// Where drizzle-kit is not content even with what it has pushed itself, `endless_pg.txt` says
// why; that it still is so is shown, too.
// Proves: K008 K011 K055 K057 K083 K084.
'use strict';
const fs = require('fs');
const path = require('path');
const assert = require('assert');
const drizzle = require('./drizzle.js');
const virga = require('./virga.js');
const pg = require('./pg.js');

const unchanged = /No changes detected/;

const endless = new Map(fs.readFileSync(path.join(__dirname, 'endless_pg.txt'), 'utf8').split('\n')
    .filter((l) => l && !l.startsWith('#')).map((l) => l.split(/: (.*)/)));

const by_drizzle = (step, url) =>
    drizzle.run('push', { dialect: 'postgresql', schema: step.ts, url, strict: false, verbose: true, force: true });
const by_virga = (step, url) => virga.push(step.h, url, ['--dialect', 'postgresql']);

const fits = (pair) => !pair.steps.some((s) => s.differs) && !/pgRole|pgSchema|concurrently/.test(pair.text);

async function pushed(pair) {
    const step = pair.steps.at(-1);
    const theirs = await pg.with_database(async (run, ask, url) => {
        const first = await by_drizzle(step, url);
        assert.doesNotMatch(first.text, unchanged);
        const made = await pg.state(ask);
        assert.match(await by_virga(step, url), unchanged, "Virga's push after drizzle-kit's");
        const { text } = await by_drizzle(step, url);
        assert.strictEqual(!unchanged.test(text), endless.has(pair.name),
            `endless_pg.txt does not say that ${pair.name}, pushed again, is: ${text}`);
        return made;
    });
    await pg.with_database(async (run, ask, url) => {
        await by_virga(step, url);
        assert.match(await by_virga(step, url), unchanged, 'push after push');
        assert.deepStrictEqual(await pg.state(ask), theirs, 'what was pushed');
        if (endless.has(pair.name)) return;
        const { text } = await by_drizzle(step, url);
        assert.match(text, unchanged, `drizzle-kit's push after Virga's: ${text}`);
    });
}

// Pull, then generate: no changes, for Virga, and for Virga in the folder that drizzle-kit has
// pulled.
async function pulled(pair, work) {
    const step = pair.steps.at(-1), out = path.join(work, 'pulled');
    await pg.with_database(async (run, ask, url) => {
        await by_drizzle(step, url);
        const before = await pg.state(ask);
        await virga.pull(url, out, ['--dialect', 'postgresql']);
        const options = ['--dialect', 'postgresql', '--out', out];
        assert.match(await virga.done(['generate', ...virga.of_schema(out + '/schema.h'), ...options]), virga.nothing, 'generate after pull');
        assert.match(await by_virga({ h: out + '/schema.h' }, url), unchanged, 'push after pull');
        assert.deepStrictEqual(await pg.state(ask), before);
    });
}

module.exports = { pushed, pulled, fits };
