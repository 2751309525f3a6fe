/* Who may come in. SPDX-License-Identifier: MIT */
#pragma once
#include <virga/virga.h>

// clang-format off
TABLE(users,
    COLUMN(id,         TEXT,      PRIMARY_KEY, DEFAULT_FN(vg_default_cuid2)),
    COLUMN(email,      TEXT,      NOT_NULL, UNIQUE),
    COLUMN(name,       TEXT,      NOT_NULL),
    COLUMN(image,      TEXT),
    COLUMN(created_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW))

TABLE(sessions,
    COLUMN(token_hash, BLOB,      PRIMARY_KEY, NOT_NULL),
    COLUMN(user_id,    TEXT,      NOT_NULL, REFERENCES(users, id, ON_DELETE(CASCADE))),
    COLUMN(expires_at, TIMESTAMP, NOT_NULL),
    INDEX(sessions_user_idx, user_id),
    INDEX(sessions_expires_idx, expires_at))
// clang-format on
