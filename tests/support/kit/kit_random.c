/* Random schemas for tests of the kit. */
#include "kit_random.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned dice(random_schema *s, unsigned sides)
{
    s->state ^= s->state << 13;
    s->state ^= s->state >> 7;
    s->state ^= s->state << 17;
    return (unsigned)(s->state >> 11) % sides;
}

static void new_name(random_schema *s, const char *what, char *out)
{
    static const char *const odd[] = {"",   " x", "\"q", "`b", "'", "",
                                      "_1", "é",  ".d",  "",   "",  ""};
    const char *more = odd[dice(s, sizeof odd / sizeof *odd)];
    if (*what == 't' && dice(s, 9) == 0)
        snprintf(out, 32, "%u", s->names++);
    else
        snprintf(out, 32, "%s%u%s", what, s->names++, more);
}

static void new_column(random_schema *s, random_table *t, random_column *c, bool first)
{
    *c = (random_column){.here = true};
    new_name(s, "c", c->name);
    c->type = (int)dice(s, 3);
    c->value = (int)dice(s, 5);
    c->not_null = (c->value || first) && dice(s, 3) == 0;
    c->checked = dice(s, 6) == 0;
    c->indexed = dice(s, 4) == 0;
    c->unique = first && c->indexed && dice(s, 2);
    if (dice(s, 7) == 0) {
        c->generated = 1 + (int)dice(s, 2);
        c->not_null = false;
        c->value = 0;
        c->checked = c->unique = false;
    } else if (dice(s, 3) == 0) {
        int parent = (int)dice(s, RANDOM_TABLES);
        if (s->tables[parent].here && !s->tables[parent].pair &&
            (first || s->tables[parent].old) && &s->tables[parent] != t) {
            c->keyed = true;
            c->parent = parent;
            c->action = (int)dice(s, 3);
            c->not_null = false;
            c->value = c->type = 0;
        }
    }
}

static void new_table(random_schema *s, random_table *t, bool first)
{
    *t = (random_table){.here = true};
    new_name(s, "t", t->name);
    t->strict = dice(s, 8) == 0;
    t->without_rowid = dice(s, 8) == 0;
    t->pair = dice(s, 6) == 0;
    t->autoincrement = !t->pair && !t->without_rowid && dice(s, 3) == 0;
    t->viewed = dice(s, 3) == 0;
    t->triggered = dice(s, 3) == 0;
    t->expression = (int)dice(s, 4);
    t->columns[0] = (random_column){.here = true, .name = "id", .not_null = true};
    for (int i = 1; i < RANDOM_COLUMNS - 3; i++)
        if (dice(s, 4))
            new_column(s, t, &t->columns[i], first);
    random_column *second = &t->columns[1];
    if (t->pair && (!second->here || second->generated || second->keyed)) {
        *second = (random_column){.here = true, .not_null = true, .value = 1};
        new_name(s, "c", second->name);
    }
}

void random_schema_make(random_schema *s, uint64_t seed)
{
    *s = (random_schema){.state = seed * 2654435761u + 88172645463325252u};
    for (int i = 0; i < RANDOM_TABLES; i++)
        if (dice(s, 3))
            new_table(s, &s->tables[i], true);
    for (int i = 0; i < RANDOM_TABLES; i++) {
        random_table *t = &s->tables[i];
        t->old = t->here;
        strcpy(t->was, t->name);
        for (int j = 0; j < RANDOM_COLUMNS; j++) {
            t->columns[j].old = t->columns[j].here;
            strcpy(t->columns[j].was, t->columns[j].name);
        }
    }
}

static void drop_table(random_schema *s, int table)
{
    s->tables[table].here = false;
    for (int i = 0; i < RANDOM_TABLES; i++)
        for (int j = 0; j < RANDOM_COLUMNS; j++)
            if (s->tables[i].columns[j].parent == table)
                s->tables[i].columns[j].keyed = false;
}

/* In the lines of renames a dot stands between table and column. */
static void rename_one(random_schema *s, const char *what, char *name, bool old)
{
    char fresh[32];
    if (!old || strchr(name, '.'))
        return;
    do
        new_name(s, what, fresh);
    while (strchr(fresh, '.'));
    strcpy(name, fresh);
}

static void change_column(random_schema *s, random_table *t, random_column *c)
{
    bool free_type = !c->keyed && !c->generated;
    switch (dice(s, 9)) {
    case 0: c->here = t->pair && c == &t->columns[1]; break;
    case 1:
        rename_one(s, "c", c->name, t->old && c->old && !strchr(t->name, '.'));
        break;
    case 2: c->type = free_type && !t->strict ? (int)dice(s, 3) : c->type; break;
    case 3:
        c->value = free_type ? (c->not_null && !c->old) + (int)dice(s, 4) : c->value;
        break;
    case 4: c->not_null ^= free_type && (c->old || c->value) && !t->pair; break;
    case 5: c->indexed = !c->indexed; break;
    case 6: c->checked = !c->generated && !c->checked; break;
    case 7: c->keyed = false; break;
    default:
        if (c->generated)
            c->generated = (c->generated + 1) % 3;
        else if (!t->pair && !c->keyed && !c->not_null && !c->checked && !c->value &&
                 !c->unique)
            c->generated = 1 + (int)dice(s, 2);
    }
    if (t->pair)
        t->columns[1].not_null = true;
    c->unique &= c->old && !c->generated;
}

static void change_table(random_schema *s, int table)
{
    random_table *t = &s->tables[table];
    int column = 1 + (int)dice(s, RANDOM_COLUMNS - 1);
    switch (dice(s, 12)) {
    case 0: drop_table(s, table); break;
    case 1: rename_one(s, "t", t->name, t->old); break;
    case 2: t->without_rowid ^= !t->autoincrement; break;
    case 3: t->viewed = !t->viewed; break;
    case 4: t->triggered = !t->triggered; break;
    case 5: t->expression = (int)dice(s, 4); break;
    case 6: t->autoincrement ^= !t->pair && !t->without_rowid; break;
    default:
        if (t->columns[column].here)
            change_column(s, t, &t->columns[column]);
        else if (!t->columns[column].old && !(t->pair && column == 1))
            new_column(s, t, &t->columns[column], false);
    }
}

void random_schema_change(random_schema *s, int steps)
{
    while (steps--) {
        int table = (int)dice(s, RANDOM_TABLES);
        if (s->tables[table].here)
            change_table(s, table);
        else if (!s->tables[table].old)
            new_table(s, &s->tables[table], false);
    }
}

/* ---- as text ---- */

char *random_schema_renames(const random_schema *s)
{
    char *text;
    size_t len;
    FILE *f = open_memstream(&text, &len);
    for (int i = 0; f && i < RANDOM_TABLES; i++) {
        const random_table *t = &s->tables[i];
        if (!t->here || !t->old)
            continue;
        if (strcmp(t->was, t->name) != 0)
            fprintf(f, "%s=%s\n", t->was, t->name);
        for (int j = 0; j < RANDOM_COLUMNS; j++) {
            const random_column *c = &t->columns[j];
            if (c->here && c->old && strcmp(c->was, c->name) != 0)
                fprintf(f, "%s.%s=%s.%s\n", t->was, c->was, t->name, c->name);
        }
    }
    if (f)
        fclose(f);
    return text;
}

static void put_quoted(FILE *f, const char *name)
{
    putc('"', f);
    for (; *name; name++)
        fprintf(f, *name == '"' ? "\"\"" : "%c", *name);
    putc('"', f);
}

static const char *const types[] = {"integer", "text", "real"};

static void put_column(FILE *f, const random_schema *s, const random_table *t,
                       const random_column *c)
{
    static const char *const defaults[][5] = {
        {"", "5", "0", "7", "(1 + 2)"},
        {"", "'a'", "'it''s'", "CURRENT_TIMESTAMP", "''"},
        {"", "1.5", "2", "0", "(2.5)"}};
    bool key = c == &t->columns[0] && !t->pair;
    fprintf(f, "col|%s|%s|%s%s%s|%s|", c->name, types[c->type], key ? "pk " : "",
            c->not_null ? "nn " : "", key && t->autoincrement ? "auto" : "",
            defaults[c->type][c->value]);
    if (c->generated)
        fprintf(f, "(\"id\" + %d)|%s", c->type,
                c->generated == 2 ? "stored" : "virtual");
    putc('\n', f);
    if (c->indexed)
        fprintf(f, "index|%s_%s|%s|%s\n", t->columns[0].old ? "i" : "i", c->name,
                c->unique ? "unique" : "", c->name);
    if (c->keyed)
        fprintf(f, "fk|%s|%s|id|%s\n", c->name, s->tables[c->parent].name,
                (const char *[]){"", "cascade", "set null"}[c->action]);
    if (c->checked) {
        fprintf(f, "check|k_%s|", c->name);
        put_quoted(f, t->name);
        putc('.', f);
        put_quoted(f, c->name);
        fprintf(f, " <> 'a;b' or true\n");
    }
}

static void put_view(FILE *f, const random_table *t)
{
    fprintf(f, "view|v_%s|select ", t->name);
    const char *comma = "";
    for (int j = 0; j < RANDOM_COLUMNS; j++)
        if (t->columns[j].here && !t->columns[j].generated) {
            fputs(comma, f);
            put_quoted(f, t->columns[j].name);
            comma = ", ";
        }
    fputs(" from ", f);
    put_quoted(f, t->name);
    putc('\n', f);
    if (t->strict) { /* a view of a view, and a trigger on it */
        fprintf(f, "view|w_%s|select * from ", t->name);
        char name[40];
        snprintf(name, sizeof name, "v_%s", t->name);
        put_quoted(f, name);
        fprintf(f, "\ntrigger|y_%s|w_%s|CREATE TRIGGER ", t->name, t->name);
        *name = 'y';
        put_quoted(f, name);
        fputs(" INSTEAD OF INSERT ON ", f);
        *name = 'w';
        put_quoted(f, name);
        fputs(" BEGIN SELECT 1; END;\n", f);
    }
}

static void put_trigger(FILE *f, const random_schema *s, const random_table *t, int i)
{
    char name[40];
    snprintf(name, sizeof name, "g_%s", t->name);
    fprintf(f, "trigger|%s|%s|CREATE TRIGGER ", name, t->name);
    put_quoted(f, name);
    fputs(" AFTER INSERT ON ", f);
    put_quoted(f, t->name);
    fputs(" BEGIN\t", f);
    for (int j = 0; j < RANDOM_TABLES; j++)
        if (s->tables[j].here && (j == i || j == i + 1)) {
            fputs("DELETE FROM ", f);
            put_quoted(f, s->tables[j].name);
            fputs(" WHERE \"id\" < 0; ", f);
        }
    fputs("END;\n", f);
}

char *random_schema_lines(const random_schema *s)
{
    char *text;
    size_t len;
    FILE *f = open_memstream(&text, &len);
    for (int i = 0; f && i < RANDOM_TABLES; i++) {
        const random_table *t = &s->tables[i];
        if (!t->here)
            continue;
        fprintf(f, "table|%s|%s %s\n", t->name, t->strict ? "strict" : "",
                t->without_rowid ? "norowid" : "");
        if (t->pair)
            fprintf(f, "pk|id,%s\n", t->columns[1].name);
        if (t->expression)
            fprintf(f, "index|x_%s||id&=coalesce(\"id\", %d)|", t->name, t->expression);
        if (t->expression) {
            put_quoted(f, t->name);
            fprintf(f, ".\"id\" > %d\n", t->expression - 2);
        }
        for (int j = 0; j < RANDOM_COLUMNS; j++)
            if (t->columns[j].here)
                put_column(f, s, t, &t->columns[j]);
    }
    for (int i = 0; f && i < RANDOM_TABLES; i++) {
        if (s->tables[i].here && s->tables[i].viewed)
            put_view(f, &s->tables[i]);
        if (s->tables[i].here && s->tables[i].triggered)
            put_trigger(f, s, &s->tables[i], i);
    }
    if (f)
        fclose(f);
    return text;
}

char *random_schema_rows(const random_schema *s)
{
    char *text;
    size_t len;
    FILE *f = open_memstream(&text, &len);
    for (int i = 0; f && i < RANDOM_TABLES; i++) {
        const random_table *t = &s->tables[i];
        for (int row = 1; t->here && row <= 3; row++) {
            fputs("INSERT INTO ", f);
            put_quoted(f, t->name);
            fputs("(\"id\"", f);
            for (int j = 1; j < RANDOM_COLUMNS; j++)
                if (t->columns[j].here && !t->columns[j].generated) {
                    fputs(", ", f);
                    put_quoted(f, t->columns[j].name);
                }
            fprintf(f, ") VALUES (%d", row);
            for (int j = 1; j < RANDOM_COLUMNS; j++)
                if (t->columns[j].here && !t->columns[j].generated)
                    fprintf(f, t->columns[j].type == 1 ? ", 'x%d'" : ", %d", row);
            fputs(");\n", f);
        }
    }
    if (f)
        fclose(f);
    return text;
}
