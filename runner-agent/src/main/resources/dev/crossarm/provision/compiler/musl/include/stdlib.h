/* Written by crossarm. */
#include_next <stdlib.h>
#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#include <sys/types.h>
#endif
