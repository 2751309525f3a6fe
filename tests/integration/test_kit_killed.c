/* The folder's tools, killed before each step on the disk that they take, and on a disk that is
 * full: what is left is understood by the next run, and does no harm.
 *
 * A step is a rename, an unlink or an fsync. They are defined here, so the kit in this program
 * calls these. */
#include "kit_folder.h"
#include "kit_users.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>

// clang-format off
TABLE(notes,
    STRICT,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(text, TEXT))
SCHEMA(third, users2, notes)

TABLE(tags, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(fourth, users, tags)
SCHEMA(all, users2, notes, tags)
// clang-format on

/* ---- steps ---- */

static int steps_left; /* 0: no end */

static void step(void)
{
    if (steps_left && --steps_left == 0)
        kill(getpid(), SIGKILL);
}

int rename(const char *from, const char *to)
{
    step();
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int unlink(const char *path)
{
    step();
    return unlinkat(AT_FDCWD, path, 0);
}

int fsync(int fd)
{
    step();
    (void)fd;
    return 0;
}

/* ---- folders and tools ---- */

static kit_folder *folder(void)
{
    void *state = NULL;
    assert_int_equal(kf_setup(&state), 0);
    return state;
}

static void gone(kit_folder *f)
{
    void *state = f;
    kf_teardown(&state);
}

static void two(kit_folder *f)
{
    kf_generate(f, &first, "one");
    kf_generate(f, &second, "two");
}

static void three(kit_folder *f)
{
    two(f);
    kf_generate(f, &third, "three");
}

/* The last one is written by hand and has no snapshot, as is common. */
static void by_hand(kit_folder *f)
{
    vg_kit_generate_options custom = {.name = "hand", .custom = true};
    vg_kit_generated made;
    three(f);
    check_kit(f, vg_kit_generate(f->kit, NULL, &custom, &made));
    kf_put(f, "0003_hand.sql", "INSERT INTO users (id, name) VALUES (1, 'a');");
    assert_int_equal(unlinkat(AT_FDCWD, kf_path(f, "meta/0003_snapshot.json"), 0), 0);
}

static void old(kit_folder *f)
{
    three(f);
    kf_replace(f, "meta/0000_snapshot.json", "\"version\": \"6\"",
               "\"version\": \"5\"");
    kf_replace(f, "meta/0001_snapshot.json", "\"version\": \"6\"",
               "\"version\": \"5\"");
}

static void mark(const kit_folder *f, const char *name, const char *mine,
                 const char *yours)
{
    char text[16384];
    snprintf(text, sizeof text, "<<<<<<< HEAD\n%s\n=======\n%s\n>>>>>>> main\n", mine,
             yours);
    kf_put(f, name, text);
}

/* A merge in which both sides have a migration 1. */
static void merged(kit_folder *f)
{
    vg_kit_changed did;
    kf_generate(f, &first, "one");
    kf_generate(f, &fourth, "theirs");
    char *journal = kf_get(f, "meta/_journal.json");
    char *snapshot = kf_get(f, "meta/0001_snapshot.json");
    char *sql = kf_get(f, "0001_theirs.sql");
    check_kit(f, vg_kit_drop(f->kit, NULL, NULL, &did));
    kf_generate(f, &second, "ours");
    kf_generate(f, &third, "more");
    char *ours = kf_get(f, "meta/_journal.json");
    char *mine = kf_get(f, "meta/0001_snapshot.json");
    mark(f, "meta/_journal.json", ours, journal);
    mark(f, "meta/0001_snapshot.json", mine, snapshot);
    kf_put(f, "0001_theirs.sql", sql);
    free(journal);
    free(snapshot);
    free(sql);
    free(ours);
    free(mine);
}

static int generate(kit_folder *f)
{
    vg_kit_generated made;
    return vg_kit_generate(f->kit, &third, &(vg_kit_generate_options){.name = "three"},
                           &made);
}

static int up(kit_folder *f)
{
    vg_kit_texts written;
    return vg_kit_up(f->kit, &written);
}

static int drop(kit_folder *f)
{
    vg_kit_changed did;
    return vg_kit_drop(f->kit, "0002_three", NULL, &did);
}

static int squash(kit_folder *f)
{
    vg_kit_changed did;
    return vg_kit_squash(f->kit, NULL, &did);
}

static int rebase(kit_folder *f)
{
    vg_kit_changed did;
    return vg_kit_rebase(f->kit, NULL, &did);
}

static int embed(kit_folder *f)
{
    return vg_kit_embed(f->kit, NULL, kf_path(f, "app.c"), NULL);
}

static const struct tool {
    const char *name;
    void (*before)(kit_folder *f);
    int (*run)(kit_folder *f);
    int done;               /* what it says when it runs again after it was done */
    const vg_schema *after; /* the schema that the folder leads to */
    const char *still;      /* what the check may say as long as it is not done */
} tools[] = {
    {"generate", two, generate, VG_OK, &third, NULL},
    {"up", old, up, VG_OK, &third, "run `virga up`"},
    {"drop", three, drop, VG_NOT_FOUND, &second, NULL},
    {"squash", three, squash, VG_INVALID, &third, NULL},
    {"squash by hand", by_hand, squash, VG_INVALID, &third, NULL},
    {"rebase", merged, rebase, VG_OK, &all, "git left a conflict here"},
    {"embed", three, embed, VG_OK, &third, NULL},
};

/* ---- what is left ---- */

static void check_understood(kit_folder *f, const struct tool *tool, bool finished)
{
    const char *found = kf_findings(f), *error = found;
    while ((error = strstr(error, "error "))) {
        const char *end = strchr(error, '\n'), *still = tool->still;
        still = still && !finished ? strstr(error, still) : NULL;
        if (!still || still > end)
            fail_msg("%s: %s", tool->name, found);
        error = end;
    }
}

static void check_finished(kit_folder *f, const struct tool *tool)
{
    vg_kit_generated made;
    int code = tool->run(f);
    if (code != VG_OK && code != tool->done)
        fail_msg("%s: %s", tool->name, vg_kit_error(f->kit));
    check_understood(f, tool, true);
    check_kit(f, vg_kit_generate(f->kit, tool->after, NULL, &made));
    assert_false(made.changed);
}

/* drizzle-kit takes any file in meta/ for a snapshot, unless its name begins with _. */
static void check_names(const kit_folder *f)
{
    DIR *dir = opendir(kf_path(f, "meta"));
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));)
        if (*e->d_name != '.' && *e->d_name != '_' &&
            strcmp(e->d_name + 4, "_snapshot.json") != 0)
            fail_msg("%s is left in meta/", e->d_name);
    closedir(dir);
}

/* Whether it was killed before it had ended. */
static bool killed(kit_folder *f, const struct tool *tool, int steps)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        steps_left = steps;
        kill(getpid(), tool->run(f) == VG_OK ? SIGTERM : SIGABRT);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_in_set(WTERMSIG(status), ((unsigned long[]){SIGTERM, SIGKILL}), 2);
    return WTERMSIG(status) == SIGKILL;
}

static void test_folder__is_understood_wherever_a_tool_is_killed(void **state)
{
    (void)state;
    for (size_t t = 0; t < COUNT_OF_ARRAY(tools); t++) {
        bool more = true;
        int steps = 1;
        for (; more; steps++) {
            kit_folder *f = folder();
            tools[t].before(f);
            more = killed(f, &tools[t], steps);
            check_understood(f, &tools[t], !more);
            check_names(f);
            check_finished(f, &tools[t]);
            gone(f);
        }
        assert_true(steps > 2);
    }
}

static void test_folder__is_understood_when_the_disk_is_full(void **state)
{
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before, limit;
    getrlimit(RLIMIT_FSIZE, &before);
    for (size_t t = 0; t < COUNT_OF_ARRAY(tools); t++) {
        if (tools[t].run == drop)
            continue; /* what it writes is small */
        for (rlim_t bytes = 0; bytes < 1500; bytes += 300) {
            kit_folder *f = folder();
            tools[t].before(f);
            limit = (struct rlimit){bytes, before.rlim_max};
            setrlimit(RLIMIT_FSIZE, &limit);
            int code = tools[t].run(f);
            setrlimit(RLIMIT_FSIZE, &before);
            if (code != VG_FULL && code != VG_OK)
                fail_msg("%s: %s", tools[t].name, vg_kit_error(f->kit));
            assert_true(bytes > 0 || code == VG_FULL);
            check_understood(f, &tools[t], code == VG_OK);
            check_finished(f, &tools[t]);
            gone(f);
        }
    }
}

/* What a killed run has left is not taken for a part of the next migration. */
static void test_folder__leftovers_of_the_same_name(void **state)
{
    (void)state;
    kit_folder *f = folder();
    vg_kit_generate_options bare = {.name = "two", .no_down = true};
    vg_kit_generated made;
    kf_generate(f, &first, "one");
    kf_put(f, "meta/_0001_virga.json", "{\"nonsense\": true}");
    kf_put(f, "meta/_0001_two_replaces.json", "{\"replaces\": []}");
    kf_put(f, "0001_two.down.sql", "DROP TABLE users;");
    check_kit(f, vg_kit_generate(f->kit, &second, &bare, &made));
    assert_int_not_equal(access(kf_path(f, "meta/_0001_virga.json"), F_OK), 0);
    assert_int_not_equal(access(kf_path(f, "meta/_0001_two_replaces.json"), F_OK), 0);
    assert_int_not_equal(access(kf_path(f, "0001_two.down.sql"), F_OK), 0);
    check_kit(f, vg_kit_generate(f->kit, &second, NULL, &made));
    assert_false(made.changed);
    gone(f);
}

/* One tool waits for the other; each sees what the other has written. */
static void test_folder__tools_at_once(void **state)
{
    (void)state;
    enum { TOOLS = 6 };
    kit_folder *f = folder();
    kf_generate(f, &first, "one");
    int status, lock = open(f->path, O_RDONLY | O_DIRECTORY);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    pid_t children[TOOLS];
    for (int i = 0; i < TOOLS; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            vg_kit_generate_options custom = {.custom = true};
            vg_kit_generated made;
            close(lock);
            _exit(vg_kit_generate(f->kit, NULL, &custom, &made) == VG_OK ? 0 : 1);
        }
    }
    usleep(50000);
    assert_int_equal(waitpid(children[0], &status, WNOHANG), 0);
    close(lock);
    for (int i = 0; i < TOOLS; i++) {
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    vg_migrations list;
    check_kit(f, vg_kit_load(f->kit, &list));
    assert_int_equal(list.len, 1 + TOOLS);
    gone(f);
}

static void test_folder__that_is_read_only_is_left_alone(void **state)
{
    (void)state;
    bool root = geteuid() == 0; /* it may write anywhere */
    const uid_t nobody = 65534;
    for (size_t t = 0; t < COUNT_OF_ARRAY(tools); t++) {
        kit_folder *f = folder();
        tools[t].before(f);
        chmod(kf_path(f, "meta"), 0555);
        chmod(f->path, 0555);
        assert_int_equal(root ? seteuid(nobody) : 0, 0);
        int code = tools[t].run(f);
        assert_int_equal(root ? seteuid(0) : 0, 0);
        assert_int_equal(code, VG_READ_ONLY);
        chmod(f->path, 0777);
        chmod(kf_path(f, "meta"), 0777);
        check_finished(f, &tools[t]);
        gone(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folder__is_understood_wherever_a_tool_is_killed),
        cmocka_unit_test(test_folder__is_understood_when_the_disk_is_full),
        cmocka_unit_test(test_folder__leftovers_of_the_same_name),
        cmocka_unit_test(test_folder__tools_at_once),
        cmocka_unit_test(test_folder__that_is_read_only_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
