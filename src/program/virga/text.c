/* Memory, text and files of the command. */
#include "program/virga/app.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

void app_no_memory(void)
{
    fputs("virga: out of memory\n", stderr);
    exit(EXIT_FAILED);
}

void *app_alloc(app *a, size_t size)
{
    void *p = vg_arena_alloc(&a->arena, size ? size : 1);
    if (!p)
        app_no_memory();
    return memset(p, 0, size ? size : 1);
}

char *app_text_len(app *a, const char *text, size_t len)
{
    char *copy = app_alloc(a, len + 1);
    if (len)
        memcpy(copy, text, len);
    return copy;
}

char *app_text(app *a, const char *text)
{
    return app_text_len(a, text, strlen(text));
}

char *app_print_args(app *a, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = app_alloc(a, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, args);
    return text;
}

char *app_print(app *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = app_print_args(a, format, args);
    va_end(args);
    return text;
}

void texts_add(app *a, texts *list, const char *text)
{
    /* Room for a power of two, and for the NULL after the last. */
    size_t n = list->len + 1;
    if ((n & (n - 1)) == 0) {
        const char **more = app_alloc(a, 2 * n * sizeof *more);
        if (list->len)
            memcpy(more, list->data, list->len * sizeof *more);
        list->data = more;
    }
    list->data[list->len++] = text;
    list->data[list->len] = NULL;
}

texts text_words(app *a, const char *text)
{
    texts words = {0};
    static const char blanks[] = " \t\r\n";
    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t len = strcspn(text, blanks);
        texts_add(a, &words, app_text_len(a, text, len));
        text += len;
    }
    return words;
}

char *app_read(app *a, const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    size_t have = 0, room = 4096;
    char *text = app_alloc(a, room + 1);
    for (size_t n; (n = fread(text + have, 1, room - have, f)) > 0;) {
        have += n;
        if (have == room) {
            char *more = app_alloc(a, 2 * room + 1);
            memcpy(more, text, have);
            text = more;
            room *= 2;
        }
    }
    int bad = ferror(f) ? errno : 0;
    fclose(f);
    if (bad) {
        errno = bad;
        return NULL;
    }
    text[have] = 0;
    if (len)
        *len = have;
    return text;
}

int app_write(app *a, const char *path, const char *text, size_t len, bool replace)
{
    /* Whole or not at all: a neighbour that takes the name, or gives it up. */
    char *other = app_print(a, "%s.%ld.new", path, (long)getpid());
    int fd = open(other, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return app_fail(a, EXIT_FAILED, "cannot write %s: %s", path, strerror(errno));
    size_t done = 0;
    while (done < len) {
        ssize_t n = write(fd, text + done, len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        done += (size_t)n;
    }
    int bad = done < len ? errno : 0;
    if (close(fd) && !bad)
        bad = errno;
    if (!bad && (replace ? rename(other, path) : link(other, path)))
        bad = errno;
    if (bad || !replace)
        unlink(other);
    if (bad)
        return app_fail(a, EXIT_FAILED, "cannot write %s: %s", path, strerror(bad));
    return EXIT_DONE;
}

/* How many letters to insert, take away, change or swap: Damerau and Levenshtein. */
static size_t distance(const char *a, const char *b)
{
    enum { MOST = 64 };
    size_t n = strlen(a), m = strlen(b), rows[3][MOST + 1];
    if (n > MOST || m > MOST)
        return MOST;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = rows[i % 3], *last = rows[(i + 2) % 3],
               *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            bool same = strncasecmp(&a[i - 1], &b[j - 1], 1) == 0;
            size_t best = last[j - 1] + !same;
            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return rows[n % 3][m];
}

const char *text_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *found = NULL;
    size_t best = strlen(word) / 3 + 1, len = strlen(word);
    for (size_t i = 0; i < count; i++) {
        size_t d = distance(word, candidates[i]);
        if (len >= 3 && strncmp(word, candidates[i], len) == 0)
            d = 1; /* the beginning of it */
        if (d <= best && d < strlen(candidates[i])) {
            if (!found || d < best)
                found = candidates[i];
            best = d;
        }
    }
    return found;
}
