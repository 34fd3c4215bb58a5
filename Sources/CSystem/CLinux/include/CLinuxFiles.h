// Changes of files, locks that belong to an open file, the kind of a filesystem, and reading what is in memory.
#pragma once

#include <stdint.h>
#include <sys/inotify.h>
#include <sys/types.h>

/// Takes an exclusive open-file-description lock on the whole file, without waiting. 0, or -1 with errno.
int il_lock_file(int descriptor);

/// Gives the lock back, also for a child between its fork and its exec, which holds the same open file.
int il_unlock_file(int descriptor);

/// The magic number of the filesystem that holds `path` (statfs f_type), or -1 with errno.
int64_t il_filesystem_type(const char *path);

/// Reads what the page cache holds, and never waits for a disk or a server: -1 with EAGAIN where it would have to, with
/// EOPNOTSUPP where the filesystem cannot tell.
ssize_t il_read_cached(int descriptor, void *buffer, size_t count, off_t offset);

/// Gives the owner of a folder all rights to it, also where he had taken them from himself. 0, or -1 with errno; what is
/// no folder, a link to one included, stays as it is.
int il_open_up_folder(int parent, const char *name);
