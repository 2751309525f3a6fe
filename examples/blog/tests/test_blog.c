/* The blog, once on SQLite and once on PostgreSQL: its loaders and actions, and its HTTP side
 * in this process on a port of its own. SPDX-License-Identifier: MIT */
#include "client.h"
#include "http.h"
#include "pg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct site {
    char url[PG_URL];
    char folder[64];
    vg_pool *pool;
    vg_db *db;
    vg_arena arena;
    http_server *server;
    int fd;
    answer got;
} site;

/* ada has written two posts, one of them a draft; bob one, with two comments. */
static int fill(vg_db *db, vg_arena *arena)
{
    const struct users_new people[] = {
        {.email = "ada@example.org", .name = "Ada", .settings = "{\"theme\":\"dark\"}"},
        {.email = "bob@example.org", .name = "Bob", .avatar = {"\1\0\2", 3}},
        {.email = "cy@example.org", .name = "Cy"}};
    const struct posts_new written[] = {
        {.author_id = 1,
         .slug = "rain",
         .title = "Rain",
         .body = "It rains.",
         .meta = "{\"words\":2}"},
        {.author_id = 1, .slug = "draft", .title = "Not yet", .body = "Nothing."},
        {.author_id = 2, .slug = "snow", .title = "Snow", .body = "It snows."}};
    const char *const words[] = {"weather", "c", "sql"};
    struct posts *made;
    struct comments *said;
    if (vg_exec(db, INSERT_INTO(users, VALUES(people, 3))) ||
        blog_write(db, arena, &written[0], words, 2, &made) ||
        blog_write(db, arena, &written[1], words, 1, &made) ||
        blog_write(db, arena, &written[2], words, 3, &made) ||
        blog_publish(db, 1, "rain", true) || blog_publish(db, 2, "snow", true))
        return -1;
    return blog_comment(db, arena, "snow",
                        &(struct comments_new){.author_id = 1, .body = "Cold!"},
                        &said) ||
                   blog_comment(
                       db, arena, "snow",
                       &(struct comments_new){.author_id = 3, .body = "White."}, &said)
               ? -1
               : 0;
}

static int setup(void **state)
{
    site *s = calloc(1, sizeof *s);
    *state = s;
    if (!s)
        return -1;
    if (on_sqlite()) {
        snprintf(s->folder, sizeof s->folder, "/tmp/blog_test.XXXXXX");
        if (!mkdtemp(s->folder))
            return -1;
        snprintf(s->url, sizeof s->url, "%s/blog.db", s->folder);
    } else {
        pg_database(s->url);
    }
    if (vg_pool_open(&s->pool, s->url, &(vg_pool_options){.readers = 2, .max = 3}))
        return -1;
    int rc = vg_pool_write(s->pool, &s->db, 0);
    if (rc == VG_OK)
        rc = vg_create(s->db, &blog);
    if (rc == VG_OK)
        rc = fill(s->db, &s->arena);
    if (rc)
        print_error("%s\n", s->db ? vg_errmsg(s->db) : vg_pool_errmsg(s->pool));
    return rc;
}

static int teardown(void **state)
{
    site *s = *state;
    char command[128];
    if (s->server) {
        close(s->fd);
        http_close(s->server);
    }
    if (s->db)
        vg_pool_release(s->pool, s->db);
    vg_arena_free(&s->arena);
    vg_pool_close(s->pool, 1000);
    if (*s->folder) {
        snprintf(command, sizeof command, "rm -r %s", s->folder);
        assert_int_equal(system(command), 0);
    } else {
        pg_drop(s->url);
    }
    free(s);
    return 0;
}

/* ---- loaders and actions ---- */

static void test_blog__post_with_all_around_it(void **state)
{
    site *s = *state;
    struct posts *post;
    check_ok(s->db, blog_post(s->db, &s->arena, "snow", 0, &post));
    check_text(post->title, "Snow");
    check_text(post->author->name, "Bob");
    assert_int_equal(post->tags.len, 3);
    check_text(post->tags.data[0].name, "c");
    check_text(post->tags.data[2].name, "weather");
    assert_int_equal(post->comments.len, 2);
    check_text(post->comments.data[0].body, "Cold!");
    check_text(post->comments.data[0].author->name, "Ada");
    check_text(post->comments.data[1].author->name, "Cy");
    assert_true(VG_LOADED(post, comments));
    assert_false(VG_LOADED(post->author, posts));
    assert_int_equal(blog_post(s->db, &s->arena, "hail", 0, &post), VG_NOT_FOUND);
    /* A draft is its author's. */
    assert_int_equal(blog_post(s->db, &s->arena, "draft", 2, &post), VG_NOT_FOUND);
    check_ok(s->db, blog_post(s->db, &s->arena, "draft", 1, &post));
    assert_int_equal(post->comments.len, 0);
    assert_false(post->published_at.has);
}

static void test_blog__pages(void **state)
{
    site *s = *state;
    posts_list page;
    int64_t total;
    check_ok(s->db, blog_page(s->db, &s->arena, NULL, 1, &page, &total));
    assert_int_equal(total, 2);
    assert_int_equal(page.len, 2);
    check_text(page.data[0].slug, "snow");
    check_text(page.data[0].author->name, "Bob");
    assert_int_equal(page.data[1].tags.len, 2);
    assert_false(VG_LOADED(&page.data[0], body));
    check_ok(s->db, blog_page(s->db, &s->arena, "sql", 1, &page, &total));
    assert_int_equal(total, 1);
    check_text(page.data[0].slug, "snow");
    check_ok(s->db, blog_page(s->db, &s->arena, NULL, 2, &page, &total));
    assert_int_equal(page.len, 0);
    assert_int_equal(total, 2);
}

static void test_blog__users(void **state)
{
    site *s = *state;
    struct users *user;
    users_list quiet;
    tag_use_list used;
    check_ok(s->db, blog_user(s->db, &s->arena, 1, &user));
    check_text(user->settings,
               on_sqlite() ? "{\"theme\":\"dark\"}" : "{\"theme\": \"dark\"}");
    assert_int_equal(user->posts.len, 2);
    check_text(user->posts.data[0].slug, "draft");
    check_ok(s->db, blog_quiet_users(s->db, &s->arena, &quiet));
    assert_int_equal(quiet.len, 2);
    check_text(quiet.data[0].name, "Ada");
    check_text(quiet.data[1].name, "Cy");
    check_ok(s->db, blog_tags(s->db, &s->arena, &used));
    assert_int_equal(used.len, 3);
    assert_int_equal(used.data[0].posts, 2);
    check_text(used.data[2].name, "sql");
}

static void test_blog__actions(void **state)
{
    site *s = *state;
    struct posts *post;
    struct comments *said;
    const char *const words[] = {"c"};
    int64_t n;
    for (int i = 0; i < 3; i++)
        check_ok(s->db, blog_count_view(s->db, "rain"));
    check_ok(s->db, blog_post(s->db, &s->arena, "rain", 0, &post));
    assert_int_equal(post->views, 3);
    /* All or nothing. */
    struct posts_new taken = {
        .author_id = 3, .slug = "rain", .title = "x", .body = "x"};
    assert_int_equal(blog_write(s->db, &s->arena, &taken, words, 1, &post), VG_UNIQUE);
    struct posts_new bad = {.author_id = 3, .slug = "fog", .title = "x", .body = "x"};
    assert_int_not_equal(blog_write(s->db, &s->arena, &bad,
                                    (const char *const[]){"fog", NULL}, 2, &post),
                         VG_OK);
    check_ok(s->db, vg_count(s->db, &n, FROM(tags)));
    assert_int_equal(n, 3);
    /* Another's post is none. */
    assert_int_equal(blog_publish(s->db, 2, "draft", true), VG_NOT_FOUND);
    check_ok(s->db, blog_publish(s->db, 1, "draft", true));
    check_ok(s->db, blog_publish(s->db, 1, "draft", false));
    struct posts_new change = {.title = "Soon"};
    check_ok(s->db, blog_edit(s->db, 1, "draft", &change, COLUMNS_OF(posts, title)));
    check_ok(s->db, blog_post(s->db, &s->arena, "draft", 1, &post));
    check_text(post->title, "Soon");
    check_text(post->body, "Nothing.");
    assert_int_equal(blog_comment(s->db, &s->arena, "draft",
                                  &(struct comments_new){.author_id = 1, .body = "x"},
                                  &said),
                     VG_NOT_FOUND);
    check_ok(s->db, blog_delete(s->db, 2, "snow"));
    check_ok(s->db, vg_count(s->db, &n, FROM(comments)));
    assert_int_equal(n, 0);
}

/* Proves: D004. */
static void test_blog__seeded(void **state)
{
    site *s = *state;
    int64_t n;
    posts_list page;
    check_ok(s->db, vg_exec(s->db, DELETE_FROM(tags), ALL_ROWS));
    check_ok(s->db, vg_exec(s->db, DELETE_FROM(users), ALL_ROWS));
    check_ok(s->db, blog_seed(s->db, 7, 20));
    check_ok(s->db, vg_count(s->db, &n, FROM(posts)));
    assert_int_equal(n, 60);
    check_ok(s->db, vg_count(s->db, &n, FROM(post_tags)));
    assert_int_equal(n, 120);
    check_ok(s->db, blog_page(s->db, &s->arena, NULL, 3, &page, &n));
    assert_int_equal(page.len, PAGE_ROWS);
    assert_int_equal(n, 60);
    assert_int_equal(page.data[0].tags.len, 2);
}

/* ---- HTTP ---- */

static int ask(site *s, const char *method, const char *path, const char *headers,
               const char *body)
{
    if (!s->server) {
        vg_pool_release(s->pool, s->db);
        s->db = NULL;
        s->server = http_open(s->pool, 0, 2);
        assert_non_null(s->server);
        s->fd = client_connect(http_port(s->server));
        assert_true(s->fd >= 0);
    }
    assert_true(client_ask(s->fd, method, path, headers, body, &s->got));
    return s->got.status;
}

static void check_says(const site *s, const char *part)
{
    if (!strstr(s->got.body, part))
        fail_msg("%s\ndoes not say %s", s->got.body, part);
}

#define ADA "X-User: 1\r\n"
#define CY  "X-User: 3\r\n"

static void test_http__loaders(void **state)
{
    site *s = *state;
    assert_int_equal(ask(s, "GET", "/posts/snow", "", NULL), 200);
    check_says(s, "\"title\":\"Snow\"");
    check_says(s,
               "\"author\":{\"id\":2,\"email\":\"bob@example.org\",\"name\":\"Bob\",");
    check_says(s, "\"tags\":[{\"id\":");
    check_says(s, "\"author\":{\"name\":\"Cy\"}");
    assert_null(strstr(s->got.body, "avatar"));
    assert_int_equal(ask(s, "GET", "/posts?tag=sql", "", NULL), 200);
    check_says(s, "\"slug\":\"snow\"");
    check_says(s, "\"total\":1,\"page\":1}");
    check_says(s, "\"views\":1");
    assert_null(strstr(s->got.body, "It snows."));
    assert_int_equal(ask(s, "GET", "/posts/draft", CY, NULL), 404);
    assert_int_equal(ask(s, "GET", "/posts/draft", ADA, NULL), 200);
    assert_int_equal(ask(s, "GET", "/tags", "", NULL), 200);
    check_says(s, "{\"name\":\"sql\",\"posts\":1}");
    assert_int_equal(ask(s, "GET", "/me", "", NULL), 401);
    assert_int_equal(ask(s, "GET", "/me", ADA, NULL), 200);
    check_says(s, "\"theme\"");
    assert_int_equal(ask(s, "GET", "/nothing", "", NULL), 404);
    assert_int_equal(ask(s, "PUT", "/posts", "", NULL), 405);
}

static void test_http__actions(void **state)
{
    site *s = *state;
    assert_int_equal(ask(s, "POST", "/posts", CY,
                         "{\"slug\":\"hail\",\"title\":\"Hail\",\"body\":\"Ow.\","
                         "\"meta\":{\"size\":[1,2]},\"tags\":[{\"name\":\"ice\"}]}"),
                     201);
    check_says(s, "\"status\":\"draft\"");
    assert_int_equal(ask(s, "PUT", "/posts/hail/published", CY, ""), 204);
    assert_int_equal(ask(s, "GET", "/posts/hail", "", NULL), 200);
    check_says(s, "\"name\":\"ice\"");
    check_says(s, "\"size\"");
    assert_int_equal(
        ask(s, "POST", "/posts/hail/comments", ADA, "{\"body\":\"Me too\"}"), 201);
    assert_int_equal(ask(s, "PATCH", "/posts/hail", CY, "{\"title\":\"Hail!\"}"), 204);
    assert_int_equal(ask(s, "PATCH", "/posts/hail", ADA, "{\"title\":\"Mine\"}"), 404);
    assert_int_equal(
        ask(s, "POST", "/posts", CY,
            "{\"slug\":\"hail\",\"title\":\"x\",\"body\":\"x\",\"tags\":[]}"),
        409);
    assert_int_equal(ask(s, "DELETE", "/posts/hail", CY, NULL), 204);
    assert_int_equal(ask(s, "GET", "/posts/hail", "", NULL), 404);
}

static void test_http__faults(void **state)
{
    site *s = *state;
    assert_int_equal(
        ask(s, "POST", "/posts", CY,
            "{\"slug\":\"No Slug\",\"title\":\"\",\"views\":9,\"colour\":1,"
            "\"tags\":[{\"name\":\"A b\"},{}]}"),
        400);
    check_says(s, "{\"pointer\":\"/slug\",\"code\":\"pattern\"");
    check_says(s, "{\"pointer\":\"/title\",\"code\":\"too_short\"");
    check_says(s, "{\"pointer\":\"/views\",\"code\":\"read_only\"");
    check_says(s, "{\"pointer\":\"/colour\",\"code\":\"unknown\"");
    check_says(s, "{\"pointer\":\"/body\",\"code\":\"required\"");
    check_says(s, "{\"pointer\":\"/tags/0/name\",\"code\":\"pattern\"");
    check_says(s, "{\"pointer\":\"/tags/1/name\",\"code\":\"required\"");
    assert_int_equal(ask(s, "POST", "/posts/snow/comments", CY, "{\"body\":\"x\""),
                     400);
    check_says(s, "\"code\":\"syntax\"");
    assert_int_equal(ask(s, "POST", "/posts", CY, NULL), 400);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_blog__post_with_all_around_it),
        TEST(test_blog__pages),
        TEST(test_blog__users),
        TEST(test_blog__actions),
        TEST(test_blog__seeded),
        TEST(test_http__loaders),
        TEST(test_http__actions),
        TEST(test_http__faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
