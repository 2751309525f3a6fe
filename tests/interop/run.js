#!/usr/bin/env node
// Virga beside the real drizzle-kit and drizzle-orm: see README.md.
//
//     tests/interop/run.js --build FOLDER --virga COMMAND --include FOLDER [--only REGEX] [--keep]
//                          [--postgres]
//
// FOLDER is where install.sh has put the packages; everything that is made lies in its `work`.
// With --postgres the pairs for PostgreSQL, on the server of VIRGA_POSTGRES_URL (pg.js).
'use strict';
const fs = require('fs');
const path = require('path');

function options() {
    const out = {};
    for (let i = 2; i < process.argv.length; i++) {
        const name = process.argv[i].replace(/^--/, '');
        out[name] = name === 'keep' || name === 'postgres' ? true : process.argv[++i];
    }
    for (const name of ['build', 'virga', 'include'])
        if (!out[name]) throw new Error(`--${name} is missing`);
    return out;
}

// One line of a difference that can be read, not all of it.
function brief(error) {
    return (error.stack ?? String(error)).split('\n').slice(0, 60).join('\n');
}

// Two at a time: while drizzle-kit works in this process, virga does in another.
async function side_by_side(list, call) {
    const waiting = [...list];
    const worker = async () => {
        while (waiting.length) await call(waiting.shift());
    };
    await Promise.all([worker(), worker()]);
}

async function main() {
    const start = Date.now();
    const o = options();
    const build = path.resolve(o.build), here = __dirname;
    const only = new RegExp(o.only ?? '');
    const drizzle = require('./drizzle.js'), virga = require('./virga.js'), database = require('./database.js');
    drizzle.load(path.join(build, 'node_modules'));
    database.load(build);
    virga.load(path.resolve(o.virga), path.resolve(o.include));
    const work = path.join(build, o.postgres ? 'work_postgres' : 'work');
    fs.rmSync(work, { recursive: true, force: true });
    fs.mkdirSync(work, { recursive: true });
    process.chdir(work);

    let passed = 0, failed = 0;
    const say = (text) => fs.writeSync(1, text + '\n'); // console.log may be drizzle-kit's
    const report = (kind, name, error) => {
        failed++;
        say(`DIFFERS  ${kind} ${name}: ${brief(error)}\n`);
    };

    async function sqlite() {
        const pairs = require('./pairs.js');
        fs.cpSync(path.join(here, 'pairs'), path.join(work, 'pairs'), { recursive: true });
        const names = fs.readdirSync('pairs').filter((n) => only.test(n));
        let differing = 0, marked = 0;
        await side_by_side(names, async (name) => {
            try {
                const pair = pairs.load(path.join('pairs', name));
                await pairs.run(pair, path.join('made', name));
                marked += pair.steps.some((s) => s.differs);
                passed++;
            } catch (e) {
                differing++;
                report('pair', name, e);
            }
        });
        say(`interop: ${names.length} pairs, ${differing} differ` +
            ` (${marked} where Virga mends a defect of drizzle-kit)`);

        for (const suite of ['tools', 'folders', 'databases']) {
            const file = path.join(here, suite + '.js');
            if (!fs.existsSync(file)) continue;
            let count = 0, bad = 0;
            await side_by_side(Object.entries(require(file)), async ([name, test]) => {
                if (!only.test(name)) return;
                count++;
                const folder = path.join('made', `${suite}_${name}`.replace(/\W/g, '_'));
                fs.mkdirSync(folder, { recursive: true });
                try {
                    await test(folder, { pairs: path.join(work, 'pairs'), build });
                    passed++;
                } catch (e) {
                    bad++;
                    report(suite, name, e);
                }
            });
            say(`interop: ${count} ${suite}, ${bad} differ`);
        }
    }

    async function postgres_pairs() {
        const pg = require('./pg.js');
        if (!process.env.VIRGA_POSTGRES_URL) throw new Error('VIRGA_POSTGRES_URL is not set: there is no server');
        pg.connect(process.env.VIRGA_POSTGRES_URL, path.join(build, 'node_modules'));
        const all = fs.readdirSync(path.join(here, 'pairs_pg'))
            .flatMap((file) => pg.load(path.join(here, 'pairs_pg', file), path.join(work, 'pairs_pg')))
            .filter((pair) => only.test(pair.name));
        const databases = require('./databases_pg.js');
        const count = all.length, mended = all.filter((pair) => pair.steps.some((s) => s.differs)).length;
        let bad = 0;
        await side_by_side(all, async (pair) => {
            try {
                await pg.run(pair, path.join('made', pair.name));
                passed++;
            } catch (e) {
                bad++;
                report('pair', pair.name, e);
            }
        });
        let compared = 0;
        await side_by_side(all.filter(databases.fits).flatMap((pair) => [[pair, 'pushed'], [pair, 'pulled']]), async ([pair, what]) => {
            compared++;
            try {
                await databases[what](pair, path.join('made', pair.name));
                passed++;
            } catch (e) {
                bad++;
                report(what, pair.name, e);
            }
        });
        say(`interop: ${compared} databases pushed and pulled`);
        for (const [name, test] of Object.entries(pg.others)) {
            if (!only.test(name)) continue;
            try {
                await test(path.join('made', name));
                passed++;
            } catch (e) {
                bad++;
                report('folder', name, e);
            }
        }
        await pg.close();
        say(`interop: ${count} pairs for PostgreSQL, ${bad} differ` +
            ` (${mended} where Virga mends a defect of drizzle-kit)`);
    }

    await (o.postgres ? postgres_pairs : sqlite)();
    if (!o.keep && !failed) fs.rmSync(work, { recursive: true, force: true });
    say(`interop: ${passed} passed, ${failed} failed, ${((Date.now() - start) / 1000).toFixed(1)} s`);
    process.exitCode = failed ? 1 : 0;
}

main().catch((e) => {
    console.error(e);
    process.exitCode = 2;
});
