/* Trees of rows as JSON: what WITH has loaded, and nothing else. */
#include "check.h"
#include <virga/json_schema.h>

// clang-format off
TABLE(artists,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL),
    MANY(albums, albums, artist_id))
TABLE(albums,
    COLUMN(id,        INTEGER, PRIMARY_KEY),
    COLUMN(artist_id, INTEGER),
    COLUMN(title,     TEXT,    NOT_NULL),
    ONE(artist, artists, artist_id),
    MANY_THROUGH(genres, genres, album_genres, album_id, genre_id),
    EXTRA(length, INTEGER))
TABLE(genres,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL))
TABLE(album_genres,
    COLUMN(album_id, INTEGER, NOT_NULL),
    COLUMN(genre_id, INTEGER, NOT_NULL),
    PRIMARY_KEY(album_id, genre_id))
PROJECTION(shelf,
    FIELD(name, artists.name),
    ROW(album,  albums))
SCHEMA(music, artists, albums, genres, album_genres)
// clang-format on

static const char rows[] =
    "insert into artists values (1, 'Nina'), (2, 'Miles');"
    "insert into albums values (1, 1, 'Pastel'), (2, null, 'Blue');"
    "insert into genres values (1, 'jazz');"
    "insert into album_genres values (1, 1);";

static int setup(void **state)
{
    return fixture_open(state, &music, rows);
}

static void test_tree__has_what_was_loaded(void **state)
{
    fixture *f = *state;
    albums_list list;
    const char *json;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(albums), ORDER_BY(albums.id)));
    assert_int_equal(vg_list_json(&f->arena, albums, &list, &json), VG_OK);
    check_text(json, "[{\"id\":1,\"artist_id\":1,\"title\":\"Pastel\"},"
                     "{\"id\":2,\"artist_id\":null,\"title\":\"Blue\"}]");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(albums), ORDER_BY(albums.id),
                    WITH(albums, artist, WITH(artists, albums)), WITH(albums, genres)));
    assert_int_equal(vg_list_json(&f->arena, albums, &list, &json), VG_OK);
    check_text(json,
               "[{\"id\":1,\"artist_id\":1,\"title\":\"Pastel\",\"artist\":{\"id\":1,"
               "\"name\":\"Nina\",\"albums\":[{\"id\":1,\"artist_id\":1,"
               "\"title\":\"Pastel\"}]},\"genres\":[{\"id\":1,\"name\":\"jazz\"}]},"
               "{\"id\":2,\"artist_id\":null,\"title\":\"Blue\",\"artist\":null,"
               "\"genres\":[]}]");
}

static void test_tree__is_read_back(void **state)
{
    fixture *f = *state;
    albums_list list;
    const char *json, *again;
    vg_json_reader r = {.arena = &f->arena};
    struct albums album;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(albums), ORDER_BY(albums.id),
                    WITH(albums, artist, WITH(artists, albums)), WITH(albums, genres)));
    for (size_t i = 0; i < list.len; i++) {
        assert_int_equal(vg_row_json(&f->arena, albums, &list.data[i], &json), VG_OK);
        assert_int_equal(vg_row_from_json(&r, albums, json, strlen(json), &album),
                         VG_OK);
        assert_int_equal(vg_row_json(&f->arena, albums, &album, &again), VG_OK);
        check_text(again, json);
        assert_true(VG_LOADED(&album, artist));
        assert_false(VG_LOADED(&album, length));
    }
    static const char bad[] =
        "{\"id\":1,\"artist_id\":null,\"title\":\"x\",\"length\":7,\"artist\":{\"id\":"
        "1},"
        "\"genres\":[{\"id\":1,\"name\":\"a\"},{\"id\":\"x\",\"name\":\"b\"}],"
        "\"genres\":[]}";
    assert_int_equal(vg_row_from_json(&r, albums, bad, sizeof bad - 1, &album),
                     VG_VALUE);
    assert_int_equal(r.fault_count, 3);
    check_text(r.faults[0].pointer, "/artist/name");
    check_text(r.faults[1].pointer, "/genres/1/id");
    check_text(r.faults[2].message, "stands there twice");
    assert_true(album.length.has && album.length.v == 7);
    /* In the other uses relations are unknown. */
    struct albums_new change;
    r.fault_count = 0;
    assert_int_equal(vg_update_from_json(&r, albums, "{\"genres\":[]}", 13, &change),
                     VG_VALUE);
    check_text(r.faults[0].message, "is unknown");
}

/* A row within a row has loaded none. */
static void test_tree__is_none_in_a_projection(void **state)
{
    fixture *f = *state;
    shelf_list list;
    const char *json;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(shelf), FROM(albums),
                           INNER_JOIN(artists, EQ(artists.id, albums.artist_id))));
    assert_int_equal(vg_list_json(&f->arena, shelf, &list, &json), VG_OK);
    check_text(json, "[{\"name\":\"Nina\",\"album\":{\"id\":1,\"artist_id\":1,"
                     "\"title\":\"Pastel\"}}]");
}

/* Rows that a program has linked to each other end where a writer's depth does. */
static void test_tree__that_leads_back_is_refused(void **state)
{
    fixture *f = *state;
    struct albums album = {.id = 1, .title = "x", .vg_loaded = 1};
    struct artists artist = {.id = 1, .name = "y", .vg_loaded = 1};
    vg_json_writer w = {.arena = &f->arena};
    album.artist = &artist;
    artist.albums.data = &album;
    artist.albums.len = 1;
    vg_put_row(&w, albums, &album);
    assert_int_equal(vg_json_finish(&w), VG_TOO_BIG);
}

static void test_schema__refers_to_what_relations_lead_to(void **state)
{
    fixture *f = *state;
    const char *json;
    assert_int_equal(vg_select_json(&f->arena, artists, &json), VG_OK);
    assert_non_null(strstr(json, "\"albums\":{\"type\":\"array\",\"items\":"
                                 "{\"$ref\":\"#/$defs/albums\"}}"));
    assert_non_null(strstr(json,
                           "\"artist\":{\"anyOf\":[{\"$ref\":\"#/$defs/artists\"},"
                           "{\"type\":\"null\"}]}"));
    assert_non_null(strstr(json, "\"required\":[\"id\",\"name\"],"));
    assert_int_equal(vg_insert_json(&f->arena, artists, &json), VG_OK);
    assert_null(strstr(json, "albums"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tree__has_what_was_loaded, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_tree__is_read_back, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_tree__is_none_in_a_projection, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_tree__that_leads_back_is_refused, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_schema__refers_to_what_relations_lead_to,
                                        setup, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
