/* The kit's library, opened by the configuration. */
#include "program/virga/commands.h"
#include <string.h>

int kit_open(app *a)
{
    static const struct {
        const char *name;
        vg_kit_prefix prefix;
    } prefixes[] = {{"index", VG_KIT_INDEX},
                    {"timestamp", VG_KIT_TIMESTAMP},
                    {"supabase", VG_KIT_SUPABASE},
                    {"unix", VG_KIT_UNIX},
                    {"none", VG_KIT_NONE}};
    const texts *filter = setting_list(a, OPT_TABLES_FILTER),
                *schemas = setting_list(a, OPT_SCHEMA_FILTER),
                *extensions = setting_list(a, OPT_EXTENSIONS),
                *include = setting_list(a, OPT_ROLES_INCLUDE),
                *exclude = setting_list(a, OPT_ROLES_EXCLUDE);
    vg_kit_config config = {.dialect = setting_text(a, OPT_DIALECT),
                            .out = setting_text(a, OPT_OUT),
                            .table = setting_text(a, OPT_TABLE),
                            .no_breakpoints = !setting_flag(a, OPT_BREAKPOINTS),
                            .table_schema = setting_text(a, OPT_TABLE_SCHEMA),
                            .scratch_url = setting_text(a, OPT_SCRATCH_URL),
                            .tables_filter = {filter->data, filter->len},
                            .schema_filter = {schemas->data, schemas->len},
                            .extensions = {extensions->data, extensions->len},
                            .roles = {setting_flag(a, OPT_ROLES),
                                      setting_text(a, OPT_ROLES_PROVIDER),
                                      {include->data, include->len},
                                      {exclude->data, exclude->len}}};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (strcmp(prefixes[i].name, setting_text(a, OPT_PREFIX)) == 0)
            config.prefix = prefixes[i].prefix;
    }
    return kit_said(a, vg_kit_open(&a->kit, &config));
}

int kit_said(app *a, int code)
{
    if (!code)
        return EXIT_DONE;
    answer_text(a, "code", vg_code_name(code));
    return app_fail(a, EXIT_FAILED, "%s", said_plainly(a, vg_kit_error(a->kit)));
}
