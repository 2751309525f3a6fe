/* The command `virga`. */
#include "program/virga/commands.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// clang-format off
static int (*const runs[CMD_COUNT])(app *a) = {
    [CMD_INIT] = run_init,
    [CMD_GENERATE] = run_generate,
    [CMD_MIGRATE] = run_migrate,
    [CMD_ROLLBACK] = run_rollback,
    [CMD_STATUS] = run_status,
    [CMD_PUSH] = run_push,
    [CMD_PULL] = run_pull,
    [CMD_CHECK] = run_check,
    [CMD_UP] = run_up,
    [CMD_DROP] = run_drop,
    [CMD_EXPORT] = run_export,
    [CMD_SQUASH] = run_squash,
    [CMD_REBASE] = run_rebase,
    [CMD_EMBED] = run_embed,
    [CMD_SEED] = run_seed,
    [CMD_DOCTOR] = run_doctor,
};
// clang-format on

static int run(app *a, int argc, char **argv)
{
    /* Errors of the command line itself are JSON, too, if that is asked for anywhere. */
    for (int i = 1; i < argc; i++) {
        a->json = a->json || strcmp(argv[i], "--output=json") == 0 ||
                  (i + 1 < argc && strcmp(argv[i + 1], "json") == 0 &&
                   (strcmp(argv[i], "--output") == 0 || strcmp(argv[i], "-o") == 0));
    }
    int status = args_read(a, argc, argv);
    if (status)
        return status;
    if (setting_flag(a, OPT_VERSION)) {
        say(a, "virga %s\n", VG_VERSION);
        answer_text(a, "version", VG_VERSION);
        return EXIT_DONE;
    }
    if (!a->command || a->command == &command_table[CMD_HELP] ||
        setting_flag(a, OPT_HELP)) {
        bool asked = setting_flag(a, OPT_HELP) || a->command;
        a->json = false;
        if (a->command && a->command != &command_table[CMD_HELP])
            help_command(a, a->command);
        else
            help_overview(a);
        return asked ? EXIT_DONE : EXIT_USAGE;
    }
    answer_text(a, "command", a->command->name);
    if (a->command != &command_table[CMD_INIT])
        status = config_read(a);
    return status ? status : runs[a->command - command_table](a);
}

/* The whole process is this command's, which is one thread: SQLite needs no locks in it. Nor
 * does anybody ask how much memory SQLite has, which it counts at each piece. */
static void suit_sqlite(void)
{
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int main(int argc, char **argv)
{
    suit_sqlite();
    app a = {.answer = json_object()};
    if (!a.answer)
        return EXIT_FAILED;
    int status = run(&a, argc, argv);
    if (a.json) {
        if (!json_object_get(a.answer, "status"))
            answer_status(&a, "ok");
        json_dumpf(a.answer, stdout, JSON_INDENT(2));
        puts("");
    }
    json_decref(a.answer);
    vg_kit_close(a.kit);
    vg_arena_free(&a.arena);
    if (fflush(stdout) || ferror(stdout)) {
        fputs("virga: cannot write to standard output\n", stderr);
        return EXIT_FAILED;
    }
    return status;
}
