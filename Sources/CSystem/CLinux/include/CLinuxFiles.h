// Changes of files, the kind of filesystem that they lie on, and reading what is in memory.
#pragma once

#include <stdint.h>
#include <sys/inotify.h>
#include <sys/types.h>

// The type as statfs tells it (a magic number of linux/magic.h), or -1 with errno.
int64_t il_filesystem_type(const char *path);

// Reads what the page cache holds, and never waits for a disk or a server: -1 with EAGAIN where it would have to, with
// EOPNOTSUPP where the filesystem cannot tell.
ssize_t il_read_cached(int descriptor, void *buffer, size_t count, off_t offset);
