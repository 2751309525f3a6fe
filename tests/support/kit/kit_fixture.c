/* A kit in a folder of its own. */
#include "kit_fixture.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t now_ms(void *ctx)
{
    kit_fixture *f = ctx;
    return f->now += 1000;
}

static void chance(void *ctx, void *bytes, size_t len)
{
    kit_fixture *f = ctx;
    memset(bytes, f->chance++, len);
}

void kit_fixture_reopen(kit_fixture *f, vg_kit_config config)
{
    vg_kit_close(f->kit);
    config.out = f->out;
    config.now_ms = now_ms;
    config.random = chance;
    config.ctx = f;
    config.allocator = rt_allocator(&f->heap);
    assert_int_equal(vg_kit_open(&f->kit, &config), VG_OK);
}

int kit_fixture_open(void **state)
{
    kit_fixture *f = calloc(1, sizeof *f);
    snprintf(f->root, sizeof f->root, "/tmp/virga-kit-XXXXXX");
    assert_non_null(mkdtemp(f->root));
    snprintf(f->out, sizeof f->out, "%s/migrations", f->root);
    f->now = 1795248443375;
    kit_fixture_reopen(f, (vg_kit_config){0});
    *state = f;
    return 0;
}

/* A folder of files, and of folders two deep. */
static void remove_tree(const char *path, int depth)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        char inner[700];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (unlink(inner) != 0 && depth > 0)
            remove_tree(inner, depth - 1);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

int kit_fixture_close(void **state)
{
    kit_fixture *f = *state;
    vg_kit_close(f->kit);
    rt_heap_check_empty(&f->heap);
    chmod(f->out, 0777);
    remove_tree(f->root, 3);
    free(f);
    return 0;
}

void check_kit_at(vg_kit *kit, int rc, const char *call, const char *file, int line)
{
    if (rc == VG_OK)
        return;
    print_error("%s\n  %s: %s\n", call, vg_code_name(rc), vg_kit_error(kit));
    _fail(file, line);
}

void check_kit_fails_at(vg_kit *kit, int rc, int code, const char *message,
                        const char *file, int line)
{
    if (rc != code)
        print_error("%s instead of %s: %s\n", vg_code_name(rc), vg_code_name(code),
                    vg_kit_error(kit));
    _assert_int_equal((unsigned)rc, (unsigned)code, file, line);
    _assert_string_equal(vg_kit_error(kit), message, file, line);
}

char *kit_file(const kit_fixture *f, const char *name)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", f->out, name);
    FILE *in = fopen(path, "rb");
    if (!in)
        return NULL;
    char *text = calloc(1, 1 << 20);
    size_t len = fread(text, 1, (1 << 20) - 1, in);
    text[len] = 0;
    fclose(in);
    return text;
}

void check_file_at(const kit_fixture *f, const char *name, const char *text,
                   const char *file, int line)
{
    char *got = kit_file(f, name);
    check_text_at(got, text, file, line);
    free(got);
}

void kit_write(const kit_fixture *f, const char *name, const char *text)
{
    char path[400];
    mkdir(f->out, 0777);
    snprintf(path, sizeof path, "%s/meta", f->out);
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/%s", f->out, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, strlen(text), out), strlen(text));
    assert_int_equal(fclose(out), 0);
}
