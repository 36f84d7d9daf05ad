#include <stdio.h>

int c_part(int n) {
    char text[20];
    return snprintf(text, sizeof text, "%d", n);
}
