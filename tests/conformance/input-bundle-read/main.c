/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* read_input gives what standard input left of the bundle's part, and nothing of the archive. */
#include <stdio.h>
#include <unistd.h>
#include <zeroos/io.h>

int main(void)
{
    const uint8_t *data;
    size_t size;
    char start[6] = {0};
    printf("%zd", read(0, start, 5));
    printf(" %s\n", start);
    read_input(&data, &size);
    printf("%zu %.*s\n", size, (int)size, (const char *)data);
    printf("%zd\n", read(0, start, 1));
    return 0;
}
