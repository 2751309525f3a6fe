/* What a check has seen so far, for those who look on. */
#pragma once
#include "kit/folder.h"

typedef struct vgk_findings {
    vg_kit_finding *data;
    size_t len;
} vgk_findings;

typedef struct vgk_checking {
    vg_kit *kit;
    vgk_file file; /* the journal's */
    vgk_journal journal;
    vgk_snapshot last; /* of those in the journal */
    vgk_findings findings;
    size_t errors;
    bool incomplete; /* a file is missing or cannot be read: nothing can be replayed */
    bool stale;      /* the last migration has no snapshot to compare with */
} vgk_checking;

/* Note something; `file` lives as long as the kit. */
void vgk_find(vgk_checking *checking, vg_kit_severity severity, const char *file,
              size_t line, const char *format, ...) VG_PRINTF(5, 6);

/* Note the error of the last stage, which began with the file's path and perhaps a line. */
void vgk_find_text(vgk_checking *checking, vg_kit_severity severity, const char *path,
                   const char *text);

/* Apply all migrations to an empty database, and compare it with the last snapshot. */
int vgk_check_replay(vgk_checking *checking);
