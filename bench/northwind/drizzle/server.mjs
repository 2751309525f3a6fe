// The routes over HTTP, by node's own server, in as many processes as it is told to:
//
//     node server.mjs URL [WORKERS]
//
// Prints "listening on PORT" once all of them do, and ends on SIGTERM.
import cluster from 'node:cluster';
import http from 'node:http';
import { open, routes } from './routes.mjs';

const url = process.argv[2];
const workers = Number(process.argv[3] ?? 2);

if (cluster.isPrimary) {
    let listening = 0;
    for (let i = 0; i < workers; i++)
        cluster.fork();
    cluster.on('listening', (worker, address) => { // the same port for all
        if (++listening === workers)
            console.log(`listening on ${address.port}`);
    });
    cluster.on('exit', (worker, code) => code && process.exit(code));
    process.on('SIGTERM', () => {
        for (const worker of Object.values(cluster.workers))
            worker.process.kill();
        process.exit(0);
    });
} else {
    const answers = routes(await open(url));
    const server = http.createServer(async (request, response) => {
        const at = request.url.indexOf('?');
        const answer = answers[at < 0 ? request.url : request.url.slice(0, at)];
        if (!answer) {
            response.writeHead(404).end();
            return;
        }
        try {
            const rows = await answer(new URLSearchParams(request.url.slice(at + 1)));
            const body = JSON.stringify(rows ?? null);
            response.writeHead(200, {
                'content-type': 'application/json',
                'content-length': Buffer.byteLength(body),
            });
            response.end(body);
        } catch (e) {
            console.error(request.url, e.message);
            response.writeHead(500).end();
        }
    });
    server.keepAliveTimeout = 60000;
    server.listen(0, '127.0.0.1');
    process.on('SIGTERM', () => process.exit(0));
}
