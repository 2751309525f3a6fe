/* Virga: typed SQL for C. The one header that a program includes.
 *
 * #define VG_NO_SQL_WORDS before it leaves only the names that begin with VG_. */
#pragma once
#pragma GCC system_header
#include <virga/api.h>
#include <virga/types.h>
#include <virga/arena.h>
#include <virga/error.h>
#include <virga/value.h>
#include <virga/handle.h>
#include <virga/detail/pp.h>
#include <virga/detail/generic.h>
#include <virga/expr.h>
#include <virga/schema.h>
#include <virga/objects.h>
#include <virga/query.h>
#include <virga/select.h>
#include <virga/compound.h>
#include <virga/write.h>
#include <virga/given.h>
#include <virga/rule.h>
#include <virga/caching.h>
#include <virga/function.h>
#include <virga/window.h>
#include <virga/date.h>
#include <virga/json.h>
#include <virga/array.h>
#include <virga/search.h>
#include <virga/db.h>
#include <virga/batch.h>
#include <virga/view.h>
#include <virga/relation.h>
#include <virga/trigger.h>
#include <virga/fts.h>
#include <virga/tx.h>
#include <virga/copy.h>
#include <virga/lock.h>
#include <virga/notify.h>
#include <virga/pool.h>
#include <virga/operations.h>
#include <virga/migrate.h>
#include <virga/registry.h>
#include <virga/verify.h>
#include <virga/change.h>
#include <virga/fault.h>
#if !defined(VG_NO_SQL_WORDS) && !defined(__cplusplus) /* queries are C only */
#    include <virga/words.h>
#endif
