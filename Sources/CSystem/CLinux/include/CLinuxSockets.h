// Sockets: what needs types or macros that the Glibc module does not export.
#pragma once

#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

// Sends without waiting and without SIGPIPE; -1 and errno like sendmsg.
ssize_t il_send_pieces(int socket, struct iovec *pieces, size_t count);

// The process at the other end of a unix socket; -1 and errno.
int il_peer_credentials(int socket, pid_t *process, uid_t *user, gid_t *group);
