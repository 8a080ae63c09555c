// The talk's sieve in C as it was first written: it returns a pointer to its own stack array. `dangling N`, up to 1000.
#include <stdio.h>
#include <stdlib.h>

struct primes {
    long count;
    char *non_primes;
};

static struct primes eratosthenes(long n) {
    char non_primes[1000] = {0};
    struct primes primes = {0, non_primes};
    for (long i = 2; i < n; i++) {
        if (!non_primes[i]) {
            primes.count++;
            for (long j = i * i; j < n; j += i) non_primes[j] = 1;
        }
    }
    return primes;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 10;
    struct primes primes = eratosthenes(n);
    long largest = n - 1;
    while (largest > 1 && primes.non_primes[largest]) largest--;
    printf("%ld primes, the largest %ld\n", primes.count, largest);
}
