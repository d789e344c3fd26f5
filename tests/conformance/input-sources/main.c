/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Time, random bytes, standard input and read_input share one input: each byte is given once. */
#include <stdio.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>
#include <zeroos/io.h>

int main(void)
{
    const uint8_t *data;
    size_t size;
    char bytes[5] = {0}, start[4] = {0};
    printf("%zd ", read(0, start, 3));
    puts(start);
    printf("%zd ", getrandom(bytes, 4, 0));
    puts(bytes);
    printf("%llx\n", (unsigned long long)time(NULL));
    read_input(&data, &size);
    printf("%.*s\n", (int)size, (const char *)data);
    return 0;
}
