#pragma once
#include <sqlite3.h>

// Two things that Swift cannot import: a macro that casts to a function pointer, and a variadic call.
static inline sqlite3_destructor_type il_sqlite_copy(void) { return SQLITE_TRANSIENT; }
static inline int il_sqlite_keep_log(sqlite3 *db, int on) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on, (int *)0);
}
