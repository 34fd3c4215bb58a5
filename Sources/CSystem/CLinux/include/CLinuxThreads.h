// Threads of our own: their names, and the signals they leave to others.
#pragma once

// At most 15 bytes are kept.
void il_thread_set_name(const char *name);
void il_thread_block_signals(void);
