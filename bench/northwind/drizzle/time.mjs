// Times the routes as library calls:
//
//     node time.mjs URL SECONDS
//
// prints a line for each: its path, a tab, nanoseconds for a call, the median of slices of some
// milliseconds in SECONDS; of processor time with SQLite (that of all of node's threads), by
// the clock with PostgreSQL.
import { open, routes } from './routes.mjs';

const [url, seconds] = [process.argv[2], Number(process.argv[3])];
const by_clock = url.startsWith('postgres');
const slice_ns = by_clock ? 20e6 : 5e6;

// How many ids or pages there are to ask for, as in ../routes.h.
const counts = {
    '/customers': 200, '/customer-by-id': 10000, '/search-customer': 100, '/employees': 10,
    '/employee-with-recipient': 200, '/suppliers': 20, '/supplier-by-id': 1000, '/products': 20,
    '/product-with-supplier': 5000, '/search-product': 100, '/orders-with-details': 16,
    '/orders-page-with-details': 16, '/order-with-details': 50000,
    '/order-with-details-and-products': 50000, '/orders-as-trees': 16,
};

function now() {
    if (by_clock)
        return Number(process.hrtime.bigint());
    const { user, system } = process.cpuUsage();
    return (user + system) * 1000;
}

let dice = 20261121;
function random(below) { // Park and Miller's
    dice = (dice * 48271) % 2147483647;
    return dice % below;
}

function question(path) {
    const n = random(counts[path]);
    const limit = path === '/employees' ? 20 : 50;
    return new Map(Object.entries({ id: n + 1, limit, offset: n * limit, term: 100 + n }));
}

const database = await open(url);
for (const [path, answer] of Object.entries(routes(database))) {
    const slice = async (ops) => {
        const asked = Array.from({ length: ops }, () => question(path));
        const begin = now();
        for (const a of asked)
            await answer(a);
        return now() - begin;
    };
    let ops = 1;
    const warm = performance.now() + 300; // until it is compiled
    while (performance.now() < warm)
        await slice(10);
    while (await slice(ops) < slice_ns)
        ops *= 2;
    const times = [];
    const end = performance.now() + seconds * 1000;
    do
        times.push(await slice(ops) / ops);
    while (performance.now() < end);
    times.sort((a, b) => a - b);
    console.log(`${path}\t${times[Math.floor(times.length / 2)].toFixed(0)}`);
}
database.close();
