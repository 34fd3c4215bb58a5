#define _GNU_SOURCE
#include "CLinuxEvents.h"

#include <unistd.h>

int il_accept4(int socket, struct sockaddr *address, socklen_t *length, int flags) {
    return accept4(socket, address, length, flags);
}

int il_pipe2(int descriptors[2], int flags) { return pipe2(descriptors, flags); }
