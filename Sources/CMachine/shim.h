// The one door to the machine below libc: what Swift cannot say of a processor or of glibc.
#pragma once
#include <stdint.h>
#include <stdbool.h>

// The processor's own clock. Swift has no builtin for it.
static inline uint64_t machine_cycles(void) {
#if defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
    uint64_t value;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(value));
    return value;
#endif
}

// Swift's atomics need a value of their own; these work on memory shared with a signal handler,
// another thread or the log's readers.
static inline uint64_t machine_load_acquire(const uint64_t *at) { return __atomic_load_n(at, __ATOMIC_ACQUIRE); }
static inline void machine_store_release(uint64_t *at, uint64_t value) { __atomic_store_n(at, value, __ATOMIC_RELEASE); }
