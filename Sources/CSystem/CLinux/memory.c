#include "CLinuxMemory.h"

#include <malloc.h>

void il_map_blocks_from(size_t size) {
    mallopt(M_MMAP_THRESHOLD, (int)size);
    // How much of its end a heap keeps: less, and every block of nearly that size would be given back and fetched again.
    mallopt(M_TRIM_THRESHOLD, (int)(2 * size));
}

void il_return_free_memory(void) {
    malloc_trim(0);
}

size_t il_memory_in_use(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}
