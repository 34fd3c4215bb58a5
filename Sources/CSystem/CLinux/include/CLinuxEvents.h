// epoll, eventfd and the pipe and socket calls that open close-on-exec descriptors.
#pragma once

#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

int il_accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
int il_pipe2(int descriptors[2], int flags);
