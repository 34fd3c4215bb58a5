#define _GNU_SOURCE
#include "CLinuxFiles.h"

#include <fcntl.h>
#include <sys/uio.h>
#include <sys/vfs.h>

int il_lock_file(int descriptor) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0, .l_pid = 0};
    return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int il_unlock_file(int descriptor) {
    struct flock lock = {.l_type = F_UNLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0, .l_pid = 0};
    return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int64_t il_filesystem_type(const char *path) {
    struct statfs found;
    if (statfs(path, &found) != 0) return -1;
    return (int64_t)(uint32_t)found.f_type;
}

ssize_t il_read_cached(int descriptor, void *buffer, size_t count, off_t offset) {
    struct iovec part = {.iov_base = buffer, .iov_len = count};
    return preadv2(descriptor, &part, 1, offset, RWF_NOWAIT);
}
