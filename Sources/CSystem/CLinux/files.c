#define _GNU_SOURCE
#include "CLinuxFiles.h"

#include <sys/uio.h>
#include <sys/vfs.h>

int64_t il_filesystem_type(const char *path) {
    struct statfs found;
    return statfs(path, &found) == 0 ? (int64_t)found.f_type : -1;
}

ssize_t il_read_cached(int descriptor, void *buffer, size_t count, off_t offset) {
    struct iovec part = {.iov_base = buffer, .iov_len = count};
    return preadv2(descriptor, &part, 1, offset, RWF_NOWAIT);
}
