#define _GNU_SOURCE
#include "CLinuxSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int set_actions(posix_spawn_file_actions_t *actions, const char *directory, int input, int output, int error) {
    int code = directory ? posix_spawn_file_actions_addchdir_np(actions, directory) : 0;
    if (code == 0) {
        code = input < 0 ? posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
                         : posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO);
    }
    if (code == 0) code = posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO);
    if (code == 0) code = posix_spawn_file_actions_adddup2(actions, error, STDERR_FILENO);
    if (code == 0) code = posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
    return code;
}

static int set_attributes(posix_spawnattr_t *attributes) {
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    int code = posix_spawnattr_setsigdefault(attributes, &all);
    if (code == 0) code = posix_spawnattr_setsigmask(attributes, &none);
    if (code == 0) {
        code = posix_spawnattr_setflags(
            attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    return code;
}

int il_spawn(
    pid_t *pid, const char *program, char *const arguments[], char *const environment[], const char *directory,
    int input, int output, int error_output) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int code = posix_spawn_file_actions_init(&actions);
    if (code != 0) return code;
    code = posix_spawnattr_init(&attributes);
    if (code == 0) {
        code = set_actions(&actions, directory, input, output, error_output);
        if (code == 0) code = set_attributes(&attributes);
        if (code == 0) code = posix_spawn(pid, program, &actions, &attributes, arguments, environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

// A descriptor below 3 would be overwritten while the standard ones of the child are put in place.
static int above_standard(int descriptor) {
    if (descriptor < 0 || descriptor > STDERR_FILENO) return descriptor;
    int higher = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int error = errno;
    close(descriptor);
    errno = error;
    return higher;
}

int il_spawn_pipe(int descriptors[2]) {
    if (pipe2(descriptors, O_CLOEXEC) != 0) return -1;
    descriptors[0] = above_standard(descriptors[0]);
    descriptors[1] = above_standard(descriptors[1]);
    if (descriptors[0] >= 0 && descriptors[1] >= 0 && fcntl(descriptors[0], F_SETFL, O_NONBLOCK) == 0) return 0;
    int error = errno;
    if (descriptors[0] >= 0) close(descriptors[0]);
    if (descriptors[1] >= 0) close(descriptors[1]);
    errno = error;
    return -1;
}

int il_memory_file(const char *name) { return above_standard(memfd_create(name, MFD_CLOEXEC)); }

int il_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int il_pidfd_signal(int process, int number) { return (int)syscall(SYS_pidfd_send_signal, process, number, NULL, 0); }

int il_exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

int il_exit_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }
