/* Runs the workloads of raw.c against those of virga.c.
 *
 *     bench [--data FILE] [--only NAME] [--seconds S]
 *         check that both sides give the same answers, then measure them in turn and
 *         print, per workload, the median ratio of CPU times
 *     bench [--data FILE] --only NAME --side raw|virga --ops N
 *         run N ops of one side and nothing else, inside measure_ops(): callgrind
 *         counts there alone (--toggle-collect): set-up and warming are left out
 *     bench [--data FILE] --faster NAME --than NAME
 *         for each side how many times as fast the first workload is as the second: the
 *         median of neighbours, by hand and with Virga
 *     bench --list
 *         per workload its name, its bar on instructions, the ops worth counting under
 *         callgrind, and into how many units the figures of an op are divided
 *     bench --check
 *         only check the answers
 *
 * The data set is made at FILE (bench.db; of bench_postgres a URL) if it is not there. Times
 * are CPU time of the process, with a server the clock's; slices of a few ms of the two sides
 * alternate, and each ratio is between neighbours, so a change of the core's speed hits both. */
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_PAIRS = 400, MIN_PAIRS = 5 };

struct settings {
    const char *data, *only, *side, *faster, *than;
    double seconds; /* spent on one workload */
    long ops;
    bool list, check;
};

/* One side of one workload, ready to run. */
struct runner {
    const struct workload *w;
    void *state;
    uint64_t op; /* the next op's number */
};

/* Not static and never inlined: callgrind finds it by name. */
uint64_t measure_ops(struct runner *r, unsigned ops);

__attribute__((noinline)) uint64_t measure_ops(struct runner *r, unsigned ops)
{
    uint64_t rows = 0;
    for (unsigned i = 0; i < ops; i++)
        rows += r->w->run(r->state, r->op++);
    return rows;
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(suite.clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static const struct workload *find(const struct side *side, const char *name)
{
    for (const struct workload *w = side->workloads; w->name; w++) {
        if (strcmp(w->name, name) == 0)
            return w;
    }
    for (const struct workload *w = side->more; w && w->name; w++) {
        if (strcmp(w->name, name) == 0)
            return w;
    }
    die("the %s side has no workload \"%s\"", side->name, name);
}

static struct runner start(const struct side *side, const struct plan *plan,
                           const char *data)
{
    char room[4096];
    struct runner r = {.w = find(side, plan->name)};
    r.state = r.w->setup(suite.place(data, side->name, room));
    return r;
}

static void stop(struct runner *r)
{
    r->w->teardown(r->state);
}

/* One slice: seconds per op. */
static double slice(struct runner *r, unsigned ops)
{
    if (r->w->empty)
        r->w->empty(r->state);
    double begin = seconds_now();
    measure_ops(r, ops);
    return (seconds_now() - begin) / ops;
}

/* Ops in a slice. */
static unsigned slice_ops(struct runner *r, const struct plan *plan)
{
    unsigned ops = 1;
    while (ops < plan->longest && slice(r, ops) * ops < suite.slice_seconds)
        ops *= 2;
    return ops < plan->longest ? ops : plan->longest;
}

/* Both sides run the same ops; every answer must agree. */
static void check_answers(struct runner *raw, struct runner *virga,
                          const struct plan *plan)
{
    if (raw->w->empty)
        raw->w->empty(raw->state);
    if (virga->w->empty)
        virga->w->empty(virga->state);
    for (unsigned i = 0; i < plan->check; i++) {
        uint64_t a = measure_ops(raw, 1), b = measure_ops(virga, 1);
        if (a != b)
            die("%s, op %u: raw has %llu rows, virga %llu", plan->name, i,
                (unsigned long long)a, (unsigned long long)b);
        a = raw->w->checksum(raw->state);
        b = virga->w->checksum(virga->state);
        if (a != b)
            die("%s, op %u: same number of rows, but different answers (%016llx, "
                "%016llx)",
                plan->name, i, (unsigned long long)a, (unsigned long long)b);
    }
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return count % 2 ? values[count / 2]
                     : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static uint64_t allocations(void)
{
    return virga_side.allocations ? virga_side.allocations() : 0;
}

static void print_row(const struct plan *plan, double ratio, double raw_seconds,
                      size_t pairs, double allocations_per_op)
{
    char count[32] = "-";
    if (virga_side.allocations)
        snprintf(count, sizeof count, "%.6g", allocations_per_op);
    printf("%-18s %8.3f %14.0f %8zu %12s\n", plan->name, ratio,
           raw_seconds * 1e9 / plan->units, pairs, count);
    fflush(stdout);
}

/* Slices of both sides in turn until the time is over. */
static void measure(struct runner *raw, struct runner *virga, const struct plan *plan,
                    double seconds)
{
    static double ratios[MAX_PAIRS], times[MAX_PAIRS];
    unsigned ops = slice_ops(raw, plan);
    slice(virga, ops); /* warm at this size too */
    uint64_t allocated = 0;
    size_t pairs = 0;
    double end = seconds_now() + seconds;
    while (pairs < MIN_PAIRS || (pairs < MAX_PAIRS && seconds_now() < end)) {
        times[pairs] = slice(raw, ops);
        uint64_t before = allocations();
        double time = slice(virga, ops);
        allocated += allocations() - before;
        ratios[pairs] = time / times[pairs];
        pairs++;
    }
    print_row(plan, median(ratios, pairs), median(times, pairs), pairs,
              (double)allocated / ((double)pairs * ops));
}

static void compare_sides(const struct plan *plan, const struct settings *s)
{
    struct runner raw = start(&raw_side, plan, s->data);
    struct runner virga = start(&virga_side, plan, s->data);
    check_answers(&raw, &virga, plan);
    if (s->check) {
        printf("%-18s same answers\n", plan->name);
    } else {
        measure_ops(&raw, plan->warm);
        measure_ops(&virga, plan->warm);
        measure(&raw, &virga, plan, s->seconds);
    }
    stop(&raw);
    stop(&virga);
}

/* Slices of one op of the two workloads in turn; the median of slow / fast. */
static double times_as_fast(const struct side *side, const struct settings *s)
{
    enum { WARM = 50, PAIRS = 200 };
    static double ratios[PAIRS];
    struct plan fast_plan = {.name = s->faster}, slow_plan = {.name = s->than};
    struct runner fast = start(side, &fast_plan, s->data);
    struct runner slow = start(side, &slow_plan, s->data);
    for (int i = -WARM; i < PAIRS; i++) {
        double time = slice(&slow, 1), ratio = time / slice(&fast, 1);
        if (i >= 0)
            ratios[i] = ratio;
    }
    stop(&fast);
    stop(&slow);
    return median(ratios, PAIRS);
}

static void compare_workloads(const struct settings *s)
{
    double raw = times_as_fast(&raw_side, s), virga = times_as_fast(&virga_side, s);
    printf("%s %.2f %.2f\n", s->faster, raw, virga);
}

/* For callgrind. What is counted are the very ops that warmed the caches, so that no
 * page is read and no statement prepared inside measure_ops. */
static void run_one_side(const struct plan *plan, const struct settings *s)
{
    const struct side *side = strcmp(s->side, "raw") == 0 ? &raw_side : &virga_side;
    struct runner r = start(side, plan, s->data);
    if (r.w->empty)
        r.w->empty(r.state);
    for (unsigned i = 0; i < plan->warm; i++)
        r.w->run(r.state, r.op++);
    if (r.w->empty)
        r.w->empty(r.state);
    r.op = 0;
    uint64_t before = allocations();
    uint64_t rows = measure_ops(&r, (unsigned)s->ops);
    printf("%s %s: %ld ops, %llu rows, %llu allocations\n", plan->name, side->name,
           s->ops, (unsigned long long)rows,
           (unsigned long long)(allocations() - before));
    stop(&r);
}

static void usage(void)
{
    die("usage: bench [--data FILE] [--only NAME] [--seconds S] [--list] [--check] "
        "[--side raw|virga --ops N] [--faster NAME --than NAME]");
}

static struct settings parse(int argc, char **argv)
{
    struct settings s = {.data = "bench.db", .seconds = 2};
    for (int i = 1; i < argc; i++) {
        const char *option = argv[i];
        if (strcmp(option, "--list") == 0) {
            s.list = true;
            continue;
        }
        if (strcmp(option, "--check") == 0) {
            s.check = true;
            continue;
        }
        const char *value = i + 1 < argc ? argv[++i] : NULL;
        if (!value)
            usage();
        if (strcmp(option, "--data") == 0)
            s.data = value;
        else if (strcmp(option, "--only") == 0)
            s.only = value;
        else if (strcmp(option, "--side") == 0)
            s.side = value;
        else if (strcmp(option, "--faster") == 0)
            s.faster = value;
        else if (strcmp(option, "--than") == 0)
            s.than = value;
        else if (strcmp(option, "--ops") == 0)
            s.ops = strtol(value, NULL, 10);
        else if (strcmp(option, "--seconds") == 0)
            s.seconds = strtod(value, NULL);
        else
            usage();
    }
    bool known = !s.side || strcmp(s.side, "raw") == 0 || strcmp(s.side, "virga") == 0;
    known &= !s.faster == !s.than;
    if (!known || (s.side && (!s.only || s.ops < 1 || s.ops > 100000000)))
        usage();
    return s;
}

int main(int argc, char **argv)
{
    struct settings s = parse(argc, argv);
    if (!s.list)
        suite.prepare(s.data);
    if (s.faster) {
        compare_workloads(&s);
        return 0;
    }
    if (!s.list && !s.check && !s.side)
        printf("%-18s %8s %14s %8s %12s\n", "workload", "time", "raw_ns", "pairs",
               "allocations");
    bool found = false;
    for (const struct plan *plan = suite.plans; plan->name; plan++) {
        if (s.only && strcmp(s.only, plan->name) != 0)
            continue;
        found = true;
        if (s.list)
            printf("%s %.2f %u %u\n", plan->name, plan->bar, plan->ops, plan->units);
        else if (s.side)
            run_one_side(plan, &s);
        else
            compare_sides(plan, &s);
    }
    if (!found)
        die("no workload is called \"%s\"", s.only);
    return 0;
}
