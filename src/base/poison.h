/* Debug builds under the address sanitizer: memory of an arena that is not in use is
 * hidden, so that a stale pointer into it is reported where it is followed. */
#pragma once
#include <stddef.h>

#if defined(__SANITIZE_ADDRESS__)
#    define VG_HAS_ASAN 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define VG_HAS_ASAN 1
#    endif
#endif

#if defined(VIRGA_DEBUG) && defined(VG_HAS_ASAN)
#    include <sanitizer/asan_interface.h>
#    define VG_HIDE(at, size) ASAN_POISON_MEMORY_REGION((at), (size))
#    define VG_SHOW(at, size) ASAN_UNPOISON_MEMORY_REGION((at), (size))
#else
#    define VG_HIDE(at, size) ((void)(at), (void)(size))
#    define VG_SHOW(at, size) ((void)(at), (void)(size))
#endif
