/* Spaces, which hold pages, and who belongs to them. SPDX-License-Identifier: MIT */
#pragma once
#include "auth.h"

// clang-format off
ENUM(member_role,
    VALUE(MEMBER_OWNER, "owner"), VALUE(MEMBER_EDITOR, "editor"),
    VALUE(MEMBER_READER, "reader"))

TABLE(spaces,
    COLUMN(id,         TEXT,      PRIMARY_KEY, DEFAULT_FN(vg_default_cuid2)),
    COLUMN(owner_id,   TEXT,      NOT_NULL, REFERENCES(users, id, ON_DELETE(CASCADE))),
    COLUMN(name,       TEXT,      NOT_NULL),
    COLUMN(slug,       TEXT,      NOT_NULL),
    COLUMN(created_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    UNIQUE(spaces_owner_slug, owner_id, slug))

TABLE(members,
    COLUMN(space_id, TEXT, NOT_NULL, REFERENCES(spaces, id, ON_DELETE(CASCADE))),
    COLUMN(user_id,  TEXT, NOT_NULL, REFERENCES(users, id, ON_DELETE(CASCADE))),
    COLUMN(role,     PG_ENUM(member_role), NOT_NULL, DEFAULT(MEMBER_READER)),
    PRIMARY_KEY(space_id, user_id),
    INDEX(members_user_idx, user_id))
// clang-format on
