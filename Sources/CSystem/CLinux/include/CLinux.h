// What the Glibc module of Swift does not export: calls of Linux and GNU, one small wrapper each.
// _GNU_SOURCE stays inside the .c files: in a header it changes the types of sockaddr parameters.
#pragma once

#include "CLinuxEvents.h"
#include "CLinuxFiles.h"
#include "CLinuxMemory.h"
#include "CLinuxSockets.h"
#include "CLinuxSpawn.h"
#include "CLinuxThreads.h"
