// That drizzle-kit in this process (drizzle.js) is drizzle-kit: its command line, started as a
// user starts it, gives the same bytes. And drizzle-kit's command `migrate` on Virga's folder.
'use strict';
const fs = require('fs');
const path = require('path');
const assert = require('assert');
const { execFileSync } = require('child_process');
const drizzle = require('./drizzle.js');
const virga = require('./virga.js');
const database = require('./database.js');
const pairs = require('./pairs.js');

const bin = (build) => path.join(build, 'node_modules/drizzle-kit/bin.cjs');
const environment = { ...process.env, CI: '', NO_COLOR: '1' };

function command_line(build, args) {
    return execFileSync(process.execPath, [bin(build), ...args],
        { encoding: 'utf8', timeout: 60000, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
}

// The same on a terminal, with these keys pressed.
const terminal = `
import os, pty, select, sys, time
keys = sys.argv[1].encode().decode("unicode_escape").encode()
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
seen, sent, end = b"", False, time.time() + 60
while time.time() < end:
    if select.select([fd], [], [], 0.2)[0]:
        try:
            more = os.read(fd, 4096)
        except OSError:
            break
        if not more:
            break
        seen += more
    elif not sent and b"renamed from another" in seen:
        os.write(fd, keys)
        sent = True
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

function same_folder(a, b) {
    for (const name of fs.readdirSync(a).filter((n) => /\d+_\w+\.sql$/.test(n)))
        assert.strictEqual(fs.readFileSync(path.join(b, name), 'utf8'), fs.readFileSync(path.join(a, name), 'utf8'), name);
    const snapshots = (f) => fs.readdirSync(path.join(f, 'meta')).filter((n) => !n.startsWith('_'))
        .map((n) => pairs.read(path.join(f, 'meta', n)).replace(/"(id|prevId)": ".*"/g, '"$1"'));
    assert.deepStrictEqual(snapshots(b), snapshots(a));
    const entries = (f) => pairs.journal(f).entries.map((e) => ({ ...e, when: 0 }));
    assert.deepStrictEqual(entries(b), entries(a));
}

const line = (pair, step, out) => ['generate', '--dialect', 'sqlite', '--schema', step.ts, '--out', out, '--name', 'step',
    ...(pair.options.casing ? ['--casing', pair.options.casing] : []),
    ...('breakpoints' in pair.options ? [`--breakpoints=${pair.options.breakpoints}`] : [])];

async function in_this_process(pair, out) {
    for (const step of pair.steps)
        await drizzle.generate(step.ts, out, { ...pair.options, name: 'step' }, step.renames);
}

module.exports = {
    // The two schemas of docs/drizzle.md are one.
    async the_document(folder) {
        const document = fs.readFileSync(path.join(__dirname, '../../docs/drizzle.md'), 'utf8');
        const block = (language) => document.match(new RegExp('```' + language + '\\n([^]*?)```'))[1];
        fs.writeFileSync(folder + '/schema.ts', block('ts'));
        fs.writeFileSync(folder + '/schema.h', block('c'));
        await drizzle.generate(folder + '/schema.ts', folder + '/d', { name: 'init' });
        await virga.generate(folder + '/schema.h', folder + '/v', { name: 'init' });
        same_folder(folder + '/d', folder + '/v');
        assert.strictEqual(pairs.read(folder + '/d/0000_init.sql').trimEnd(), block('sql').trimEnd());
    },

    async drizzle_kit_started_by_a_user(folder, { pairs: all, build }) {
        for (const name of ['create_tables_indexes', 'index_expression', 'casing_snake', 'breakpoints_off']) {
            const pair = pairs.load(path.join(all, name));
            const a = path.join(folder, name + '_line'), b = path.join(folder, name);
            for (const step of pair.steps) command_line(build, line(pair, step, a));
            await in_this_process(pair, b);
            same_folder(a, b);
        }
    },

    async drizzle_kit_asked_on_a_terminal(folder, { pairs: all, build }) {
        const pair = pairs.load(path.join(all, 'rename_column'));
        const a = path.join(folder, 'line'), b = path.join(folder, 'inside');
        command_line(build, line(pair, pair.steps[0], a));
        execFileSync('python3', ['-c', terminal, '\\x1b[B\\r', process.execPath, bin(build), ...line(pair, pair.steps[1], a)],
            { timeout: 90000, env: environment });
        await in_this_process(pair, b);
        same_folder(a, b);
    },

    async drizzle_kit_migrates_what_virga_made(folder, { pairs: all, build }) {
        const pair = pairs.load(path.join(all, 'everything_at_once'));
        const out = path.join(folder, 'out'), file = path.join(folder, 'a.db');
        const config = path.join(folder, 'drizzle.config.json');
        fs.writeFileSync(config, JSON.stringify({ dialect: 'sqlite', out, dbCredentials: { url: file } }));
        for (const step of pair.steps) {
            await virga.generate(step.h, out, { name: 'step', renames: step.renames, creates: step.creates });
            assert.match(command_line(build, ['migrate', '--config', config]), /migrations applied successfully/);
        }
        const fresh = path.join(folder, 'fresh.db');
        database.run_sql(fresh, await virga.export_sql(pair.steps.at(-1).h));
        assert.deepStrictEqual(database.schema(file), database.schema(fresh));
        assert.match(command_line(build, ['check', '--dialect', 'sqlite', '--out', out]), /Everything's fine/);
    },
};
