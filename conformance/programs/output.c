/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <zeroos/io.h>

int main(int argc, char **argv)
{
    static uint8_t data[1 << 17];
    size_t size = argc == 2 ? (size_t)atoi(argv[1]) : 0;
    for (size_t i = 0; i < size; i++)
        data[i] = (uint8_t)(i * 7 + (i >> 8));
    write_output(data, size / 3);
    write_output(data + size / 3, size - size / 3);
    printf("%zu\n", size);
    return 0;
}
