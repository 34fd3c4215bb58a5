#define _GNU_SOURCE
#include "CLinuxFiles.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

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

int il_open_up_folder(int parent, const char *name) {
    int folder = openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) return -1;
    // A descriptor that only names takes no fchmod; what the kernel's link to it leads to is what it names.
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", folder);
    int code = chmod(path, 0700);
    int error = errno;
    close(folder);
    errno = error;
    return code;
}
