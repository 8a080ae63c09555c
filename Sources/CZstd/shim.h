// The one door to Zstandard.
#include <zstd.h>
#include <zstd_errors.h>
