/* What some databases offer beyond running one statement after the other. As with
 * vg_operations no driver points to its table, so that a program without these is linked
 * without them. A member that is NULL: the database has no such thing, and the core does
 * without it or refuses the call by name. */
#pragma once
#include "core/driver.h"
#include <virga/notify.h>

/* Messages of a pipeline, and what is answered to each. */
typedef enum vg_message {
    VG_MESSAGE_PREPARE,  /* a statement; then it is described */
    VG_MESSAGE_DESCRIBE, /* answered together with it */
    VG_MESSAGE_RUN,      /* a prepared statement */
    VG_MESSAGE_CONTROL,  /* SQL without parameters or rows */
    VG_MESSAGE_SYNC      /* the end of what stands or falls together */
} vg_message;

typedef enum vg_reply {
    VG_REPLY_NONE,    /* it has not come yet */
    VG_REPLY_RESULT,  /* the statement may be stepped, fetched and reset; or prepared */
    VG_REPLY_FAILED,  /* after vg__fail */
    VG_REPLY_SKIPPED, /* because one before it failed */
    VG_REPLY_END,     /* nothing more to this message */
    VG_REPLY_LOST     /* the connection is, after vg__fail */
} vg_reply;

/* Statements sent without waiting for the answers of those before them. */
typedef struct vg_pipeline {
    int (*begin)(vg_db *db);
    /* All is answered, or the connection lost. */
    void (*end)(vg_db *db);
    /* A statement has to be prepared anew before it can run. */
    bool (*stale)(void *native);
    /* *name is the statement's, for its DESCRIBE. */
    int (*prepare)(vg_db *db, const char *sql, unsigned *name);
    int (*run)(vg_db *db, void *native, const vg_param *params, size_t count);
    int (*control)(vg_db *db, const char *sql);
    int (*sync)(vg_db *db);
    /* Write what waits to be written: *all when nothing is left; read what has come. */
    int (*flush)(vg_db *db, bool *all);
    /* The next answer, to `what`; of a RUN for `native`; of a DESCRIBE *native is made. */
    vg_reply (*receive)(vg_db *db, vg_message what, const char *sql, unsigned name,
                        void **native);
    /* Until the descriptor is ready for `want` (VG_WANT_), or it is time to look at the
     * connection's limit, or that long; below 0: no matter how long. */
    int (*wait)(vg_db *db, unsigned want, int most_ms);
    int (*fd)(const vg_db *db);
} vg_pipeline;

/* What connections tell each other. */
typedef struct vg_notices {
    /* Hand over what has come, without waiting for more. */
    int (*read)(vg_db *db, void (*each)(vg_db *db, const vg_notification *n));
    const char *tell; /* SQL; ? the channel, ? the payload */
} vg_notices;

/* SQL of one boolean, by vg_lock_how; ? the key, before it in `take_within` ? milliseconds as
 * text, 0: however long. */
typedef struct vg_lock_words {
    const char *take_if_free[4], *take_within[4], *give_back[4];
} vg_lock_words;

/* COPY. */
typedef struct vg_copying {
    /* Rows as the parameters of an INSERT that is prepared. */
    int (*begin)(vg_db *db, const char *insert, void *native, void **copy);
    int (*row)(vg_db *db, void *copy, const vg_param *params);
    /* NULL, or structs that give the columns of the INSERT: how many of them, from the
     * first on, were written; the one after them is for `row`. */
    size_t (*structs)(vg_db *db, void *copy, const vg_structs *from, int *rc);
    /* `rc` other than VG_OK: it has failed already, give up. *row: which row a failure is
     * about, from 0; -1: not known. Frees `copy`. */
    int (*end)(vg_db *db, void *copy, int rc, int64_t *row);
    /* What `sql` sends, to `put`; what `get` yields to it, up to 0 bytes. Either ends when
     * the function fails. */
    int (*out)(vg_db *db, const char *sql,
               int (*put)(void *ctx, const char *bytes, size_t len), void *ctx);
    int (*in)(vg_db *db, const char *sql,
              int (*get)(void *ctx, char *bytes, size_t room, size_t *len), void *ctx,
              int64_t *line); /* of a failure, from 1; -1: not known */
    const char *options[3];   /* SQL behind COPY, by vg_copy_format */
} vg_copying;

typedef struct vg_services {
    const vg_copying *copying;
    const vg_pipeline *pipeline;
    const vg_notices *notices;
    const vg_lock_words *locks;
} vg_services;

/* The failure at hand is that of a row or line: say so before its message. */
void vg__say_where(vg_db *db, const char *what, int64_t number);

/* The services of a connection's driver; never NULL. */
const vg_services *vg__services_of(const vg_db *db);
