/* What became of a name that is gone while another is new: said by --rename and --create, by a
 * file of decisions, or by a person. Never guessed.
 *
 * A decision is compared as text with each of the forms that a question allows, so that names
 * may have any characters in them: `users.age=users.years`, `users.age=years`. */
#include "program/virga/commands.h"
#include <errno.h>
#include <string.h>

static const char *const kinds[] = {
    [VG_KIT_TABLE] = "table", [VG_KIT_COLUMN] = "column",
    [VG_KIT_VIEW] = "view",   [VG_KIT_SCHEMA] = "schema",
    [VG_KIT_ENUM] = "enum",   [VG_KIT_SEQUENCE] = "sequence",
    [VG_KIT_ROLE] = "role",   [VG_KIT_POLICY] = "policy"};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* ---- the decisions file ---- */

/* {"renames": [{"table": "a", "to": "b"}, {"column": "b.x", "to": "y"}], "creates": ["c"]} */
static int read_renames(app *a, answers *said, const char *path, json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const char *from = NULL, *to = json_string_value(json_object_get(one, "to"));
        for (size_t k = 0; k < KINDS && !from; k++)
            from = json_string_value(json_object_get(one, kinds[k]));
        if (!from || !to || json_object_size(one) != 2)
            return app_fail(
                a, EXIT_USAGE,
                "%s: a rename is {\"table\": \"old\", \"to\": \"new\"}, with "
                "\"table\", \"column\" (\"table.old\"), \"view\", \"schema\", "
                "\"enum\", \"sequence\", \"role\" or \"policy\"; number %zu is not",
                path, i + 1);
        texts_add(a, &said->from_file, app_print(a, "%s=%s", from, to));
    }
    return EXIT_DONE;
}

static int read_decisions(app *a, answers *said, const char *path, json_t *file)
{
    const char *key;
    json_t *value;
    if (!json_is_object(file))
        return app_fail(a, EXIT_USAGE, "%s: not an object, {\"renames\": [...]}", path);
    json_object_foreach(file, key, value)
    {
        bool renames = strcmp(key, "renames") == 0,
             creates = strcmp(key, "creates") == 0;
        if (!renames && !creates)
            return app_fail(
                a, EXIT_USAGE,
                "%s: there is no key \"%s\"; it has \"renames\" and \"creates\"", path,
                key);
        if (!json_is_array(value))
            return app_fail(a, EXIT_USAGE, "%s: \"%s\" must be an array", path, key);
        int status = renames ? read_renames(a, said, path, value) : EXIT_DONE;
        for (size_t i = 0; creates && i < json_array_size(value); i++) {
            const char *name = json_string_value(json_array_get(value, i));
            if (!name)
                return app_fail(a, EXIT_USAGE, "%s: \"creates\" is an array of names",
                                path);
            texts_add(a, &said->from_file, app_text(a, name));
        }
        if (status)
            return status;
    }
    return EXIT_DONE;
}

int answers_read(app *a, answers *said)
{
    *said = (answers){.renames = *setting_list(a, OPT_RENAME),
                      .creates = *setting_list(a, OPT_CREATE)};
    said->used_rename = app_alloc(a, said->renames.len + 1);
    said->used_create = app_alloc(a, said->creates.len + 1);
    for (size_t i = 0; i < said->renames.len; i++) {
        if (!strchr(said->renames.data[i], '='))
            return app_fail(a, EXIT_USAGE,
                            "--rename %s: write old=new, as in users=people or "
                            "users.age=users.years",
                            said->renames.data[i]);
    }
    const char *path = setting_text(a, OPT_DECISIONS);
    bool must = path != NULL;
    path = must ? path : "virga.decisions.json";
    size_t len;
    const char *text = app_read(a, path, &len);
    if (!text && !must && errno == ENOENT)
        return EXIT_DONE;
    if (!text)
        return app_fail(a, EXIT_USAGE, "cannot read %s: %s", path, strerror(errno));
    json_error_t wrong;
    json_t *file = json_loadb(text, len, JSON_REJECT_DUPLICATES, &wrong);
    if (!file)
        return app_fail(a, EXIT_USAGE, "%s:%d:%d: %s", path, wrong.line, wrong.column,
                        wrong.text);
    int status = read_decisions(a, said, path, file);
    json_decref(file);
    return status;
}

vg_kit_decisions answers_given(const answers *said)
{
    return (vg_kit_decisions){said->data, said->len};
}

/* ---- matching ---- */

static void decide(app *a, answers *said, const vg_kit_question *q, const char *from)
{
    vg_kit_decision *more = app_alloc(a, (said->len + 1) * sizeof *more);
    if (said->len)
        memcpy(more, said->data, said->len * sizeof *more);
    more[said->len++] = (vg_kit_decision){q->kind, q->table, from, q->name};
    said->data = more;
}

/* The name that a question's table had before a rename that is decided already. */
static const char *old_table(const answers *said, const vg_kit_question *q)
{
    for (size_t i = 0; i < said->len; i++) {
        const vg_kit_decision *d = &said->data[i];
        if (d->kind == VG_KIT_TABLE && d->from && strcmp(d->to, q->table) == 0)
            return d->from;
    }
    return q->table;
}

/* A name as --create takes it, and the right side of --rename. */
static const char *full_name(app *a, const vg_kit_question *q, const char *name)
{
    return q->table && *q->table ? app_print(a, "%s.%s", q->table, name) : name;
}

static bool says_create(app *a, const vg_kit_question *q, const char *text)
{
    return strcmp(text, full_name(a, q, q->name)) == 0;
}

static bool says_rename(app *a, const answers *said, const vg_kit_question *q,
                        const char *candidate, const char *text)
{
    if (!q->table || !*q->table)
        return strcmp(text, app_print(a, "%s=%s", candidate, q->name)) == 0;
    const char *tables[] = {q->table, old_table(said, q)};
    for (size_t i = 0; i < 2; i++) {
        const char *left = app_print(a, "%s.%s=", tables[i], candidate);
        size_t len = strlen(left);
        if (strncmp(text, left, len) != 0)
            continue;
        if (strcmp(text + len, q->name) == 0 ||
            strcmp(text + len, full_name(a, q, q->name)) == 0 ||
            strcmp(text + len, app_print(a, "%s.%s", tables[i], q->name)) == 0)
            return true;
    }
    return false;
}

/* Whether one of `list` answers `q`; which ones do so is noted in `used` (or NULL). */
static bool by_list(app *a, answers *said, const vg_kit_question *q, const texts *list,
                    bool *used, bool renames, bool creates)
{
    for (size_t i = 0; i < list->len; i++) {
        if (creates && says_create(a, q, list->data[i])) {
            if (used)
                used[i] = true;
            decide(a, said, q, NULL);
            return true;
        }
        for (size_t c = 0; renames && c < q->candidates.len; c++) {
            const char *candidate = q->candidates.data[c];
            if (!says_rename(a, said, q, candidate, list->data[i]))
                continue;
            if (used)
                used[i] = true;
            decide(a, said, q, candidate);
            return true;
        }
    }
    return false;
}

static bool by_what_was_said(app *a, answers *said, const vg_kit_question *q)
{
    if (!q->candidates.len &&
        !by_list(a, said, q, &said->creates, said->used_create, 0, 1)) {
        decide(a, said, q, NULL); /* nothing is left that it could have been */
        return true;
    }
    return by_list(a, said, q, &said->renames, said->used_rename, true, false) ||
           by_list(a, said, q, &said->creates, said->used_create, false, true) ||
           by_list(a, said, q, &said->from_file, NULL, true, true);
}

/* ---- asking ---- */

static int ask(app *a, answers *said, const vg_kit_question *q)
{
    const char *kind = kinds[q->kind];
    static const char *const keeps[] = {[VG_KIT_TABLE] = "renamed, its rows stay",
                                        [VG_KIT_COLUMN] = "renamed, its values stay"};
    const char *kept = q->kind <= VG_KIT_COLUMN ? keeps[q->kind] : "renamed";
    const char *question = app_print(a, "%s: a new %s, or an old one with a new name?",
                                     full_name(a, q, q->name), kind);
    texts choices = {0};
    size_t width = strlen(q->name), chosen = 0;
    for (size_t i = 0; i < q->candidates.len; i++) {
        size_t len = strlen(q->candidates.data[i]) + 3 + strlen(q->name);
        width = len > width ? len : width;
    }
    /* The mark between old and new is three bytes but one column. */
    texts_add(a, &choices, app_print(a, "+ %-*s  new", (int)width, q->name));
    for (size_t i = 0; i < q->candidates.len; i++) {
        const char *pair =
            app_print(a, "%s \xe2\x80\xba %s", q->candidates.data[i], q->name);
        texts_add(a, &choices, app_print(a, "~ %-*s  %s", (int)width + 2, pair, kept));
    }
    int status = prompt_choose(a, question, choices.data, choices.len, &chosen);
    if (status) {
        tell(a, "Interrupted: nothing was written\n");
        return status;
    }
    const char *from = chosen ? q->candidates.data[chosen - 1] : NULL;
    const char *name = full_name(a, q, q->name);
    if (from)
        tell(a, "%s~%s %s %s will be renamed to %s\n", paint(stderr, STYLE_YELLOW),
             paint(stderr, STYLE_NONE), kind, full_name(a, q, from), q->name);
    else
        tell(a, "%s+%s %s %s will be created\n", paint(stderr, STYLE_GREEN),
             paint(stderr, STYLE_NONE), kind, name);
    decide(a, said, q, from);
    return EXIT_DONE;
}

/* A word as a shell takes it. */
static const char *shell_word(app *a, const char *word)
{
    if (word[strspn(word,
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                    "_.=-/")] == 0)
        return word;
    const char *result = "'";
    for (const char *quote; (quote = strchr(word, '\'')); word = quote + 1)
        result = app_print(a, "%s%.*s'\\''", result, (int)(quote - word), word);
    return app_print(a, "%s%s'", result, word);
}

/* What was said on the command line and fits no question. */
static const char *unused(app *a, const answers *said)
{
    const char *text = "";
    for (size_t i = 0; i < said->renames.len; i++) {
        if (!said->used_rename[i])
            text = app_print(a, "%s\n--rename %s fits none of them", text,
                             said->renames.data[i]);
    }
    for (size_t i = 0; i < said->creates.len; i++) {
        if (!said->used_create[i])
            text = app_print(a, "%s\n--create %s fits none of them", text,
                             said->creates.data[i]);
    }
    return text;
}

static int undecided(app *a, const answers *said, const vg_kit_questions *questions)
{
    json_t *list = json_array();
    const char *text = "";
    for (size_t i = 0; i < questions->len; i++) {
        const vg_kit_question *q = &questions->data[i];
        const char *name = full_name(a, q, q->name);
        json_t *flags = json_array();
        const char *flag = app_print(a, "--create %s", shell_word(a, name));
        text = app_print(a, "%s\n  %s %s\n    is new                  %s", text,
                         kinds[q->kind], name, flag);
        json_array_append_new(flags, json_string(flag));
        for (size_t c = 0; c < q->candidates.len; c++) {
            const char *old = full_name(a, q, q->candidates.data[c]);
            flag = app_print(a, "--rename %s",
                             shell_word(a, app_print(a, "%s=%s", old, name)));
            json_array_append_new(flags, json_string(flag));
            text =
                app_print(a, "%s\n    was %-19s %s", text, q->candidates.data[c], flag);
        }
        json_t *one =
            json_pack("{s:s,s:s,s:o,s:o}", "kind", kinds[q->kind], "name", q->name,
                      "candidates", json_texts(&q->candidates), "answers", flags);
        if (q->table && *q->table)
            json_object_set_new(one, "table", json_string(q->table));
        json_array_append_new(list, one);
    }
    answer_set(a, "questions", list);
    const char *count = counted(a, questions->len, "question");
    if (a->json)
        return app_fail(a, EXIT_UNDECIDED, "%s to answer first", count);
    return app_fail(
        a, EXIT_UNDECIDED,
        "%s to answer first, by one option for each (or virga.decisions.json):%s%s",
        count, text, unused(a, said));
}

/* A --create is of use where anybody asked, even if another answer has settled it since. */
static void note_creates(app *a, answers *said, const vg_kit_questions *questions)
{
    for (size_t i = 0; i < questions->len; i++) {
        for (size_t c = 0; c < said->creates.len; c++) {
            if (says_create(a, &questions->data[i], said->creates.data[c]))
                said->used_create[c] = true;
        }
    }
}

int answers_find(app *a, answers *said, const vg_kit_questions *questions)
{
    note_creates(a, said, questions);
    for (size_t i = 0; i < questions->len; i++) {
        if (by_what_was_said(a, said, &questions->data[i]))
            return EXIT_DONE; /* one at a time: it may take a candidate from the others */
    }
    if (prompt_possible(a))
        return ask(a, said, &questions->data[0]);
    return undecided(a, said, questions);
}

int answers_check(app *a, const answers *said)
{
    for (size_t i = 0; i < said->renames.len; i++) {
        if (!said->used_rename[i])
            return app_fail(
                a, EXIT_USAGE,
                "--rename %s fits nothing: the new name must be in the schema and "
                "not in the last snapshot, the old one the other way round",
                said->renames.data[i]);
    }
    for (size_t i = 0; i < said->creates.len; i++) {
        if (!said->used_create[i])
            return app_fail(a, EXIT_USAGE,
                            "--create %s fits nothing: nobody asks whether it is new",
                            said->creates.data[i]);
    }
    return EXIT_DONE;
}
