// Memory that the allocator keeps for later.
#pragma once

// Gives free memory back to the system, wherever it lies in the heaps.
void il_return_free_memory(void);
