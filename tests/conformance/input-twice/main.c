/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Every call of read_input gives the same, and leaves standard input at its end. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zeroos/io.h>

int main(void)
{
    const uint8_t *first, *second;
    size_t size, again;
    char c;
    read_input(&first, &size);
    read_input(&second, &again);
    printf("%zu %zu %d %d\n", size, again, first == second, !memcmp(first, "a\0b", 3));
    printf("%zd %d\n", read(0, &c, 1), getchar());
    return 0;
}
