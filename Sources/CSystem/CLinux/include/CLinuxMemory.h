// The heaps of the C library.
#pragma once

#include <stddef.h>

// Blocks of that size and more are mapped one by one, and go back to the system when they are freed. By itself the
// allocator lets the size grow to 32 MB with the blocks that it sees.
void il_map_blocks_from(size_t size);

// Gives free memory back to the system, wherever it lies in the heaps.
void il_return_free_memory(void);

// Bytes that are allocated now.
size_t il_memory_in_use(void);
