// A pair is a folder in pairs/: the same schema for drizzle-kit and for Virga, step by step.
//
//     1.ts 1.h, 2.ts 2.h, ...   the schema at each step
//     N.renames                 answers at step N: old=new, table.old=table.new
//     N.creates                 what is new there although something else is gone
//     N.rows                    SQL to run after step N; the rows must survive what follows
//     N.none                    step N changes nothing that a database sees
//     N.differs                 why Virga does not write what drizzle-kit writes at step N: the
//                               number of a defect in docs/drizzle.md, ": ", the reason; "snapshot, "
//                               in front when the snapshot differs, too
//     N.loses_rows              why drizzle-orm with better-sqlite3 must not apply step N
//     options                   JSON: breakpoints, casing
//
// What is shown for each pair: see README.md, (a) to (c).
// Proves: K001 K007 K031 K033 K036 K040 K041 K042 K044 K045 K046 K047 K048 K049 K050 K051 K052 K053 K054.
'use strict';
const fs = require('fs');
const path = require('path');
const assert = require('assert');
const drizzle = require('./drizzle.js');
const virga = require('./virga.js');
const database = require('./database.js');

const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
const lines = (file) => (read(file) ?? '').split('\n').filter((l) => l);

function rename_of(line) {
    const [from, to] = line.split('=');
    const [table, column] = from.split('.');
    return column ? { table, from: column, to: to.split('.')[1] } : { from, to };
}

function load(folder) {
    const steps = [];
    for (let n = 1; fs.existsSync(path.join(folder, `${n}.ts`)); n++) {
        const file = (kind) => path.join(folder, `${n}.${kind}`);
        const differs = lines(file('differs'))[0];
        steps.push({
            n, ts: file('ts'), h: file('h'),
            renames: lines(file('renames')).map(rename_of), creates: lines(file('creates')),
            rows: read(file('rows')), none: fs.existsSync(file('none')),
            differs, other_snapshot: differs?.startsWith('snapshot, '),
            loses_rows: lines(file('loses_rows'))[0],
        });
    }
    return { name: path.basename(folder), folder, steps, options: JSON.parse(read(path.join(folder, 'options')) ?? '{}') };
}

// ---- generating ----

async function by_drizzle(pair, step, out) {
    const r = await drizzle.generate(step.ts, out, { ...pair.options, name: 'step' }, step.renames);
    const expected = step.creates.map((c) => c.split('.').pop());
    assert.deepStrictEqual(r.undecided, expected, `drizzle-kit asked about ${r.undecided}`);
    return r.text;
}

const by_virga = (pair, step, out) =>
    virga.generate(step.h, out, { ...pair.options, name: 'step', renames: step.renames, creates: step.creates });

// The other tool looks at what one has made, and has nothing to add.
async function drizzle_is_content(pair, step, out) {
    const r = await drizzle.generate(step.ts, out, { ...pair.options, name: 'again' });
    assert.match(r.text, virga.nothing, `drizzle-kit on Virga's folder: ${r.text}`);
    const c = await drizzle.check(out);
    assert.strictEqual(c.code, 0, `drizzle-kit check: ${c.text}`);
}

async function virga_is_content(pair, step, out, whose) {
    assert.match(await virga.generate(step.h, out, { ...pair.options, name: 'again' }), virga.nothing,
        `Virga on ${whose} folder wants a change`);
}

// ---- comparing ----

const journal = (out) => JSON.parse(read(path.join(out, 'meta/_journal.json')));
const last = (out) => journal(out).entries.at(-1);
const sql = (out, entry) => read(path.join(out, entry.tag + '.sql'));
const snapshot = (out, entry) => JSON.parse(read(path.join(out, `meta/${entry.tag.split('_')[0]}_snapshot.json`)));

function compare(step, d, v) {
    const a = last(d), b = last(v);
    assert.deepStrictEqual({ ...b, when: 0 }, { ...a, when: 0 }, 'the journal');
    assert.strictEqual(read(path.join(v, 'meta/_journal.json')),
        JSON.stringify(journal(v), null, 2), 'the layout of the journal');
    const mine = snapshot(v, b), theirs = snapshot(d, a);
    assert.match(mine.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    mine.id = theirs.id;
    mine.prevId = theirs.prevId;
    if (step.differs) {
        assert.notStrictEqual(sql(v, b), sql(d, a), `the SQL does not differ any more: remove ${step.n}.differs`);
        if (!step.other_snapshot) assert.deepStrictEqual(mine, theirs, 'the snapshot');
        return;
    }
    assert.strictEqual(sql(v, b), sql(d, a), 'the SQL');
    assert.strictEqual(JSON.stringify(mine, null, 2), read(path.join(d, `meta/${a.tag.split('_')[0]}_snapshot.json`)),
        'the snapshot');
}

function chain(out) {
    let previous = '00000000-0000-0000-0000-000000000000';
    for (const entry of journal(out).entries) {
        const s = snapshot(out, entry);
        assert.strictEqual(s.prevId, previous, `prevId of ${entry.tag}`);
        previous = s.id;
    }
}

// ---- applying ----

const appliers = {
    virga: virga.migrate,
    libsql: database.migrate_libsql,
    better: async (file, folder) => database.migrate_better(file, folder),
};

async function apply(who, file, out, step) {
    const before = fs.existsSync(file) ? database.rows(file) : {};
    await appliers[who](file, out);
    const complaints = database.lost(before, database.rows(file), step.renames);
    assert.deepStrictEqual(complaints, [], `applied by ${who}`);
    assert.deepStrictEqual(database.check(file), [], `integrity after ${who}`);
    if (step.rows && step.n === 1) database.run_sql(file, step.rows);
}

// Who can apply it: drizzle-orm takes one statement at a time, so without breakpoints it cannot.
function hand_of(pair, step, hand) {
    if (pair.options.breakpoints === false) return 'virga';
    return step.loses_rows && hand === 'better' ? 'virga' : hand;
}

// The migrations of one folder made in turn, applied in turn.
async function alternate(pair, work, name, makers, hands) {
    const out = path.join(work, name), file = path.join(work, name + '.db');
    for (const step of pair.steps) {
        const turn = (step.n - 1) % 2;
        const maker = step.differs ? 'virga' : makers[turn];
        const hand = hand_of(pair, step, hands[turn]);
        if (maker === 'virga') await by_virga(pair, step, out);
        else await by_drizzle(pair, step, out);
        await apply(hand, file, out, step);
    }
    const before = database.applied(file);
    for (const hand of Object.values(appliers)) await hand(file, out);
    assert.deepStrictEqual(database.applied(file), before, 'something was still pending');
    const crypto = require('crypto');
    assert.deepStrictEqual(before.map((r) => [r.hash, r.created_at]), journal(out).entries.map((e) =>
        [crypto.createHash('sha256').update(sql(out, e)).digest('hex'), e.when]), 'the rows of __drizzle_migrations');
    return file;
}

// What a defect does when drizzle-kit's own SQL is applied by better-sqlite3: an error, lost
// rows, or a database that is not the schema. If it does nothing any more, the mark is stale.
async function is_a_defect(pair, work, target) {
    const out = path.join(work, 'D'), file = path.join(work, 'defect.db');
    const folder = path.join(work, 'defect');
    fs.cpSync(out, folder, { recursive: true });
    const entries = journal(out).entries;
    for (const step of pair.steps) {
        if (step.n > entries.length) break;
        fs.writeFileSync(path.join(folder, 'meta/_journal.json'),
            JSON.stringify({ ...journal(out), entries: entries.slice(0, step.n) }));
        try {
            await apply('better', file, folder, step);
        } catch {
            return;
        }
    }
    assert.notDeepStrictEqual([database.schema(file), database.rows(file)],
        [database.schema(target), database.rows(target)], 'what is marked as a defect does no harm');
}

// ---- a pair ----

async function run(pair, work) {
    const d = path.join(work, 'D'), v = path.join(work, 'V'), file = path.join(work, 'V.db');
    fs.mkdirSync(work, { recursive: true });
    for (const step of pair.steps) {
        const said = [await by_drizzle(pair, step, d), await by_virga(pair, step, v)];
        if (step.none) {
            for (const s of said) assert.match(s, virga.nothing);
            continue;
        }
        compare(step, d, v);
        // Snapshots that are equal need to be looked at once: on the other's folder.
        if (step.other_snapshot) {
            await virga_is_content(pair, step, v, 'its own');
        } else {
            await drizzle_is_content(pair, step, v);
            await virga_is_content(pair, step, d, "drizzle-kit's");
        }
        await apply('virga', file, v, step);
    }
    chain(v);

    const fresh = path.join(work, 'fresh.db');
    database.run_sql(fresh, await virga.export_sql(pair.steps.at(-1).h));
    assert.deepStrictEqual(database.schema(file), database.schema(fresh), 'the database is not as if made anew');

    const a = await alternate(pair, work, 'A', ['drizzle', 'virga'], ['virga', 'libsql']);
    const b = await alternate(pair, work, 'B', ['virga', 'drizzle'], ['better', 'virga']);
    for (const other of [a, b]) {
        assert.deepStrictEqual(database.schema(other), database.schema(file), 'alternation: the schema');
        assert.deepStrictEqual(database.rows(other), database.rows(file), 'alternation: the rows');
        if (!pair.steps.some((s) => s.differs))
            assert.strictEqual(database.schema_text(other), database.schema_text(file), 'alternation: the text of the schema');
    }
    if (pair.steps.some((s) => s.differs || s.loses_rows)) await is_a_defect(pair, work, file);
    return pair.steps.length;
}

module.exports = { load, run, read, last, sql, snapshot, journal };
