// The command `virga`, as a user runs it: one process for each call.
'use strict';
const { execFile } = require('child_process');

let command, include;

function load(path, headers) {
    command = path;
    include = headers;
}

// { code, out, err } of `virga ARGUMENTS...`; a call that takes half a minute has failed.
function run(args, options) {
    return new Promise((resolve) => {
        execFile(command, args, { timeout: 30000, maxBuffer: 1 << 26, ...options }, (error, out, err) =>
            resolve({ code: error ? error.code ?? error.signal : 0, out, err }));
    });
}

// The same, which must succeed: what it printed.
async function done(args, options) {
    const r = await run(args, options);
    if (r.code !== 0) throw new Error(`virga ${args.join(' ')}: status ${r.code}\n${r.out}${r.err}`);
    return r.out;
}

const of_schema = (header) => ['--schema', header, '-I', include, '--cflags', '-Wno-unused-function'];

const generate_args = (header, out, { name, breakpoints, prefix, renames, creates, custom, dialect, said } = {}) => [
    'generate', ...of_schema(header), '--out', out,
    ...(name ? ['--name', name] : []),
    ...(dialect ? ['--dialect', dialect] : []),
    ...(said ?? []).flatMap((r) => ['--rename', r]),
    ...(prefix ? ['--prefix', prefix] : []),
    ...(breakpoints === false ? ['--no-breakpoints'] : []),
    ...(custom ? ['--custom'] : []),
    ...(renames ?? []).flatMap((r) => ['--rename', r.table ? `${r.table}.${r.from}=${r.table}.${r.to}` : `${r.from}=${r.to}`]),
    ...(creates ?? []).flatMap((c) => ['--create', c]),
];
const generate = (header, out, options) => done(generate_args(header, out, options));

// JSON.parse of what `generate` says, without writing anything if there is nothing to write.
const asked = async (header, out) => {
    const r = await run([...generate_args(header, out), '--output', 'json']);
    return { code: r.code, answer: r.out ? JSON.parse(r.out) : undefined, err: r.err };
};

const nothing = /No schema changes, nothing to migrate/;

module.exports = {
    load, run, done, of_schema, generate, asked, nothing,
    headers: () => include,
    migrate: (file, out) => done(['migrate', '--out', out, '--url', file]),
    status: (file, out) => run(['status', '--out', out, '--url', file, '--output', 'json']),
    export_sql: (header) => done(['export', ...of_schema(header)]),
    push: (header, file, more) => done(['push', ...of_schema(header), '--url', file, '--force', ...(more ?? [])]),
    pull: (file, out, more) => done(['pull', '--url', file, '--out', out, ...(more ?? [])]),
    check: (out) => run(['check', '--out', out]),
    up: (out) => done(['up', '--out', out]),
};
