/* What people put onto pages: tags and stars. SPDX-License-Identifier: MIT */
#pragma once
#include "pages.h"

// clang-format off
TABLE(tags,
    COLUMN(id,       TEXT, PRIMARY_KEY, DEFAULT_FN(vg_default_cuid2)),
    COLUMN(space_id, TEXT, NOT_NULL, REFERENCES(spaces, id, ON_DELETE(CASCADE))),
    COLUMN(name,     TEXT, NOT_NULL),
    UNIQUE(tags_space_name, space_id, name))

TABLE(page_tags,
    COLUMN(page_id, TEXT, NOT_NULL, REFERENCES(pages, id, ON_DELETE(CASCADE))),
    COLUMN(tag_id,  TEXT, NOT_NULL, REFERENCES(tags, id, ON_DELETE(CASCADE))),
    PRIMARY_KEY(page_id, tag_id),
    INDEX(page_tags_tag_idx, tag_id))

TABLE(stars,
    COLUMN(user_id,    TEXT,      NOT_NULL, REFERENCES(users, id, ON_DELETE(CASCADE))),
    COLUMN(page_id,    TEXT,      NOT_NULL, REFERENCES(pages, id, ON_DELETE(CASCADE))),
    COLUMN(starred_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    PRIMARY_KEY(user_id, page_id))
// clang-format on
