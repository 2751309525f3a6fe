/* Names that a table or column of a pulled schema cannot have in C. Written from the headers of
 * the C library: keywords, macros, functions, tags of structs. */
#include "kit/header.h"
#include <string.h>

// clang-format off
/* Of anything: keywords, and macros of the C library in small letters. */
static const char words[] =
    " asm auto break case char const continue default do double else enum extern float for "
    "goto if inline int long register restrict return short signed sizeof static struct "
    "switch typedef typeof union unsigned void volatile while typeof_unqual nullptr "
    "constexpr alignas alignof bool true false static_assert thread_local noreturn "
    "complex imaginary linux unix i386 errno assert stdin stdout stderr main ";

static const char macros[] =
    " si_timerid si_fd si_arch sa_sigaction si_pid no_argument si_ptr si_overrun h_errno "
    "h_addr s6_addr16 si_int si_status s6_addr32 st_ctime optional_argument sa_handler "
    "si_syscall st_atime si_uid math_errhandling si_pkey st_mtime si_value si_utime "
    "s6_addr si_addr_lsb required_argument si_addr si_lower si_stime "
    "sigev_notify_function si_band sched_priority si_call_addr sigev_notify_attributes "
    "si_upper d_fileno ";

/* Of what stands at file scope, by the first letter: what the C library or the compiler
 * declares. */
static const char *const declared[] = {
    " a64l abort abs accept accept4 access acct acos acosf acosh acoshf acoshl acosl "
    "addrinfo adjtime alarm aligned_alloc alloca alphasort arc4random arc4random_buf "
    "arc4random_uniform asctime asctime_r asin asinf asinh asinhf asinhl asinl asprintf "
    "at_quick_exit atan atan2 atan2f atan2l atanf atanh atanhf atanhl atanl atexit atof "
    "atoi atol atoll ",
    " basename bcmp bcopy bind bindresvport bindresvport6 brk bsearch btowc bzero ",
    " cabs cabsf cabsl cacos cacosf cacosh cacoshf cacoshl cacosl calloc canonicalize "
    "canonicalize_file_name canonicalizef canonicalizel carg cargf cargl casin casinf "
    "casinh casinhf casinhl casinl catan catanf catanh catanhf catanhl catanl cbrt cbrtf "
    "cbrtl ccos ccosf ccosh ccoshf ccoshl ccosl ceil ceilf ceill cexp cexpf cexpl chdir "
    "chmod chown chroot cimag cimagf cimagl clearenv clearerr clearerr_unlocked clock "
    "clock_adjtime clock_getcpuclockid clock_getres clock_gettime clock_nanosleep "
    "clock_settime clog clog10f clog10l clogf clogl clone close close_range closedir "
    "closefrom cmsghdr confstr conj conjf conjl connect copy_file_range copysign "
    "copysignf copysignl cos cosf cosh coshf coshl cosl cpow cpowf cpowl cproj cprojf "
    "cprojl creal crealf creall creat crypt csin csinf csinh csinhf csinhl csinl csqrt "
    "csqrtf csqrtl ctan ctanf ctanh ctanhf ctanhl ctanl ctermid ctime ctime_r cuserid ",
    " daddl daemon daylight dcgettext ddivl dfmal difftime dirent dirfd div dmull dprintf "
    "drand48_data drand48_r drem dremf dreml dsqrtl dsubl dup dup2 dup3 duplocale dysize ",
    " eaccess ecvt ecvt_r endgrent endhostent endnetent endnetgrent endprotoent endpwent "
    "endrpcent endservent endusershell entry environ erand48_r erf erfc erfcf erfcl erff "
    "erfl euidaccess execl execle execlp execv execve execveat execvp execvpe exit exp "
    "exp10f exp10l exp2 exp2f exp2l expf expl explicit_bzero expm1 expm1f expm1l ",
    " f_owner_ex fabs fabsf fabsl faccessat fadd faddl fallocate fchdir fchmod fchmodat "
    "fchown fchownat fclose fcloseall fcntl fcvt fcvt_r fd_mask fdatasync fdim fdimf "
    "fdiml fdiv fdivl fdopen fdopendir feof feof_unlocked ferror ferror_unlocked fexecve "
    "fflush fflush_unlocked ffma ffmal ffs ffsl ffsll fgetc fgetc_unlocked fgetgrent "
    "fgetgrent_r fgetpos fgetpwent fgetpwent_r fgets fgets_unlocked fgetwc "
    "fgetwc_unlocked fgetws fgetws_unlocked file_handle fileno fileno_unlocked finite "
    "finitef finitel flock flockfile floor floorf floorl fma fmaf fmal fmax fmaxf "
    "fmaximum fmaximum_mag fmaximum_mag_num fmaximum_mag_numf fmaximum_mag_numl "
    "fmaximum_magf fmaximum_magl fmaximum_num fmaximum_numf fmaximum_numl fmaximumf "
    "fmaximuml fmaxl fmaxmag fmaxmagf fmaxmagl fmemopen fmin fminf fminimum fminimum_mag "
    "fminimum_mag_num fminimum_mag_numf fminimum_mag_numl fminimum_magf fminimum_magl "
    "fminimum_num fminimum_numf fminimum_numl fminimumf fminimuml fminl fminmag fminmagf "
    "fminmagl fmod fmodf fmodl fmul fmull fopen fopencookie fork fpathconf fprintf fputc "
    "fputc_unlocked fputs fputs_unlocked fputwc fputwc_unlocked fputws fputws_unlocked "
    "fread fread_unlocked free freeaddrinfo freelocale freopen frexp frexpf frexpl fromfp "
    "fromfpf fromfpl fromfpx fromfpxf fromfpxl fscanf fseek fseeko fsetpos fsqrt fsqrtl "
    "fstat fstatat fsub fsubl fsync ftell ftello ftruncate ftrylockfile funlockfile "
    "futimens futimes futimesat fwide fwprintf fwrite fwrite_unlocked fwscanf ",
    " gai_cancel gai_error gai_strerror gai_suspend gaicb gamma gammaf gammal gcvt "
    "get_current_dir_name getaddrinfo getaddrinfo_a getc getc_unlocked getchar "
    "getchar_unlocked getcpu getcwd getdate getdate_err getdate_r getdelim getdirentries "
    "getdomainname getdtablesize getegid getentropy getenv geteuid getgid getgrent "
    "getgrent_r getgrgid getgrgid_r getgrnam getgrnam_r getgrouplist getgroups "
    "gethostbyaddr gethostbyaddr_r gethostbyname gethostbyname2 gethostbyname2_r "
    "gethostbyname_r gethostent gethostent_r gethostid gethostname getipv4sourcefilter "
    "getitimer getline getloadavg getlogin getlogin_r getnameinfo getnetbyaddr "
    "getnetbyaddr_r getnetbyname getnetbyname_r getnetent getnetent_r getnetgrent "
    "getnetgrent_r getopt getopt_long getopt_long_only getpagesize getpass getpayload "
    "getpayloadf getpayloadl getpeername getpgid getpgrp getpid getppid getpriority "
    "getprotobyname getprotobyname_r getprotobynumber getprotobynumber_r getprotoent "
    "getprotoent_r getpt getpw getpwent getpwent_r getpwnam getpwnam_r getpwuid "
    "getpwuid_r getresgid getresuid getrlimit getrpcbyname getrpcbyname_r getrpcbynumber "
    "getrpcbynumber_r getrpcent getrpcent_r getrusage getservbyname getservbyname_r "
    "getservbyport getservbyport_r getservent getservent_r getsid getsockname getsockopt "
    "getsourcefilter getsubopt gettid gettimeofday getuid getumask getusershell getw "
    "getwc getwc_unlocked getwchar getwchar_unlocked getwd gmtime gmtime_r grantpt gregs "
    "group group_filter group_member group_req group_source_req gsignal ",
    " hcreate hcreate_r hdestroy hdestroy_r herror hostent hsearch hsearch_data hsearch_r "
    "hstrerror htonl htons hypot hypotf hypotl ",
    " ilogb ilogbf ilogbl imaxabs imaxdiv in6_addr in6_pktinfo in6addr_any "
    "in6addr_loopback in_addr in_pktinfo index inet6_opt_append inet6_opt_find "
    "inet6_opt_finish inet6_opt_get_val inet6_opt_init inet6_opt_next inet6_opt_set_val "
    "inet6_option_alloc inet6_option_append inet6_option_find inet6_option_init "
    "inet6_option_next inet6_option_space inet6_rth_add inet6_rth_getaddr inet6_rth_init "
    "inet6_rth_reverse inet6_rth_segments inet6_rth_space initgroups initstate "
    "initstate_r innetgr insque int iovec ip6_mtuinfo ip_mreq ip_mreq_source ip_mreqn "
    "ip_msfilter ip_opts ipv6_mreq iruserok iruserok_af isalnum isalnum_l isalpha "
    "isalpha_l isascii isatty isblank isblank_l iscntrl iscntrl_l isctype isdigit "
    "isdigit_l isfdtype isgraph isgraph_l isinf isinff isinfl islower islower_l isnan "
    "isnanf isnanl isprint isprint_l ispunct ispunct_l isspace isspace_l isupper "
    "isupper_l iswalnum iswalnum_l iswalpha iswalpha_l iswblank iswblank_l iswcntrl "
    "iswcntrl_l iswctype iswctype_l iswdigit iswdigit_l iswgraph iswgraph_l iswlower "
    "iswlower_l iswprint iswprint_l iswpunct iswpunct_l iswspace iswspace_l iswupper "
    "iswupper_l iswxdigit iswxdigit_l isxdigit isxdigit_l itimerspec itimerval ",
    " j0 j0f j0l j1 j1f j1l jn jnf jnl jrand48_r ",
    " key kill killpg ",
    " l64a labs lchmod lchown lcong48_r lconv ldexp ldexpf ldexpl ldiv lfind lgamma "
    "lgamma_r lgammaf lgammaf_r lgammal lgammal_r linger link linkat listen llabs lldiv "
    "llogb llogbf llogbl llrint llrintf llrintl llround llroundf llroundl localeconv "
    "localtime localtime_r lockf log log10 log10f log10l log1p log1pf log1pl log2 log2f "
    "log2l logb logbf logbl logf logl longjmp lrand48_r lrint lrintf lrintl lround "
    "lroundf lroundl lsearch lseek lstat lutimes ",
    " malloc mblen mbrlen mbrtowc mbsinit mbsnrtowcs mbsrtowcs mbstowcs mbtowc memccpy "
    "memchr memcmp memcpy memfrob memmem memmove mempcpy memrchr memset mkdir mkdirat "
    "mkdtemp mkfifo mkfifoat mknod mknodat mkostemp mkostemps mkstemp mkstemps mktemp "
    "mktime mmsghdr modf modff modfl mrand48_r msghdr ",
    " name_to_handle_at nan nanf nanl nanosleep nearbyint nearbyintf nearbyintl netent "
    "newlocale nextafter nextafterf nextafterl nextdown nextdownf nextdownl nexttoward "
    "nexttowardf nexttowardl nextup nextupf nextupl nice nrand48_r ntohl ntohs ",
    " obstack obstack_printf obstack_vprintf on_exit open open_by_handle_at open_memstream "
    "open_wmemstream openat opendir optarg opterr optind option optopt osockaddr ",
    " passwd pathconf pause pclose perror pipe pipe2 poll pollfd popen posix_fadvise "
    "posix_fallocate posix_memalign posix_openpt pow powf powl ppoll pread preadv preadv2 "
    "preadv64v2 printf prlimit process_vm_readv process_vm_writev profil "
    "program_invocation_name protoent pselect psiginfo psignal ptsname ptsname_r putc "
    "putc_unlocked putchar putchar_unlocked putenv putgrent putpwent puts putw putwc "
    "putwc_unlocked putwchar putwchar_unlocked pwrite pwritev pwritev2 pwritev64v2 ",
    " qecvt qecvt_r qelem qfcvt qfcvt_r qgcvt qsort qsort_r quick_exit quot ",
    " raise rand rand_r random random_data random_r rawmemchr rcmd rcmd_af read readahead "
    "readdir readdir64_r readdir_r readlink readlinkat readv realloc reallocarray "
    "realpath recv recvfrom recvmmsg recvmsg remainder remainderf remainderl remove "
    "remque remquo remquof remquol rename renameat renameat2 revoke rewind rewinddir "
    "rexec rexec_af rindex rint rintf rintl rlimit rmdir round roundeven roundevenf "
    "roundevenl roundf roundl rpcent rpmatch rresvport rresvport_af rusage ruserok "
    "ruserok_af ",
    " sbrk scalb scalbf scalbl scalbln scalblnf scalblnl scalbn scalbnf scalbnl scandir "
    "scandirat scanf sched_get_priority_max sched_get_priority_min sched_getaffinity "
    "sched_getcpu sched_getparam sched_getscheduler sched_param sched_rr_get_interval "
    "sched_setaffinity sched_setparam sched_setscheduler sched_yield secure_getenv "
    "seed48_r seekdir select send sendmmsg sendmsg sendto servent setbuf setbuffer "
    "setdomainname setegid setenv seteuid setgid setgrent setgroups sethostent sethostid "
    "sethostname setipv4sourcefilter setitimer setjmp setlinebuf setlocale setlogin "
    "setnetent setnetgrent setns setpayload setpayloadf setpayloadl setpayloadsig "
    "setpayloadsigf setpayloadsigl setpgid setpgrp setpriority setprotoent setpwent "
    "setregid setresgid setresuid setreuid setrlimit setrpcent setservent setsid "
    "setsockopt setsourcefilter setstate setstate_r settimeofday setuid setusershell "
    "setvbuf shutdown si_signo sigabbrev_np sigaction sigaddset sigaltstack sigandset "
    "sigblock sigcontext sigdelset sigdescr_np sigemptyset sigev_value sigevent "
    "sigfillset siggetmask sighold sigignore siginterrupt sigisemptyset sigismember "
    "siglongjmp signal signbit signgam significand significandf significandl sigorset "
    "sigpause sigpending sigprocmask sigqueue sigrelse sigreturn sigset sigsetmask "
    "sigstack sigsuspend sigtimedwait sigval sigwait sigwaitinfo sin sincos sincosf "
    "sincosl sinf sinh sinhf sinhl sinl sizeof sleep snprintf sockaddr sockaddr_at "
    "sockaddr_dl sockaddr_eon sockaddr_in sockaddr_in6 sockaddr_inarp sockaddr_ipx "
    "sockaddr_iso sockaddr_ns sockaddr_storage sockaddr_un sockatmark socket socketpair "
    "splice sprintf sqrt sqrtf sqrtl srand srand48_r srandom srandom_r ss_sp sscanf "
    "ssignal stat statx statx_timestamp stderr stdin stdout stpcpy stpncpy strcasecmp "
    "strcasecmp_l strcasestr strcat strchr strchrnul strcmp strcoll strcoll_l strcpy "
    "strcspn strdup strerror strerror_l strerror_r strerrordesc_np strerrorname_np "
    "strfromd strfromf strfroml strfry strftime strftime_l strlen strncasecmp "
    "strncasecmp_l strncat strncmp strncpy strndup strnlen strpbrk strptime strptime_l "
    "strrchr strsep strsignal strspn strstr strtod strtod_l strtof strtof_l strtoimax "
    "strtok strtok_r strtol strtol_l strtold strtold_l strtoll strtoll_l strtoq strtoul "
    "strtoul_l strtoull strtoull_l strtoumax strtouq strverscmp strxfrm strxfrm_l swab "
    "swprintf swscanf symlink symlinkat sync sync_file_range syncfs syscall sysconf "
    "system sysv_signal ",
    " tan tanf tanh tanhf tanhl tanl tcgetpgrp tcsetpgrp tdelete tdestroy tee telldir "
    "tempnam tfind tgamma tgammaf tgammal tgkill time timegm timelocal timer_create "
    "timer_delete timer_getoverrun timer_gettime timer_settime times timespec "
    "timespec_get timespec_getres timeval timex timezone tm tmpfile tmpnam tmpnam_r "
    "toascii tolower tolower_l totalorder totalorderf totalorderl totalordermag "
    "totalordermagf totalordermagl toupper toupper_l towctrans towctrans_l towlower "
    "towlower_l towupper towupper_l trunc truncate truncf truncl tsearch ttyname "
    "ttyname_r ttyslot twalk twalk_r tzname tzset ",
    " u_char u_int u_long u_short ualarm uc_flags ucred ufromfp ufromfpf ufromfpl ufromfpx "
    "ufromfpxf ufromfpxl uint ulong umask uname ungetc ungetwc unlink unlinkat unlockpt "
    "unsetenv unshare uselocale ushort usleep utimbuf utime utimensat utimes utsname ",
    " va_list valloc vasprintf vdprintf versionsort vfork vfprintf vfscanf vfwprintf "
    "vfwscanf vhangup vmsplice void vprintf vscanf vsnprintf vsprintf vsscanf vswprintf "
    "vswscanf vwprintf vwscanf ",
    " wait wait3 wait4 waitid waitpid wcpcpy wcpncpy wcrtomb wcscasecmp wcscasecmp_l "
    "wcscat wcschr wcschrnul wcscmp wcscoll wcscoll_l wcscpy wcscspn wcsdup wcsftime "
    "wcsftime_l wcslen wcsncasecmp wcsncasecmp_l wcsncat wcsncmp wcsncpy wcsnlen "
    "wcsnrtombs wcspbrk wcsrchr wcsrtombs wcsspn wcsstr wcstod wcstod_l wcstof wcstof_l "
    "wcstoimax wcstok wcstol wcstol_l wcstold wcstold_l wcstoll wcstoll_l wcstombs wcstoq "
    "wcstoul wcstoul_l wcstoull wcstoull_l wcstoumax wcstouq wcswcs wcswidth wcsxfrm "
    "wcsxfrm_l wctob wctomb wctrans wctrans_l wctype wctype_l wcwidth wmemchr wmemcmp "
    "wmemcpy wmemmove wmempcpy wmemset wprintf write writev wscanf ",
    " y0 y0f y0l y1 y1f y1l yn ynf ynl ",
};
// clang-format on

static bool has(const char *list, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = list; (at = strstr(at, name)); at++)
        if (at > list && at[-1] == ' ' && at[len] == ' ')
            return true;
    return false;
}

bool vgk_reserved(const char *name, bool file_scope)
{
    if (!*name || has(words, name) || has(macros, name))
        return true;
    for (size_t i = 0; file_scope && i < sizeof declared / sizeof *declared; i++)
        if (declared[i][1] == *name && has(declared[i], name))
            return true;
    return false;
}
