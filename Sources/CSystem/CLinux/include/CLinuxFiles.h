// File locks that belong to an open file, and the kind of a filesystem.
#pragma once

#include <stdint.h>

/// Takes an exclusive open-file-description lock on the whole file, without waiting. 0, or -1 with errno.
int il_lock_file(int descriptor);

/// The magic number of the filesystem that holds `path` (statfs f_type), or -1 with errno.
int64_t il_filesystem_type(const char *path);
