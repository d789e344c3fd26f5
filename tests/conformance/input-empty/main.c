/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>
#include <unistd.h>
#include <zeroos/io.h>

int main(void)
{
    const uint8_t *data;
    size_t size = 1;
    char c;
    printf("%zd\n", read(0, &c, 1));
    read_input(&data, &size);
    printf("%zu\n", size);
    printf("%zd\n", read(0, &c, 1));
    return 0;
}
