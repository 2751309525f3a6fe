/* What each path does. A loader's tree of rows becomes JSON as it is; a document that comes in
 * is checked against the table that it is for. SPDX-License-Identifier: MIT */
#include "http.h"

#include <stdlib.h>
#include <string.h>

/* ---- answers ---- */

static void begin(exchange *x, int status)
{
    x->status = status;
    x->out = (vg_json_writer){.arena = &x->arena};
}

/* {"title": "...", "status": 404, "faults": [...]} */
static void problem(exchange *x, int status, const char *title,
                    const vg_json_reader *faults)
{
    begin(x, status);
    vg_put_object(&x->out);
    vg_put_key(&x->out, "title");
    vg_put_text(&x->out, title);
    vg_put_key(&x->out, "status");
    vg_put_int(&x->out, status);
    if (faults) {
        vg_put_key(&x->out, "faults");
        vg_put_faults(&x->out, faults);
    }
    vg_put_end(&x->out);
}

static const struct {
    int code, status;
    const char *title;
} outcomes[] = {
    {VG_NOT_FOUND, 404, "There is no such thing."},
    {VG_UNIQUE, 409, "That is taken."},
    {VG_FOREIGN_KEY, 422, "It refers to something that is not there."},
    {VG_CHECK, 422, "The database refuses the value."},
    {VG_BUSY, 503, "Too many write at once; try again."},
};

/* True if `rc` is a failure, which is then the answer. */
static bool failed(exchange *x, int rc)
{
    if (rc == VG_OK)
        return false;
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        if (outcomes[i].code == rc) {
            problem(x, outcomes[i].status, outcomes[i].title, NULL);
            return true;
        }
    problem(x, 500, "Something failed.", NULL);
    return true;
}

/* Was the document good? If not, all that is wrong with it is the answer. */
static bool refused(exchange *x, int rc, const vg_json_reader *r)
{
    if (rc == VG_VALUE)
        problem(x, 400, "The document is not valid.", r);
    else if (rc)
        problem(x, 500, "The document could not be read.", NULL);
    return rc != VG_OK;
}

static bool is_nobody(exchange *x)
{
    if (x->user == 0)
        problem(x, 401, "Say who you are: X-User.", NULL);
    return x->user == 0;
}

/* ---- loaders ---- */

static void get_posts(exchange *x)
{
    posts_list page;
    int64_t total = 0;
    int rc = VG_BUSY;
    VG_READ(x->pool, db) {
        rc = blog_page(db, &x->arena, x->tag, x->page, &page, &total);
    }
    if (failed(x, rc))
        return;
    begin(x, 200);
    vg_put_object(&x->out);
    vg_put_key(&x->out, "posts");
    vg_put_all(&x->out, posts, &page);
    vg_put_key(&x->out, "total");
    vg_put_int(&x->out, total);
    vg_put_key(&x->out, "page");
    vg_put_int(&x->out, x->page);
    vg_put_end(&x->out);
}

static void get_post(exchange *x)
{
    struct posts *post;
    int rc = VG_BUSY;
    VG_READ(x->pool, db) {
        rc = blog_post(db, &x->arena, x->slug, x->user, &post);
    }
    if (failed(x, rc))
        return;
    VG_WRITE(x->pool, db) {
        blog_count_view(db,
                        x->slug); /* a view that is not counted is no reason to fail */
    }
    begin(x, 200);
    vg_put_row(&x->out, posts, post);
}

static void get_me(exchange *x)
{
    struct users *user;
    int rc = VG_BUSY;
    if (is_nobody(x))
        return;
    VG_READ(x->pool, db) {
        rc = blog_user(db, &x->arena, x->user, &user);
    }
    if (failed(x, rc))
        return;
    begin(x, 200);
    vg_put_row(&x->out, users, user);
}

static void get_tags(exchange *x)
{
    tag_use_list list;
    int rc = VG_BUSY;
    VG_READ(x->pool, db) {
        rc = blog_tags(db, &x->arena, &list);
    }
    if (failed(x, rc))
        return;
    begin(x, 200);
    vg_put_all(&x->out, tag_use, &list);
}

/* ---- actions ---- */

/* The member "tags" of a post's document: [{"name": "c"}, {"name": "sql"}]. */
static bool read_tags(exchange *x, vg_json_reader *r, const char *names[TAGS_MAX],
                      size_t *count)
{
    struct tags_new *rows = NULL;
    r->at = "/tags";
    r->max_rows = TAGS_MAX;
    if (vg_all_from_json(r, tags, x->body, x->body_len, &rows, count))
        return false;
    for (size_t i = 0; i < *count; i++)
        names[i] = rows[i].name;
    return true;
}

static void post_post(exchange *x)
{
    static const char *const also[] = {"tags", NULL};
    vg_json_reader r = {
        .arena = &x->arena,
        .also = also,
        .omit = COLUMNS_OF(posts, id, author_id, status, views, published_at)};
    const char *names[TAGS_MAX];
    size_t count = 0;
    struct posts_new post;
    struct posts *made;
    if (is_nobody(x))
        return;
    int rc = vg_from_json(&r, posts, x->body, x->body_len, &post);
    r.omit = COLUMNS_OF(tags, id);
    if (rc == VG_OK || rc == VG_VALUE)
        rc = read_tags(x, &r, names, &count) ? rc : VG_VALUE;
    if (refused(x, rc, &r))
        return;
    post.author_id = x->user;
    rc = VG_BUSY;
    VG_WRITE(x->pool, db) {
        rc = blog_write(db, &x->arena, &post, names, count, &made);
    }
    if (failed(x, rc))
        return;
    begin(x, 201);
    vg_put_row(&x->out, posts, made);
}

static void patch_post(exchange *x)
{
    vg_json_reader r = {
        .arena = &x->arena,
        .omit = COLUMNS_OF(posts, id, author_id, status, views, published_at)};
    struct posts_new change;
    if (is_nobody(x) ||
        refused(x, vg_update_from_json(&r, posts, x->body, x->body_len, &change), &r))
        return;
    int rc = VG_BUSY;
    VG_WRITE(x->pool, db) {
        rc = blog_edit(db, x->user, x->slug, &change, r.given);
    }
    if (!failed(x, rc))
        x->status = 204;
}

static void publish_post(exchange *x)
{
    int rc = VG_BUSY;
    if (is_nobody(x))
        return;
    VG_WRITE(x->pool, db) {
        rc = blog_publish(db, x->user, x->slug, strcmp(x->method, "PUT") == 0);
    }
    if (!failed(x, rc))
        x->status = 204;
}

static void delete_post(exchange *x)
{
    int rc = VG_BUSY;
    if (is_nobody(x))
        return;
    VG_WRITE(x->pool, db) {
        rc = blog_delete(db, x->user, x->slug);
    }
    if (!failed(x, rc))
        x->status = 204;
}

static void post_comment(exchange *x)
{
    vg_json_reader r = {.arena = &x->arena,
                        .omit =
                            COLUMNS_OF(comments, id, post_id, author_id, created_at)};
    struct comments_new comment;
    struct comments *made;
    if (is_nobody(x) ||
        refused(x, vg_from_json(&r, comments, x->body, x->body_len, &comment), &r))
        return;
    comment.author_id = x->user;
    int rc = VG_BUSY;
    VG_WRITE(x->pool, db) {
        rc = blog_comment(db, &x->arena, x->slug, &comment, &made);
    }
    if (failed(x, rc))
        return;
    begin(x, 201);
    vg_put_row(&x->out, comments, made);
}

/* ---- routes ---- */

/* A path is up to a slug and what stands behind it. */
static const struct route {
    const char *method, *before, *after;
    void (*answer)(exchange *x);
} routes[] = {
    {"GET", "/posts", NULL, get_posts},
    {"POST", "/posts", NULL, post_post},
    {"GET", "/posts/", "", get_post},
    {"PATCH", "/posts/", "", patch_post},
    {"DELETE", "/posts/", "", delete_post},
    {"PUT", "/posts/", "/published", publish_post},
    {"DELETE", "/posts/", "/published", publish_post},
    {"POST", "/posts/", "/comments", post_comment},
    {"GET", "/me", NULL, get_me},
    {"GET", "/tags", NULL, get_tags},
};

static bool matches(exchange *x, const struct route *r)
{
    size_t len = strlen(r->before);
    if (!r->after)
        return strcmp(x->path, r->before) == 0;
    if (strncmp(x->path, r->before, len) != 0)
        return false;
    size_t slug = strcspn(x->path + len, "/");
    if (slug == 0 || strcmp(x->path + len + slug, r->after) != 0)
        return false;
    x->slug = vg_arena_text(&x->arena, x->path + len, slug);
    return x->slug != NULL;
}

void routes_answer(exchange *x)
{
    bool known = false;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (!matches(x, &routes[i]))
            continue;
        known = true;
        if (strcmp(x->method, routes[i].method) == 0) {
            routes[i].answer(x);
            break;
        }
    }
    if (!x->status)
        problem(x, known ? 405 : 404,
                known ? "That is not done here." : "There is no such path.", NULL);
    if (x->status != 204 && vg_json_finish(&x->out))
        problem(x, 500, "The answer could not be written.", NULL);
}
