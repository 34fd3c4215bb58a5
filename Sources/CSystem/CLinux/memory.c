#include "CLinuxMemory.h"

#include <malloc.h>

void il_return_free_memory(void) {
    malloc_trim(0);
}
