/* What of a live database a schema has no say in. */
#include "kit/postgres/hide.h"
#include <string.h>

/* ---- schemas ---- */

static bool same_or_null(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether any element has that schema. */
#define ANY_IN(list, wanted_schema)                             \
    for (size_t i = 0; i < (list).len; i++)                     \
        if (same_or_null((list).data[i].schema, wanted_schema)) \
    return true

static bool mentions(const vgk_snapshot *s, const char *schema)
{
    if (!schema)
        return true; /* public */
    for (size_t i = 0; i < s->namespaces.len; i++)
        if (strcmp(s->namespaces.data[i].name, schema) == 0)
            return true;
    ANY_IN(s->tables, schema);
    ANY_IN(s->views, schema);
    ANY_IN(s->enums, schema);
    ANY_IN(s->sequences, schema);
    return false;
}

/* Keep what `wanted` mentions the schema of. */
#define KEEP(list, condition)                         \
    do {                                              \
        size_t kept = 0;                              \
        for (size_t i = 0; i < (list).len; i++)       \
            if (condition)                            \
                (list).data[kept++] = (list).data[i]; \
        (list).len = kept;                            \
    } while (0)

static void schemas(vgk_snapshot *live, const vgk_snapshot *wanted)
{
    KEEP(live->namespaces, mentions(wanted, live->namespaces.data[i].name));
    KEEP(live->tables, mentions(wanted, live->tables.data[i].schema));
    KEEP(live->views, mentions(wanted, live->views.data[i].schema));
    KEEP(live->enums, mentions(wanted, live->enums.data[i].schema));
    KEEP(live->sequences, mentions(wanted, live->sequences.data[i].schema));
}

/* ---- the server's own ---- */

static bool wants_role(const vgk_snapshot *wanted, const char *name)
{
    for (size_t i = 0; i < wanted->roles.len; i++)
        if (strcmp(wanted->roles.data[i].name, name) == 0)
            return true;
    return false;
}

/* What hosted databases bring along, as drizzle-kit knows it. */
static const char *const supabase[] = {
    "anon",           "authenticator",       "authenticated",
    "service_role",   "supabase_auth_admin", "supabase_storage_admin",
    "dashboard_user", "supabase_admin",      NULL};
static const char *const neon[] = {"authenticated", "anonymous", NULL};
static const struct {
    const char *name;
    const char *const *roles;
} providers[] = {{"supabase", supabase}, {"neon", neon}};

static bool has(const vg_kit_texts *list, const char *name)
{
    for (size_t i = 0; i < list->len; i++)
        if (strcmp(list->data[i], name) == 0)
            return true;
    return false;
}

static bool is_provided(const char *provider, const char *role)
{
    for (size_t i = 0; provider && i < sizeof providers / sizeof *providers; i++)
        for (const char *const *r = providers[i].roles; *r; r++)
            if (strcmp(providers[i].name, provider) == 0 && strcmp(*r, role) == 0)
                return true;
    return false;
}

/* Whether the configuration says that a role which no schema mentions is looked at. */
static bool looks_at_role(const vg_kit_roles *c, const vgk_role *role)
{
    if (role->kept || has(&c->exclude, role->name) ||
        is_provided(c->provider, role->name))
        return false;
    if (c->include.len)
        return has(&c->include, role->name);
    return c->all || c->provider || c->exclude.len;
}

static bool wants_extension(const vgk_snapshot *wanted, vgk_extension *live)
{
    for (size_t i = 0; i < wanted->extensions.len; i++)
        if (strcmp(wanted->extensions.data[i].name, live->name) == 0) {
            *live = wanted->extensions.data[i];
            return true;
        }
    return false;
}

/* ---- policies of tables that are not in the schema ---- */

/* The name of the table that a policy is about. */
static const char *table_of(vg_kit *kit, const vgk_policy *p)
{
    const char *at = strstr(p->on, "\".\"");
    at = at ? at + 3 : p->on + (*p->on == '"');
    size_t len = strlen(at);
    return vgk_qualified(
        kit, p->schema,
        vgk_text_len(kit, at, len && at[len - 1] == '"' ? len - 1 : len));
}

static void policies(vg_kit *kit, vgk_snapshot *live, const vgk_snapshot *wanted)
{
    for (size_t i = 0; i < wanted->policies.len; i++) {
        const vgk_policy *p = &wanted->policies.data[i];
        const vgk_table *t = vgk_find_table(live, table_of(kit, p));
        const vgk_policy *found = t ? vgk_find_policy(&t->policies, p->name) : NULL;
        if (!found)
            continue;
        vgk_policy *alone = VGK_ADD(kit, &live->policies);
        *alone = *found;
        alone->on = p->on;
        alone->schema = p->schema;
    }
    for (size_t k = 0; k < wanted->policies.len; k++) {
        const char *table = table_of(kit, &wanted->policies.data[k]);
        if (!vgk_find_table(wanted, table))
            KEEP(live->tables, strcmp(live->tables.data[i].name, table) != 0);
    }
}

void vgk_pg_hide(vg_kit *kit, vgk_snapshot *live, const vgk_snapshot *wanted)
{
    policies(kit, live, wanted);
    schemas(live, wanted);
    KEEP(live->roles, wants_role(wanted, live->roles.data[i].name) ||
                          looks_at_role(&kit->config.roles, &live->roles.data[i]));
    KEEP(live->extensions, wants_extension(wanted, &live->extensions.data[i]));
}

void vgk_pg_hide_shared(vgk_snapshot *live, const vgk_snapshot *wanted)
{
    KEEP(live->roles, wants_role(wanted, live->roles.data[i].name));
}
