/*
 * Calls that a C library's headers like to turn into something else (fortify, large files), each of which
 * links against musl when the compiler is set up well.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS 16
#define LONGEST 32

struct word {
    char text[LONGEST];
};

static int by_text(const void *left, const void *right) {
    return strcmp(((const struct word *) left)->text, ((const struct word *) right)->text);
}

/* The 64-bit FNV-1a hash of a text. */
uint64_t probe_digest(const char *text) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char) *text) * UINT64_C(1099511628211);
    }
    return hash;
}

/* Writes the words of a text, sorted and joined by dashes; gives their number, or -1. */
int probe_words(const char *text, char *out, size_t size) {
    struct word *words = calloc(WORDS, sizeof *words);
    size_t length = strlen(text);
    char *copy = malloc(length + 1);
    int count = 0;
    size_t used = 0;
    FILE *sink = fopen("/dev/null", "w");
    if (words == NULL || copy == NULL || sink == NULL) {
        return -1;
    }
    memcpy(copy, text, length + 1);
    for (char *at = copy; at != NULL && *at != '\0' && count < WORDS;) {
        char *space = strchr(at, ' ');
        if (space != NULL) {
            *space = '\0';
        }
        strncpy(words[count].text, at, LONGEST - 1);
        count++;
        at = space == NULL ? NULL : space + 1;
    }
    qsort(words, (size_t) count, sizeof *words, by_text);
    memset(out, 0, size);
    for (int i = 0; i < count && used < size; i++) {
        used += (size_t) snprintf(out + used, size - used, "%s%s", i == 0 ? "" : "-", words[i].text);
    }
    errno = 0;
    if (fprintf(sink, "%s\n", out) < 0 || fclose(sink) != 0 || errno != 0) {
        count = -1;
    }
    free(copy);
    free(words);
    return count;
}
