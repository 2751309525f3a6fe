/* What programs tend to include beside us, above all the headers known to define
 * short words: MIN and MAX (sys/param.h, GLib), TRUE, ERR and OK (curses).
 *
 * SPDX-License-Identifier: MIT */
#ifndef POPULAR_H
#define POPULAR_H

#include <assert.h>
#include <complex.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <arpa/inet.h>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <getopt.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <regex.h>
#include <search.h>
#include <semaphore.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/param.h>
#include <sys/queue.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <syslog.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include <ftw.h>
#include <libintl.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <net/ethernet.h>
#include <utmpx.h>

#include <sqlite3.h>

#if __has_include(<uuid/uuid.h>)
#    include <uuid/uuid.h>
#endif
#if __has_include(<curses.h>)
#    include <curses.h>
#endif
#if __has_include(<form.h>)
#    include <form.h>
#endif
#if __has_include(<zlib.h>)
#    include <zlib.h>
#endif
#if __has_include(<png.h>)
#    include <png.h>
#endif
#if __has_include(<expat.h>)
#    include <expat.h>
#endif
#if __has_include(<gcrypt.h>)
#    include <gcrypt.h>
#endif
#if __has_include(<openssl/ssl.h>)
#    include <openssl/ssl.h>
#endif
#if __has_include(<X11/Xlib.h>)
#    include <X11/Xlib.h>
#endif
#if __has_include(<X11/Xutil.h>)
#    include <X11/Xutil.h>
#endif
#if __has_include(<GL/gl.h>)
#    include <GL/gl.h>
#endif
#if __has_include(<glib.h>)
#    include <glib.h>
#endif
#if __has_include(<jansson.h>)
#    include <jansson.h>
#endif
#if __has_include(<cmocka.h>)
#    include <setjmp.h>
#    include <cmocka.h>
#endif

#endif
