/* A migration folder for one test: made below the build's folder, and taken away again. The
 * kit in it has a clock that goes a second a call, and counts instead of chance. */
#pragma once
#include "check.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <virga/kit.h>

typedef struct kit_folder {
    char path[64];
    int64_t now;
    unsigned char next;
    vg_kit *kit;
} kit_folder;

static inline int64_t kf_now(void *ctx)
{
    return ((kit_folder *)ctx)->now += 1000;
}

static inline void kf_random(void *ctx, void *bytes, size_t len)
{
    memset(bytes, ++((kit_folder *)ctx)->next, len);
}

/* Close the kit and open it anew: what it handed out is void. */
static inline void kf_reopen(kit_folder *f)
{
    vg_kit_close(f->kit);
    assert_int_equal(vg_kit_open(&f->kit, &(vg_kit_config){.out = f->path,
                                                           .now_ms = kf_now,
                                                           .random = kf_random,
                                                           .ctx = f}),
                     VG_OK);
}

static inline int kf_setup(void **state)
{
    kit_folder *f = calloc(1, sizeof *f);
    snprintf(f->path, sizeof f->path, "kit_folder.XXXXXX");
    f->now = 1700000000000;
    if (!f || !mkdtemp(f->path))
        return -1;
    kf_reopen(f);
    *state = f;
    return 0;
}

static inline void kf_remove(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    char name[512];
    while (dir && (entry = readdir(dir))) {
        int len = snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (len < (int)sizeof name && entry->d_name[0] != '.' && remove(name) != 0)
            kf_remove(name);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

static inline int kf_teardown(void **state)
{
    kit_folder *f = *state;
    vg_kit_close(f->kit);
    kf_remove(f->path);
    free(f);
    return 0;
}

static inline const char *kf_path(const kit_folder *f, const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    return path;
}

static inline bool kf_exists(const kit_folder *f, const char *name)
{
    return access(kf_path(f, name), F_OK) == 0;
}

static inline void kf_put(const kit_folder *f, const char *name, const char *text)
{
    mkdir(kf_path(f, "meta"), 0777);
    FILE *file = fopen(kf_path(f, name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

/* The text of a file; free it. NULL: there is none. */
static inline char *kf_get(const kit_folder *f, const char *name)
{
    FILE *file = fopen(kf_path(f, name), "rb");
    if (!file)
        return NULL;
    char *text = calloc(1, 1 << 20);
    assert_true(fread(text, 1, (1 << 20) - 1, file) < (1 << 20) - 1);
    fclose(file);
    return text;
}

static inline void kf_replace(const kit_folder *f, const char *name, const char *from,
                              const char *to)
{
    char *text = kf_get(f, name), *at = strstr(text, from);
    char *out = calloc(1, strlen(text) + strlen(to) + 1);
    assert_non_null(at);
    memcpy(out, text, (size_t)(at - text));
    strcat(strcat(out, to), at + strlen(from));
    kf_put(f, name, out);
    free(text);
    free(out);
}

static inline void check_kit(const kit_folder *f, int code)
{
    if (code != VG_OK)
        fail_msg("%s", vg_kit_error(f->kit));
}

static inline void kf_generate(kit_folder *f, const vg_schema *schema, const char *name)
{
    vg_kit_generated made;
    check_kit(f, vg_kit_generate(f->kit, schema,
                                 &(vg_kit_generate_options){.name = name}, &made));
    assert_true(made.changed);
    assert_int_equal(made.questions.len, 0);
}

/* What the check finds, a line each: "error 0001_x.sql:3: text". */
static inline const char *kf_findings(kit_folder *f)
{
    static char text[16384];
    vg_kit_findings found;
    size_t len = 0, skip = strlen(f->path) + 1;
    text[0] = 0;
    check_kit(f, vg_kit_check(f->kit, &found));
    for (size_t i = 0; i < found.len; i++) {
        const vg_kit_finding *x = &found.data[i];
        len += (size_t)snprintf(text + len, sizeof text - len, "%s %s:%zu: %s\n",
                                x->severity == VG_KIT_ERROR ? "error" : "warning",
                                x->file + skip, x->line, x->message);
        assert_true(len < sizeof text);
    }
    return text;
}

static inline void kf_sound(kit_folder *f)
{
    assert_string_equal(kf_findings(f), "");
}

static inline void kf_finds(kit_folder *f, const char *expected)
{
    const char *found = kf_findings(f);
    if (!strstr(found, expected))
        fail_msg("not found: %s\nbut:\n%s", expected, found);
}
