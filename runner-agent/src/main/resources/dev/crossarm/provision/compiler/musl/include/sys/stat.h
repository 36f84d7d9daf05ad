/* Written by crossarm. */
#include_next <sys/stat.h>
#if (defined(_GNU_SOURCE) || defined(_BSD_SOURCE)) && !defined(ACCESSPERMS)
#define ACCESSPERMS (S_IRWXU | S_IRWXG | S_IRWXO)
#define ALLPERMS (S_ISUID | S_ISGID | S_ISVTX | ACCESSPERMS)
#define DEFFILEMODE (ACCESSPERMS & ~(S_IXUSR | S_IXGRP | S_IXOTH))
#endif
