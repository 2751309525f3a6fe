/* What is said in channels. SPDX-License-Identifier: MIT */
#pragma once
#include "pages.h"

// clang-format off
TABLE(messages,
    COLUMN(id,         TEXT,      PRIMARY_KEY, DEFAULT_FN(vg_default_cuid2)),
    COLUMN(page_id,    TEXT,      NOT_NULL, REFERENCES(pages, id, ON_DELETE(CASCADE))),
    COLUMN(author_id,  TEXT,      REFERENCES(users, id, ON_DELETE(SET_NULL))),
    COLUMN(body,       TEXT,      NOT_NULL),
    COLUMN(reactions,  JSONB,     NOT_NULL, DEFAULT("{}")),
    COLUMN(created_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    INDEX(messages_page_idx, page_id, created_at, id),
    CHECK(messages_body, "length(body) between 1 and 4000"))
// clang-format on
