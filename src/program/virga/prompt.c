/* Questions on a terminal: a list to choose from with the arrow keys.
 *
 *     people: a new table, or an old one with a new name?
 *     > + people            new
 *       ~ users -> people   renamed, its rows stay
 *
 * It is drawn on standard error and taken away once it is answered. Ctrl-C is an answer, too:
 * the terminal is as before and nothing was done. A terminal that cannot move its cursor
 * (TERM=dumb) gets numbers. */
#include "program/virga/commands.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum key { KEY_OTHER, KEY_UP, KEY_DOWN, KEY_FIRST, KEY_LAST, KEY_ENTER, KEY_CANCEL };

bool prompt_possible(const app *a)
{
    return !a->json && isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* ---- the terminal ---- */

static struct termios before;
static volatile sig_atomic_t changed;

static void restore(void)
{
    if (changed) {
        tcsetattr(STDIN_FILENO, TCSANOW, &before);
        (void)!write(STDERR_FILENO, "\033[?25h", 6); /* the cursor */
    }
    changed = 0;
}

static void killed(int signal_number)
{
    restore();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static bool prepare(void)
{
    struct termios raw;
    if (tcgetattr(STDIN_FILENO, &before))
        return false;
    raw = before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
    raw.c_iflag &= ~(tcflag_t)(IXON | ICRNL | INLCR);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    signal(SIGTERM, killed);
    signal(SIGHUP, killed);
    changed = 1;
    return tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0;
}

/* The next byte; -1: no more. */
static int next_byte(int wait_ms)
{
    unsigned char byte;
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    for (;;) {
        int ready = poll(&in, 1, wait_ms);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return -1;
        ssize_t n = read(STDIN_FILENO, &byte, 1);
        if (n < 0 && errno == EINTR)
            continue;
        return n == 1 ? byte : -1;
    }
}

static enum key next_key(void)
{
    switch (next_byte(-1)) {
    case -1:
    case 3: /* Ctrl-C */
    case 4: /* Ctrl-D */
    case 'q': return KEY_CANCEL;
    case '\r':
    case '\n': return KEY_ENTER;
    case 'k':
    case 16: return KEY_UP; /* Ctrl-P */
    case 'j':
    case '\t':
    case 14: return KEY_DOWN; /* Ctrl-N */
    case 'g': return KEY_FIRST;
    case 'G': return KEY_LAST;
    case '\033': break;
    default: return KEY_OTHER;
    }
    int second = next_byte(50);
    if (second < 0)
        return KEY_CANCEL; /* the key Esc alone */
    if (second != '[' && second != 'O')
        return KEY_OTHER;
    int last = next_byte(50), first = last;
    while (last >= 0 && (last < '@' || last > '~')) /* ESC [ 1 ; 5 A */
        last = next_byte(50);
    switch (last) {
    case 'A': return KEY_UP;
    case 'B': return KEY_DOWN;
    case 'H': return KEY_FIRST;
    case 'F': return KEY_LAST;
    case '~': return first == '1' ? KEY_FIRST : first == '4' ? KEY_LAST : KEY_OTHER;
    default: return KEY_OTHER;
    }
}

/* ---- the list ---- */

/* The bytes of `text` that fit into `columns`, a code point being one. */
static int fitting(const char *text, int columns)
{
    int bytes = 0;
    for (; text[bytes]; bytes++) {
        if ((text[bytes] & 0xc0) != 0x80 && columns-- == 0)
            break;
    }
    return bytes;
}

/* A text in at most `columns`, with an ellipsis for what does not fit. */
static void put(const char *text, int columns)
{
    bool whole = !text[fitting(text, columns)];
    fprintf(stderr, "%.*s%s", fitting(text, whole ? columns : columns - 1), text,
            whole ? "" : "\xe2\x80\xa6");
}

typedef struct list {
    const char *question;
    const char *const *choices;
    size_t count, at, top; /* at: the chosen line; top: the first one shown */
    int drawn;             /* lines on the screen */
} list;

static void clear(list *l)
{
    if (l->drawn)
        fprintf(stderr, "\033[%dA", l->drawn);
    fputs("\r\033[J", stderr);
    l->drawn = 0;
}

static void draw(list *l)
{
    struct winsize size = {0};
    ioctl(STDERR_FILENO, TIOCGWINSZ, &size);
    int columns = size.ws_col > 8 ? size.ws_col : 80,
        rows = size.ws_row > 4 ? size.ws_row : 24;
    size_t room = (size_t)rows - 3;
    if (l->at < l->top)
        l->top = l->at;
    if (l->at >= l->top + room)
        l->top = l->at - room + 1;
    clear(l);
    fputs(paint(stderr, STYLE_BOLD), stderr);
    put(l->question, columns - 1);
    fprintf(stderr, "%s\n", paint(stderr, STYLE_NONE));
    l->drawn = 1;
    for (size_t i = l->top; i < l->count && i < l->top + room; i++, l->drawn++) {
        fprintf(stderr, "%s%s ", i == l->at ? paint(stderr, STYLE_CYAN) : "",
                i == l->at ? "\xe2\x9d\xaf" : " ");
        put(l->choices[i], columns - 3);
        fprintf(stderr, "%s\n", i == l->at ? paint(stderr, STYLE_NONE) : "");
    }
    fputs(paint(stderr, STYLE_DIM), stderr);
    put("up and down to move, enter to choose, Ctrl-C to stop", columns - 1);
    fputs(paint(stderr, STYLE_NONE), stderr);
    fflush(stderr);
}

static int choose_by_number(list *l, size_t *chosen)
{
    fprintf(stderr, "%s\n", l->question);
    for (size_t i = 0; i < l->count; i++)
        fprintf(stderr, "  %zu) %s\n", i + 1, l->choices[i]);
    for (;;) {
        char line[64];
        fprintf(stderr, "1 to %zu [%zu]: ", l->count, *chosen + 1);
        fflush(stderr);
        if (!fgets(line, sizeof line, stdin))
            return EXIT_INTERRUPTED;
        char *end;
        unsigned long n = strtoul(line, &end, 10);
        if (line[0] == '\n')
            return EXIT_DONE;
        if (end != line && (*end == '\n' || !*end) && n >= 1 && n <= l->count) {
            *chosen = n - 1;
            return EXIT_DONE;
        }
    }
}

int prompt_choose(app *a, const char *question, const char *const *choices,
                  size_t count, size_t *chosen)
{
    (void)a;
    list l = {.question = question, .choices = choices, .count = count, .at = *chosen};
    const char *term = getenv("TERM");
    fflush(stdout);
    if (!term || strcmp(term, "dumb") == 0 || !prepare()) {
        restore();
        return choose_by_number(&l, chosen);
    }
    fputs("\033[?25l", stderr);
    enum key key;
    do {
        draw(&l);
        key = next_key();
        if (key == KEY_UP)
            l.at = (l.at + count - 1) % count;
        else if (key == KEY_DOWN)
            l.at = (l.at + 1) % count;
        else if (key == KEY_FIRST)
            l.at = 0;
        else if (key == KEY_LAST)
            l.at = count - 1;
    } while (key != KEY_ENTER && key != KEY_CANCEL);
    clear(&l);
    fflush(stderr);
    restore();
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    if (key == KEY_CANCEL)
        return EXIT_INTERRUPTED;
    *chosen = l.at;
    return EXIT_DONE;
}

int prompt_confirm(app *a, const char *question, const char *yes, const char *flag)
{
    if (!prompt_possible(a))
        return app_fail(a, EXIT_UNDECIDED,
                        "there is no terminal to ask on, \"%s\": %s says yes", question,
                        flag);
    size_t chosen = 0;
    int status =
        prompt_choose(a, question, (const char *const[]){"No, abort", yes}, 2, &chosen);
    if (status == EXIT_INTERRUPTED)
        tell(a, "Interrupted: nothing was changed\n");
    if (status)
        return status;
    if (chosen == 1)
        return EXIT_DONE;
    tell(a, "Aborted: nothing was changed\n");
    return EXIT_FAILED;
}
