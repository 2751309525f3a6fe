/* The whole schema, one header a domain, under one umbrella: what the program includes and
 * what virga.json names.
 *
 *     auth <- spaces <- pages <- tags, chat
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "auth.h"
#include "chat.h"
#include "pages.h"
#include "spaces.h"
#include "tags.h"

// clang-format off
SCHEMA(pagespace,
    users, sessions,
    spaces, members,
    pages, mentions,
    tags, page_tags, stars,
    messages)
// clang-format on
