/* Pages: folders, documents and channels, in a tree. SPDX-License-Identifier: MIT */
#pragma once
#include "spaces.h"

/* pages.c: the time of a change, which each UPDATE writes by itself. */
vg_value page_touched(char room[VG_DEFAULT_ROOM]);

// clang-format off
ENUM(page_kind,
    VALUE(PAGE_FOLDER, "FOLDER"), VALUE(PAGE_DOCUMENT, "DOCUMENT"),
    VALUE(PAGE_CHANNEL, "CHANNEL"))

TABLE_LATER(pages)
TABLE(pages,
    COLUMN(id,         TEXT,      PRIMARY_KEY, DEFAULT_FN(vg_default_cuid2)),
    COLUMN(space_id,   TEXT,      NOT_NULL, REFERENCES(spaces, id, ON_DELETE(CASCADE))),
    COLUMN(parent_id,  TEXT,      REFERENCES_LATER(pages, id, ON_DELETE(CASCADE))),
    COLUMN(kind,       PG_ENUM(page_kind), NOT_NULL),
    COLUMN(title,      TEXT,      NOT_NULL),
    COLUMN(content,    TEXT,      NOT_NULL, DEFAULT("")),
    COLUMN(props,      JSONB,     NOT_NULL, DEFAULT("{}")),
    COLUMN(position,   REAL,      NOT_NULL),    /* between its neighbours: a move is one row */
    COLUMN(trashed_at, TIMESTAMP),
    COLUMN(created_by, TEXT,      REFERENCES(users, id, ON_DELETE(SET_NULL))),
    COLUMN(created_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    COLUMN(updated_at, TIMESTAMP, NOT_NULL, ON_UPDATE_FN(page_touched)),
    INDEX(pages_parent_idx, parent_id, position),
    INDEX_WHERE(pages_live_idx, "trashed_at is null", space_id),
    INDEX_ON(pages_words_idx, ON_USING("gin"),
             ON_SQL("to_tsvector('simple', title || ' ' || content)")))

TABLE(mentions,
    COLUMN(source_id, TEXT, NOT_NULL, REFERENCES(pages, id, ON_DELETE(CASCADE))),
    COLUMN(target_id, TEXT, NOT_NULL, REFERENCES(pages, id, ON_DELETE(CASCADE))),
    PRIMARY_KEY(source_id, target_id),
    INDEX(mentions_target_idx, target_id))
// clang-format on
