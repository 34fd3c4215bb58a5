#define _GNU_SOURCE
#include "CLinuxFiles.h"

#include <sys/vfs.h>

int64_t il_filesystem_type(const char *path) {
    struct statfs found;
    return statfs(path, &found) == 0 ? (int64_t)found.f_type : -1;
}
