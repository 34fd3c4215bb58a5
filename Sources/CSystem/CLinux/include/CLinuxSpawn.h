// Starting a program with nothing of ours but what is given, and following it without signals.
#pragma once

#include <sys/types.h>

// Starts `program` in a session of its own, with default signals, none of them blocked, and no descriptors but the
// three; an `input` of -1 is /dev/null, a `directory` of NULL is ours. Answers 0 or the error, that of exec included.
int il_spawn(
    pid_t *pid, const char *program, char *const arguments[], char *const environment[], const char *directory,
    int input, int output, int error_output);

// A pipe, close-on-exec, above the standard descriptors, whose reading end does not block.
int il_spawn_pipe(int descriptors[2]);

// A file in memory, close-on-exec, above the standard descriptors.
int il_memory_file(const char *name);

// A descriptor that becomes readable when the process has ended; it needs Linux 5.3.
int il_pidfd_open(pid_t pid);

// Sends a signal to just that process: it cannot meet another one that got its number. Linux 5.1; 0, or -1 with errno.
int il_pidfd_signal(int process, int number);

// What the status of waitpid says: the code of an exit or -1, the number of a signal or 0.
int il_exit_code(int status);
int il_exit_signal(int status);
