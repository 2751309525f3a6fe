// The real drizzle-kit, in this process: one start instead of a thousand. Its bundle ends in
// `run([generate, migrate, ...])`, the command line; here that call is replaced by an export
// of the commands, so every byte they read and write is theirs. run.js proves on some pairs
// that the command line gives the same bytes.
//
// The questions about renames are answered by a list: { table, from, to }, where `table` is
// undefined for tables themselves and views. What the list does not name is created.
'use strict';
const fs = require('fs');
const path = require('path');

class Exit extends Error {
    constructor(code) {
        super(`drizzle-kit called exit(${code})`);
        this.code = code;
    }
}

const call = /^run\(\[generate, migrate, pull, push, studio, up, check, drop, exportRaw, \.\.\.legacy\], \{\n  name: "drizzle-kit",\n  version: version2\n\}\);$/m;
const commands =
    'module.exports = { generate, migrate, pull, push, up, check, drop, exportRaw, hanji: require_hanji() };';

let kit;
function load(modules) {
    const folder = path.join(modules, 'drizzle-kit');
    const inside = path.join(folder, 'inside.cjs');
    if (!fs.existsSync(inside)) {
        const bundle = fs.readFileSync(path.join(folder, 'bin.cjs'), 'utf8');
        if (!call.test(bundle))
            throw new Error('drizzle-kit/bin.cjs does not end as that of 0.31.6');
        fs.writeFileSync(inside, bundle.replace(call, commands));
    }
    kit = require(inside);
    kit.hanji.render = answer;
}

let renames = [];
let undecided; // what was asked and not named by `renames`

function rename_named(table, from, to) {
    return renames.some((r) => r.table === table && r.from === from && r.to === to);
}

// What drizzle-kit hands to its terminal: a line to print, or a choice.
async function answer(view) {
    if (typeof view === 'string') {
        console.log(view);
        return;
    }
    const items = view.state?.items ?? view.data?.items;
    if (!view.base) throw new Error('drizzle-kit asks what nobody expected: ' + view.render('idle'));
    let chosen = items.findIndex(
        (i) => i.from && rename_named(view.tableName, i.from.name, i.to.name));
    if (chosen < 0) {
        undecided.push(view.base.name);
        chosen = items.findIndex((i) => !i.from);
    }
    return { status: 'submitted', data: items[chosen] };
}

async function run_now(name, options, decisions) {
    const printed = [];
    const keep = { log: console.log, error: console.error, exit: process.exit, write: process.stdout.write };
    const print = (...args) => printed.push(args.map((a) => a instanceof Error ? a.stack : String(a)).join(' '));
    renames = decisions || [];
    undecided = [];
    let code = 0;
    console.log = console.error = print;
    process.stdout.write = () => true; // its progress bars
    process.exit = (status) => {
        code = status ?? 0;
        throw new Exit(code);
    };
    try {
        await kit[name].handler(await kit[name].transform(options));
    } catch (e) {
        if (!(e instanceof Exit)) throw e;
    } finally {
        console.log = keep.log;
        console.error = keep.error;
        process.exit = keep.exit;
        process.stdout.write = keep.write;
    }
    // eslint-disable-next-line no-control-regex
    return { code, text: printed.join('\n').replace(/\x1b\[[0-9;]*m/g, ''), undecided };
}

// Run a command with its options as on the command line; what it printed, without colours.
// One at a time, since it thinks that the process is its own.
let last = Promise.resolve();
function run(name, options, decisions) {
    const made = last.then(() => run_now(name, options, decisions));
    last = made.catch(() => undefined);
    return made;
}

const sqlite = (options) => ({ dialect: 'sqlite', ...options });

// Generate into `out` from a schema file. breakpoints, casing, name, custom as on its line.
function generate(schema, out, options, decisions) {
    return run('generate', sqlite({ prefix: 'index', custom: false, breakpoints: true, schema, out, ...options }), decisions);
}
const check = (out) => run('check', sqlite({ out }));
const up = (out) => run('up', sqlite({ out }));
const pull = (out, url) => run('pull', sqlite({ out, url, breakpoints: true }));
const push = (schema, url, options, decisions) =>
    run('push', sqlite({ schema, url, strict: false, verbose: true, force: true, ...options }), decisions);
const export_sql = (schema) => run('exportRaw', sqlite({ schema, sql: true }));

module.exports = { load, run, generate, check, up, pull, push, export_sql };
