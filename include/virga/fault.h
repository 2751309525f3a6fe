/* Faults: make statements, commits and allocations fail on purpose, so that a program can
 * test what it does then. For a connection that was opened with options.faults:
 *
 *     VG_FOR_EACH_FAULT(db, n) {
 *         int rc = transfer(db, 1, 2, 50);
 *         bool failed = vg_fault_stop(db);
 *         assert(failed == (rc != VG_OK));
 *         assert(money(db) == before);
 *     }
 *
 * A fault is one failure: nothing is sent to the database, the call returns the code, the
 * message says that it was injected. What takes back (ROLLBACK and its like) never fails so.
 * The same runs give the same faults: there is no clock and no shared state in it. */
#pragma once
#pragma GCC system_header
#include <virga/handle.h>

VG_BEGIN_DECLS

/* Where faults strike; bits. */
typedef enum vg_fault_point {
    VG_FAULT_STATEMENT = 1, /* before a statement runs, BEGIN and savepoints included */
    VG_FAULT_COMMIT = 2, /* before COMMIT; the transaction stays open, as with BUSY */
    VG_FAULT_ALLOCATION = 4, /* memory of the connection: VG_NO_MEMORY */
    VG_FAULT_ANY = 7
} vg_fault_point;

/* Which of them. All zero: the first statement or commit fails with VG_IO. */
typedef struct vg_fault {
    unsigned at;    /* vg_fault_point bits; 0: STATEMENT and COMMIT */
    uint64_t nth;   /* the n-th that matches, from 1; 0: the first */
    bool all_after; /* and all that follow it; else it is the only one */
    double chance;  /* above 0: each that matches, by lot, instead of nth */
    uint64_t seed;  /* of the lots; the same seed, the same faults */
    const char
        *here; /* only calls from here: "file.c:12", "file.c", the end of a path */
    const char *table; /* only statements whose text names this table */
    int delay_ms;      /* wait that long first */
    int code;          /* a vg_code; 0: VG_IO, or, with delay_ms, no failure */
} vg_fault;

/* Set the fault of a connection and count from here. Strings are borrowed until the next
 * vg_fault_set or vg_fault_stop. VG_MISUSE without options.faults.
 *     vg_fault_set(db, &(vg_fault){.at = VG_FAULT_COMMIT, .code = VG_BUSY}); */
VG_API int vg_fault_set(vg_db *db, const vg_fault *fault);

/* No more faults. Whether there was one since vg_fault_set. */
VG_API bool vg_fault_stop(vg_db *db);

/* How often a fault has struck, and how many points have matched, since vg_fault_set. */
VG_API uint64_t vg_fault_struck(const vg_db *db);
VG_API uint64_t vg_fault_passed(const vg_db *db);

/* Runs the block with a fault at the first point, the second, and so on, until one time
 * there was none to strike. `n` counts from 1. Call vg_fault_stop in the block, after what
 * is tested and before looking at what it did. The second takes a fault, whose `nth` is
 * set each time. Leave by break only after vg_fault_stop. */
#define VG_FOR_EACH_FAULT(db, n) \
    VG_FOR_EACH_FAULT_OF(db, n, ((vg_fault){VG_FAULT_ANY, 0, 0, 0, 0, 0, 0, 0, 0}))
#define VG_FOR_EACH_FAULT_OF(db, n, fault) \
    for (uint64_t n = 0; vg_fault_next((db), &n, (fault));)

/* Behind the macros. */
VG_API bool vg_fault_next(vg_db *db, uint64_t *n, vg_fault fault);

VG_END_DECLS
