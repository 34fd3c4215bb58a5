#define _GNU_SOURCE
#include "CLinuxThreads.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>

void il_thread_set_name(const char *name) {
    char short_name[16];
    snprintf(short_name, sizeof short_name, "%s", name);
    pthread_setname_np(pthread_self(), short_name);
}

void il_thread_block_signals(void) {
    sigset_t all;
    sigfillset(&all);
    // A fault of this thread must still end the process.
    sigdelset(&all, SIGSEGV);
    sigdelset(&all, SIGBUS);
    sigdelset(&all, SIGILL);
    sigdelset(&all, SIGFPE);
    sigdelset(&all, SIGTRAP);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
}
