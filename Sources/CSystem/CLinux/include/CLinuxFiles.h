// Changes of files, and the kind of filesystem that they lie on.
#pragma once

#include <stdint.h>
#include <sys/inotify.h>

// The type as statfs tells it (a magic number of linux/magic.h), or -1 with errno.
int64_t il_filesystem_type(const char *path);
