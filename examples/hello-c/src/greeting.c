#include <stddef.h>
#include <stdio.h>
#include <string.h>

/*
 * Writes a greeting for `name` into `buffer` and returns its length, or -1 when it does not fit.
 * The formatted print and the string functions are what a distribution's hardened C compiler turns into calls
 * of its own C library, so this fails to link where the compiler is set up wrongly for musl.
 */
int greeting(const char *name, char *buffer, size_t size)
{
    char copy[64];

    if (strlen(name) >= sizeof copy)
        return -1;
    strcpy(copy, name);

    int length = snprintf(buffer, size, "Hello, %s!", copy);
    return length < 0 || (size_t)length >= size ? -1 : length;
}
