// The talk's sieve in C, repaired: the flags live on the heap, and whoever called frees them. `sieve N PASSES` times itself.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct primes {
    long count;
    char *non_primes;
};

static struct primes eratosthenes(long n) {
    struct primes primes = {0, calloc(n, 1)};
    for (long i = 2; i < n; i++) {
        if (!primes.non_primes[i]) {
            primes.count++;
            for (long j = i * i; j < n; j += i) primes.non_primes[j] = 1;
        }
    }
    return primes;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 1000000;
    int passes = argc > 2 ? atoi(argv[2]) : 1;
    struct primes primes = {0, NULL};
    double start = now();
    for (int pass = 0; pass < passes; pass++) {
        primes = eratosthenes(n);
        free(primes.non_primes);
    }
    double seconds = (now() - start) / passes;
    printf("{\"count\": %ld, \"seconds\": %.9f}\n", primes.count, seconds);
}
