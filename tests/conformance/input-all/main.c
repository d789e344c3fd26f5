/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* read_input: all of it, the same at every call; standard input is at its end then. */
#include <stdio.h>
#include <unistd.h>
#include <zeroos/io.h>

int main(void)
{
    const uint8_t *first, *second;
    size_t size, again;
    unsigned sum = 0;
    char c;
    read_input(&first, &size);
    read_input(&second, &again);
    for (size_t i = 0; i < size; i++)
        sum = sum * 31 + first[i];
    printf("%zu %u %d %d\n", size, sum, first == second, size == again);
    printf("%zd\n", read(0, &c, 1));
    return 0;
}
