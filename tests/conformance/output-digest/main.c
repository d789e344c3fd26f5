/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Public output of many sizes: the digest that is committed to covers all of it. */
#include <stdio.h>
#include <string.h>
#include <zeroos/io.h>

int main(void)
{
    uint8_t block[200];
    memset(block, 'x', sizeof block);
    for (size_t size = 0; size < sizeof block; size += 7)
        write_output(block, size);
    write_output((const uint8_t *)"\n", 1);
    puts("done");
    return 0;
}
