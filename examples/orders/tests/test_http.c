/* The HTTP side, in this process, on a port of its own and a database in memory.
 * SPDX-License-Identifier: MIT */
#include "client.h"
#include "http.h"
#include "support.h"

#include <inttypes.h>
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct site {
    rig rig;
    http_server *server;
    int fd; /* a connection that is kept */
    answer got;
} site;

static void open_site(site *s, const char *const *more)
{
    const char *pairs[16] = {"PORT", "0", NULL};
    for (int i = 0; more && more[i]; i++)
        pairs[2 + i] = more[i];
    rig_open(&s->rig, pairs);
    s->server = http_open(&s->rig.settings, &s->rig.service, &s->rig.log);
    assert_non_null(s->server);
    s->fd = client_connect(http_port(s->server));
    assert_true(s->fd >= 0);
}

static void close_site(site *s)
{
    close(s->fd);
    http_close(s->server);
    rig_close(&s->rig);
}

static int ask(site *s, const char *method, const char *path, const char *body)
{
    assert_true(client_ask(s->fd, method, path, "", body, &s->got));
    return s->got.status;
}

static bool says(const site *s, const char *part)
{
    if (!strstr(s->got.body, part))
        print_error("%s\ndoes not say %s\n", s->got.body, part);
    return strstr(s->got.body, part) != NULL;
}

#define TEA                                                                 \
    "{\"customer_id\": 7, \"items\": [{\"sku\": \"tea\", \"quantity\": 2, " \
    "\"unit_cents\": "                                                      \
    "450}]}"

static void test_http__serves_the_life_of_an_order(void **state)
{
    (void)state;
    site s;
    char header[128];
    open_site(&s, NULL);
    assert_int_equal(ask(&s, "POST", "/orders", TEA), 201);
    assert_string_equal(answer_header(&s.got, "Location", header), "/orders/1");
    assert_string_equal(answer_header(&s.got, "Content-Type", header),
                        "application/json");
    assert_true(says(&s, "\"id\":1,\"customer_id\":7,\"status\":\"pending\","
                         "\"total_cents\":900,"));
    assert_true(
        says(&s, "\"items\":[{\"sku\":\"tea\",\"quantity\":2,\"unit_cents\":450}]"));
    assert_int_equal(ask(&s, "GET", "/orders/1", NULL), 200);
    assert_true(says(&s, "\"total_cents\":900"));
    assert_int_equal(ask(&s, "HEAD", "/orders/2", NULL), 404);
    assert_int_equal(ask(&s, "PATCH", "/orders/1", "{\"status\": \"shipped\"}"), 409);
    assert_true(says(&s, "The order is pending and cannot become shipped."));
    assert_int_equal(ask(&s, "PATCH", "/orders/1", "{\"status\": \"paid\"}"), 200);
    assert_true(says(&s, "\"status\":\"paid\""));
    assert_int_equal(ask(&s, "DELETE", "/orders/1", NULL), 409);
    assert_int_equal(ask(&s, "PATCH", "/orders/1", "{\"status\": \"cancelled\"}"), 200);
    assert_int_equal(ask(&s, "DELETE", "/orders/1", NULL), 204);
    assert_int_equal(ask(&s, "GET", "/orders/1", NULL), 404);
    assert_int_equal(ask(&s, "DELETE", "/orders/1", NULL), 404);
    close_site(&s);
}

static void test_http__refuses_what_makes_no_sense(void **state)
{
    (void)state;
    static const struct {
        int status;
        const char *method, *path, *body, *says;
    } cases[] = {
        {400, "POST", "/orders", "{",
         "{\"pointer\":\"\",\"code\":\"syntax\",\"message\":\"line 1"},
        {400, "POST", "/orders", "{\"customer_id\": 1}",
         "{\"pointer\":\"/items\",\"code\":\"required\""},
        {400, "POST", "/orders", "\"\\u0000\"", "must be an object"},
        {400, "POST", "/orders", "\xff\xfe{}", "\"code\":\"syntax\""},
        {400, "POST", "/orders", "{\"\xc3\xa4\": 1}", "\"/??\""},
        {400, "POST", "/orders", "{\"note\": 1}",
         "{\"pointer\":\"/note\",\"code\":\"type\",\"message\":\"must be a string"},
        {400, "PATCH", "/orders/1", "{\"status\": \"lost\"}", "pending, paid, shipped"},
        {400, "PATCH", "/orders/1", "{\"status\": 1, \"x\": 1}", "\"pointer\":\"/x\""},
        {400, "GET", "/customers/1/orders?limit=101", NULL, "from 1 to 100"},
        {400, "GET", "/customers/1/orders?limit=1;drop&after=-1", NULL, "\"after\""},
        {400, "GET", "/customers/1/orders?limit=", NULL, "\"limit\""},
        {404, "PATCH", "/orders/1", "{\"status\": \"paid\"}", "no such order"},
        {404, "GET", "/orders/0", NULL, "nothing here"},
        {404, "GET", "/orders/-1", NULL, "nothing here"},
        {404, "GET", "/orders/1x", NULL, "nothing here"},
        {404, "GET", "/orders/", NULL, "nothing here"},
        {404, "GET", "/orders/1/", NULL, "nothing here"},
        {404, "GET", "/orders/9223372036854775808", NULL, "nothing here"},
        {404, "GET", "/orders/9223372036854775807", NULL, "no such order"},
        {404, "GET", "/orders/1%20or%201=1", NULL, "nothing here"},
        {404, "GET", "/", NULL, "nothing here"},
        {405, "PUT", "/orders", "{}", "Allow"},
        {405, "GET", "/orders", NULL, "Allow"},
        {405, "POST", "/orders/1", "{}", "Allow"},
        {405, "DELETE", "/health", NULL, "Allow"},
        {415, "POST", "/orders", NULL, "application/json"},
    };
    site s;
    char header[128];
    open_site(&s, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(ask(&s, cases[i].method, cases[i].path, cases[i].body),
                         cases[i].status);
        assert_true(says(&s, cases[i].says));
        assert_string_equal(answer_header(&s.got, "Content-Type", header),
                            "application/problem+json");
    }
    ask(&s, "PUT", "/orders/1", NULL);
    assert_string_equal(answer_header(&s.got, "Allow", header), "GET, PATCH, DELETE");
    close_site(&s);
}

static void test_http__makes_one_order_of_a_key(void **state)
{
    (void)state;
    site s;
    char header[128], first[sizeof s.got.body];
    static const char key[] = "Idempotency-Key: 5f0c\r\nX-Request-Id: mine-1\r\n";
    open_site(&s, NULL);
    assert_true(client_ask(s.fd, "POST", "/orders", key, TEA, &s.got));
    assert_int_equal(s.got.status, 201);
    assert_string_equal(answer_header(&s.got, "Idempotent-Replayed", header), "");
    assert_string_equal(answer_header(&s.got, "X-Request-Id", header), "mine-1");
    memcpy(first, s.got.body, sizeof first);
    assert_true(client_ask(s.fd, "POST", "/orders", key, TEA, &s.got));
    assert_int_equal(s.got.status, 201);
    assert_string_equal(answer_header(&s.got, "Idempotent-Replayed", header), "true");
    assert_string_equal(s.got.body, first);
    assert_true(client_ask(s.fd, "POST", "/orders", key,
                           "{\"customer_id\": 7, \"items\": [{\"sku\": \"tea\", "
                           "\"quantity\": 3, \"unit_cents\": 450}]}",
                           &s.got));
    assert_int_equal(s.got.status, 422);
    assert_true(
        client_ask(s.fd, "POST", "/orders", "Idempotency-Key: \r\n", TEA, &s.got));
    assert_int_equal(s.got.status, 400);
    close_site(&s);
}

/* ---- many at once ---- */

enum { CROWD = 8, EACH = 20 };

typedef struct guest {
    pthread_t thread;
    int port;
    int64_t ids[EACH]; /* of the orders that it was told */
    bool well;
} guest;

/* Send EACH requests, the n-th of each guest with the same key, and read what was made. */
static void *order_a_lot(void *arg)
{
    guest *g = arg;
    answer *got = malloc(sizeof *got);
    char text[128];
    int fd = client_connect(g->port);
    g->well = true;
    for (int i = 0; g->well && i < EACH; i++) {
        snprintf(text, sizeof text, "Idempotency-Key: n-%d\r\n", i);
        g->well =
            client_ask(fd, "POST", "/orders", text, TEA, got) && got->status == 201;
        g->ids[i] = atoll(answer_header(got, "Location", text) + sizeof "/orders");
        snprintf(text, sizeof text, "/orders/%" PRId64, g->ids[i]);
        g->well &= client_ask(fd, "GET", text, "", NULL, got) && got->status == 200;
    }
    close(fd);
    free(got);
    return NULL;
}

static void test_http__makes_one_order_of_a_key_for_many(void **state)
{
    (void)state;
    site s;
    guest crowd[CROWD] = {0};
    char folder[64], url[96];
    int64_t count = 0;
    folder_make(folder);
    snprintf(url, sizeof url, "%s/orders.db", folder);
    open_site(&s, (const char *[]){"DATABASE_URL", url, NULL});
    for (int i = 0; i < CROWD; i++) {
        crowd[i].port = http_port(s.server);
        assert_int_equal(pthread_create(&crowd[i].thread, NULL, order_a_lot, &crowd[i]),
                         0);
    }
    for (int i = 0; i < CROWD; i++) {
        pthread_join(crowd[i].thread, NULL);
        assert_true(crowd[i].well);
        assert_memory_equal(crowd[i].ids, crowd[0].ids, sizeof crowd[0].ids);
    }
    VG_READ(s.rig.database.pool, db)
        assert_int_equal(orders_count(db, &count), VG_OK);
    assert_int_equal(count, EACH);
    close_site(&s);
    folder_remove(folder);
}

static void test_http__pages_through_a_customers_orders(void **state)
{
    (void)state;
    site s;
    char path[128];
    open_site(&s, NULL);
    for (int i = 0; i < 5; i++)
        assert_int_equal(ask(&s, "POST", "/orders", TEA), 201);
    int64_t next = 0, last = 6;
    int seen = 0;
    do {
        json_error_t e;
        snprintf(path, sizeof path, "/customers/7/orders?limit=2%s%.0" PRId64,
                 next ? "&after=" : "", next);
        assert_int_equal(ask(&s, "GET", path, NULL), 200);
        json_t *page = json_loads(s.got.body, 0, &e),
               *list = json_object_get(page, "orders");
        for (size_t i = 0; i < json_array_size(list); i++, seen++) {
            const json_t *card = json_array_get(list, i);
            int64_t id = json_integer_value(json_object_get(card, "id"));
            assert_int_equal(id, last - 1);
            last = id;
        }
        next = json_integer_value(json_object_get(page, "next"));
        json_decref(page);
    } while (next);
    assert_int_equal(seen, 5);
    assert_int_equal(ask(&s, "GET", "/customers/8/orders", NULL), 200);
    assert_string_equal(s.got.body, "{\"orders\":[],\"next\":null}");
    assert_int_equal(ask(&s, "GET", "/customers/7/orders?status=paid", NULL), 200);
    assert_string_equal(s.got.body, "{\"orders\":[],\"next\":null}");
    assert_int_equal(ask(&s, "GET", "/customers/7/orders?status=pending&limit=1", NULL),
                     200);
    assert_true(says(&s, "\"next\":5"));
    assert_int_equal(ask(&s, "GET", "/customers/7/orders?status=lost", NULL), 400);
    close_site(&s);
}

static void test_http__takes_no_body_that_is_too_large(void **state)
{
    (void)state;
    site s;
    char head[256];
    enum { LARGE = 300000 };
    char *large = malloc(LARGE);
    memset(large, ' ', LARGE);
    open_site(&s, (const char *[]){"MAX_BODY_BYTES", "1000", NULL});
    snprintf(head, sizeof head,
             "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
             "Content-Length: %d\r\n\r\n",
             LARGE);
    /* Read to its end, so that the client sees the answer, and the connection lives on. */
    assert_true(client_send(s.fd, head, strlen(head)));
    assert_true(client_send(s.fd, large, LARGE));
    assert_true(client_receive(s.fd, &s.got));
    assert_int_equal(s.got.status, 413);
    assert_int_equal(ask(&s, "POST", "/orders", TEA), 201);
    /* Refused at once. */
    static const char huge[] =
        "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        "Content-Length: 99999999999\r\n\r\n";
    assert_true(client_send(s.fd, huge, sizeof huge - 1));
    assert_true(client_receive(s.fd, &s.got));
    assert_int_equal(s.got.status, 413);
    free(large);
    close_site(&s);
}

static void test_http__reads_a_body_in_pieces(void **state)
{
    (void)state;
    site s;
    static const char head[] = "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: "
                               "application/json; charset=utf-8\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n";
    open_site(&s, NULL);
    assert_true(client_send(s.fd, head, sizeof head - 1));
    for (const char *at = TEA; *at; at++) {
        char chunk[] = "1\r\n?\r\n";
        chunk[3] = *at;
        assert_true(client_send(s.fd, chunk, sizeof chunk - 1));
    }
    assert_true(client_send(s.fd, "0\r\n\r\n", 5));
    assert_true(client_receive(s.fd, &s.got));
    assert_int_equal(s.got.status, 201);
    close_site(&s);
}

/* One client says nothing, one sends a byte of its headers now and then, one of its body: a
 * second later all have gone, and those that behave are served. */
static void test_http__hangs_up_on_slow_clients(void **state)
{
    (void)state;
    site s;
    int slow[3];
    static const char head[] =
        "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n"
        "\r\n";
    open_site(&s, (const char *[]){"REQUEST_SECONDS", "1", NULL});
    for (int i = 0; i < 3; i++)
        slow[i] = client_connect(http_port(s.server));
    client_send(slow[1], "GET /orders/1 HTTP/1.1\r\nX: ", 27);
    client_send(slow[2], head, sizeof head - 1);
    for (int i = 0; i < 15; i++) {
        client_send(slow[1], "x", 1);
        client_send(slow[2], "x", 1);
        nanosleep(&(struct timespec){0, 100000000}, NULL);
        assert_int_equal(ask(&s, "GET", "/live", NULL), 200);
        http_close_slow(s.server);
    }
    for (int i = 0; i < 3; i++) {
        answer got;
        assert_false(client_receive(slow[i], &got));
        close(slow[i]);
    }
    assert_int_equal(ask(&s, "GET", "/health", NULL), 200);
    close_site(&s);
}

static void test_http__tells_of_its_health(void **state)
{
    (void)state;
    site s;
    char header[128];
    open_site(&s, (const char *[]){"MAX_DATABASE_MIB", "8", NULL});
    assert_int_equal(ask(&s, "GET", "/health", NULL), 200);
    assert_true(says(&s, "\"status\":\"ok\""));
    assert_true(says(&s, "\"database_max_bytes\":8388608"));
    assert_int_equal(ask(&s, "GET", "/live", NULL), 200);

    /* About to stop: who is there is served once more, nobody else comes in. */
    http_quiesce(s.server);
    assert_int_equal(ask(&s, "GET", "/health", NULL), 503);
    assert_string_equal(answer_header(&s.got, "Connection", header), "close");
    assert_string_equal(answer_header(&s.got, "Retry-After", header), "1");
    assert_int_equal(client_connect(http_port(s.server)), -1);
    close_site(&s);
}

/* The document is whole, and says what the tables and their rules do. */
static void test_http__serves_its_openapi_document(void **state)
{
    (void)state;
    site s;
    json_error_t e;
    open_site(&s, NULL);
    assert_int_equal(ask(&s, "GET", "/openapi.json", NULL), 200);
    json_t *document = json_loads(s.got.body, 0, &e);
    json_t *paths = json_object_get(document, "paths");
    json_t *schemas =
        json_object_get(json_object_get(document, "components"), "schemas");
    assert_non_null(json_object_get(json_object_get(paths, "/orders/{id}"), "patch"));
    json_t *item =
        json_object_get(json_object_get(schemas, "order_item_new"), "properties");
    assert_int_equal(json_object_size(item), 3);
    json_t *quantity = json_object_get(item, "quantity");
    assert_int_equal(json_integer_value(json_object_get(quantity, "maximum")),
                     QUANTITY_MAX);
    json_decref(document);
    close_site(&s);
}

static void test_http__needs_an_address(void **state)
{
    (void)state;
    rig r;
    rig_open(&r, (const char *[]){"HOST", "not an address", NULL});
    assert_null(http_open(&r.settings, &r.service, &r.log));
    rig_close(&r);
    rig_open(&r, (const char *[]){"PORT", "0", "HOST", "::1", NULL});
    http_close(http_open(&r.settings, &r.service, &r.log)); /* NULL without IPv6 */
    rig_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_http__serves_the_life_of_an_order),
        cmocka_unit_test(test_http__refuses_what_makes_no_sense),
        cmocka_unit_test(test_http__makes_one_order_of_a_key),
        cmocka_unit_test(test_http__makes_one_order_of_a_key_for_many),
        cmocka_unit_test(test_http__pages_through_a_customers_orders),
        cmocka_unit_test(test_http__takes_no_body_that_is_too_large),
        cmocka_unit_test(test_http__reads_a_body_in_pieces),
        cmocka_unit_test(test_http__hangs_up_on_slow_clients),
        cmocka_unit_test(test_http__tells_of_its_health),
        cmocka_unit_test(test_http__serves_its_openapi_document),
        cmocka_unit_test(test_http__needs_an_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
