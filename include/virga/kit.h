/* The kit: migrations from the schema, as a library. The command `virga` is made of these
 * calls; a program may make them itself. Link with -lvirga-kit (pkg-config virga-kit).
 *
 *     vg_kit *kit;
 *     vg_kit_generated made;
 *     if (vg_kit_open(&kit, &(vg_kit_config){.out = "migrations"}) ||
 *         vg_kit_generate(kit, &blog, NULL, &made))
 *         fprintf(stderr, "%s\n", vg_kit_error(kit));
 *     else
 *         puts(made.changed ? made.path : "No schema changes, nothing to migrate");
 *     vg_kit_close(kit);
 *
 * The folder is that of drizzle-kit 0.31, and both tools may work on it in turn. Nothing here
 * prints or asks. A kit serves one thread at a time; what its calls hand out lives in it, until
 * vg_kit_close. */
#pragma once
#pragma GCC system_header
#include <virga/handle.h>
#include <virga/schema.h>

VG_BEGIN_DECLS

typedef struct vg_kit vg_kit;

/* What a migration's file name begins with. */
typedef enum vg_kit_prefix {
    VG_KIT_INDEX,     /* 0000 */
    VG_KIT_TIMESTAMP, /* 20261121081534, UTC */
    VG_KIT_SUPABASE,  /* the same */
    VG_KIT_UNIX,      /* seconds */
    VG_KIT_NONE       /* nothing: "_name.sql"; drizzle-kit then sees no snapshot */
} vg_kit_prefix;

/* A list of texts. */
typedef struct vg_kit_texts {
    const char *const *data;
    size_t len;
} vg_kit_texts;

/* How a kit works; all zero is a good choice. Texts must live as long as the kit. */
typedef struct vg_kit_config {
    const char *dialect; /* NULL: "sqlite" */
    const char *out;     /* the folder; NULL: "migrations" */
    vg_kit_prefix prefix;
    bool no_breakpoints; /* no "--> statement-breakpoint" between statements */
    const char *table;   /* of applied migrations; NULL: "__drizzle_migrations" */
    vg_kit_texts tables_filter; /* globs, "!x" takes away; none: all tables */
    vg_allocator allocator;     /* zeroed: the C library */
    /* For tests: the clock in milliseconds since 1970, and random bytes. NULL: the system's. */
    int64_t (*now_ms)(void *ctx);
    void (*random)(void *ctx, void *bytes, size_t len);
    void *ctx;
} vg_kit_config;

/* Make a kit. `config` may be NULL. VG_UNSUPPORTED: no such dialect. *kit has the error's text;
 * close it either way (NULL when VG_NO_MEMORY). */
VG_API int vg_kit_open(vg_kit **kit, const vg_kit_config *config);
/* Forget it and all that it handed out. NULL is ignored. */
VG_API void vg_kit_close(vg_kit *kit);
/* What went wrong in the last call, perhaps several lines; "" if it succeeded. */
VG_API const char *vg_kit_error(const vg_kit *kit);

VG_END_DECLS
