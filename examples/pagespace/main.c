/* A walk through the workspace: who comes in, what they write, find, move and say. The database
 * is where DATABASE_URL says, and must have been migrated: `virga migrate`.
 *
 * SPDX-License-Identifier: MIT */
#include "app.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct walk {
    vg_pool *pool;
    vg_arena arena;
    struct users *ada, *ben;
    struct spaces *space;
    struct pages *guide, *setup, *tips, *notes, *general;
} walk;

/* ---- printing ---- */

static void heading(const char *text)
{
    printf("\n%s\n", text);
}

/* Below `parent_id`, NULL for the top: the list is in the order of the places. */
static void print_tree(const pages_list *list, const char *parent_id, int depth)
{
    for (size_t i = 0; i < list->len; i++) {
        const struct pages *p = &list->data[i];
        bool below = parent_id && p->parent_id && strcmp(p->parent_id, parent_id) == 0;
        if (!below && (parent_id || p->parent_id))
            continue;
        printf("  %*s%s%s\n", depth * 2, "", p->title,
               p->kind == PAGE_FOLDER    ? "/"
               : p->kind == PAGE_CHANNEL ? " #"
                                         : "");
        print_tree(list, p->id, depth + 1);
    }
}

static int show_tree(walk *w, vg_db *db)
{
    pages_list list;
    int rc = pages_of(db, &w->arena, w->space->id, &list);
    if (!rc)
        print_tree(&list, NULL, 0);
    return rc;
}

static void print_titles(const vg_text_list *list)
{
    for (size_t i = 0; i < list->len; i++)
        printf("%s%s", i ? ", " : "", list->data[i]);
    printf("\n");
}

/* ---- the stations; each returns the first failure ---- */

static int come_in(walk *w, vg_db *db)
{
    static const uint8_t hash[32] = {1, 2, 3};
    vg_bytes token = {hash, sizeof hash};
    struct users *me;
    int rc = sign_up(db, &w->arena, "ada@example.org", "Ada", &w->ada);
    rc = rc ? rc : sign_up(db, &w->arena, "ben@example.org", "Ben", &w->ben);
    rc = rc ? rc : sign_in(db, w->ada->id, token);
    rc = rc ? rc : who_is(db, &w->arena, token, &me);
    if (!rc)
        printf("The session is %s's.\n", me->name);
    return rc;
}

static int make_space(walk *w, vg_db *db)
{
    space_card_list cards;
    enum member_role role;
    int rc = drop_space(db, w->ada->id, "handbook");
    rc =
        rc ? rc
           : create_space(db, &w->arena, w->ada->id, "Handbook", "handbook", &w->space);
    rc = rc ? rc : set_member(db, w->space->id, w->ben->id, MEMBER_READER);
    rc = rc ? rc : set_member(db, w->space->id, w->ben->id, MEMBER_EDITOR);
    rc = rc ? rc : role_of(db, w->space->id, w->ben->id, &role);
    rc = rc ? rc : spaces_of(db, &w->arena, w->ben->id, &cards);
    if (rc)
        return rc;
    heading("Ben's spaces");
    for (size_t i = 0; i < cards.len; i++)
        printf("  %s, of %s; he may %s\n", cards.data[i].name, cards.data[i].owner,
               role == MEMBER_EDITOR ? "write" : "read");
    return VG_OK;
}

static int add(walk *w, vg_db *db, const struct pages *parent, enum page_kind kind,
               const char *title, struct pages **out)
{
    return add_page(db, &w->arena, w->space->id, parent ? parent->id : NULL, kind,
                    title, w->ada->id, out);
}

/* All pages or none. */
static int write_pages(walk *w, vg_db *db)
{
    VG_TRANSACTION(db, tx) {
        if (add(w, db, NULL, PAGE_FOLDER, "Guide", &w->guide) ||
            add(w, db, w->guide, PAGE_DOCUMENT, "Set-up", &w->setup) ||
            add(w, db, w->guide, PAGE_DOCUMENT, "Tips", &w->tips) ||
            add(w, db, NULL, PAGE_DOCUMENT, "Notes", &w->notes) ||
            add(w, db, NULL, PAGE_CHANNEL, "general", &w->general) ||
            write_page(db, w->setup->id,
                       "Install the library, then compile a query.") ||
            write_page(db, w->tips->id,
                       "A query that is compiled twice is one too many."))
            break;
    }
    heading("The pages");
    return vg_result(db) ? vg_result(db) : show_tree(w, db);
}

static int move_pages(walk *w, vg_db *db)
{
    crumb_list way;
    int rc = move_page(db, w->notes->id, w->guide->id, w->setup->id);
    heading("Notes go between Set-up and Tips");
    rc = rc ? rc : show_tree(w, db);
    rc = rc ? rc : way_to(db, &w->arena, w->notes->id, &way);
    if (rc)
        return rc;
    heading("The way to them");
    for (size_t i = 0; i < way.len; i++)
        printf("%s%s", i ? " > " : "  ", way.data[i].title);
    printf("\n");
    return VG_OK;
}

static int search(walk *w, vg_db *db)
{
    pages_list found;
    heading("Pages with \"compiled query\"");
    int rc = find_pages(db, &w->arena, w->space->id, "compiled query", &found);
    for (size_t i = 0; !rc && i < found.len; i++)
        printf("  %s: %s\n", found.data[i].title, found.data[i].content);
    return rc;
}

static int tag_pages(walk *w, vg_db *db)
{
    tag_count_list counts;
    vg_text_list titles, sources;
    int rc = tag_page(db, w->space->id, w->setup->id, "start");
    rc = rc ? rc : tag_page(db, w->space->id, w->tips->id, "start");
    rc = rc ? rc : tag_page(db, w->space->id, w->tips->id, "advice");
    rc = rc ? rc : tag_page(db, w->space->id, w->tips->id, "advice");
    rc = rc ? rc : star_page(db, w->ben->id, w->tips->id, true);
    rc = rc ? rc : mention(db, w->tips->id, w->setup->id);
    rc = rc ? rc : tags_of(db, &w->arena, w->space->id, &counts);
    rc = rc ? rc : titles_with_tag(db, &w->arena, w->space->id, "start", &titles);
    rc = rc ? rc : mentioned_by(db, &w->arena, w->setup->id, &sources);
    if (rc)
        return rc;
    heading("Tags");
    for (size_t i = 0; i < counts.len; i++)
        printf("  %s: %" PRId64 "\n", counts.data[i].name, counts.data[i].n);
    printf("  start is on ");
    print_titles(&titles);
    printf("  Set-up is mentioned by ");
    print_titles(&sources);
    return VG_OK;
}

static int talk(walk *w, vg_db *db)
{
    line_of_chat_list list, older;
    int rc = say(db, w->general->id, w->ada->id, "Good morning");
    rc = rc ? rc : say(db, w->general->id, w->ben->id, "Morning!");
    rc = rc ? rc : say(db, w->general->id, w->ada->id, "The guide is new.");
    rc = rc ? rc : react(db, w->general->id, "rain");
    rc = rc ? rc : react(db, w->general->id, "rain");
    rc = rc ? rc : read_chat(db, &w->arena, w->general->id, 2, NULL, &list);
    rc = rc ? rc : read_chat(db, &w->arena, w->general->id, 2, &list.data[1], &older);
    if (rc)
        return rc;
    heading("In general, the newest first, two at a time");
    for (size_t i = 0; i < list.len; i++)
        printf("  %s: %s %s\n", list.data[i].author, list.data[i].body,
               list.data[i].reactions);
    printf("  --\n");
    for (size_t i = 0; i < older.len; i++)
        printf("  %s: %s %s\n", older.data[i].author, older.data[i].body,
               older.data[i].reactions);
    return VG_OK;
}

static int use_trash(walk *w, vg_db *db)
{
    int64_t gone, back;
    heading("Without the guide");
    int rc = trash_page(db, w->guide->id, true, &gone);
    rc = rc ? rc : show_tree(w, db);
    rc = rc ? rc : trash_page(db, w->guide->id, false, &back);
    if (!rc)
        printf("  (%" PRId64 " pages went to the trash, %" PRId64 " came back)\n", gone,
               back);
    return rc;
}

/* ---- the walk ---- */

static int (*const stations[])(walk *w, vg_db *db) = {
    come_in, make_space, write_pages, move_pages, search, tag_pages, talk, use_trash};

static int fail(const char *message)
{
    fprintf(stderr, "pagespace: %s\n", message);
    return 1;
}

static int run(walk *w)
{
    int64_t said = 0;
    int status = 0;
    VG_WRITE(w->pool, db) {
        for (size_t i = 0; !status && i < sizeof stations / sizeof *stations; i++)
            if (stations[i](w, db))
                status = fail(vg_errmsg(db));
    }
    if (vg_pool_result(w->pool))
        return fail(vg_pool_errmsg(w->pool));
    if (status)
        return status;
    if (crowd(w->pool, w->general->id, w->ben->id, 8, 25, &said))
        return fail("the crowd was not heard");
    heading("Eight people talk at once");
    printf("  %" PRId64 " messages\n", said);
    return 0;
}

int main(void)
{
    const char *url = getenv("DATABASE_URL");
    const vg_pool_options options = {.wait_ms = 2000};
    walk w = {.pool = NULL};
    if (!url)
        return fail("DATABASE_URL is not set: postgres://user:password@host/database");
    if (vg_pool_open(&w.pool, url, &options))
        return fail(vg_pool_errmsg(NULL));
    int status = run(&w);
    vg_arena_free(&w.arena);
    if (vg_pool_close(w.pool, 5000))
        return fail("somebody still holds a connection");
    return status;
}
