/* What every public header begins with: version, export marks, linkage.
 *
 * Thread-safety of the whole library in one place: constant descriptors (tables,
 * projections, schemas, dialects) may be used from any thread at any time; a
 * vg_db, its cursors and transactions, and a vg_arena serve one thread at a time,
 * without locks of their own; different handles are independent. */
#pragma once
#pragma GCC system_header

#define VG_VERSION_MAJOR 0
#define VG_VERSION_MINOR 1
#define VG_VERSION_PATCH 0
#define VG_VERSION       "0.1.0"

#if defined(__GNUC__)
#    define VG_API               __attribute__((visibility("default")))
#    define VG_NODISCARD         __attribute__((warn_unused_result))
#    define VG_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#    define VG_API
#    define VG_NODISCARD
#    define VG_PRINTF(at, first)
#endif

#ifdef __cplusplus
#    define VG_BEGIN_DECLS extern "C" {
#    define VG_END_DECLS   }
#else
#    define VG_BEGIN_DECLS
#    define VG_END_DECLS
#endif

VG_BEGIN_DECLS

/* The version of the library that is linked, "major.minor.patch", constant data.
 * Compare it with VG_VERSION, the version of the headers. Any thread. */
VG_API const char *vg_version(void);

VG_END_DECLS
