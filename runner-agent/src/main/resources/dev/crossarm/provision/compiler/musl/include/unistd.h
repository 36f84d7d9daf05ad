/* Written by crossarm. */
#include_next <unistd.h>
#if defined(_GNU_SOURCE) && !defined(TEMP_FAILURE_RETRY)
#define TEMP_FAILURE_RETRY(call) __extension__({ \
    long crossarm_result; \
    do crossarm_result = (long) (call); while (crossarm_result == -1 && errno == EINTR); \
    crossarm_result; })
#endif
