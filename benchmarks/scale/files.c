/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* One operation: a file is made, written, found by its name, read, and removed; all exist at once.
 */
#include "../programs/bench.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

static char name[32];

static const char *path(long number)
{
    char *end = name + sizeof name - 1;
    do
        *--end = '0' + number % 10;
    while (number /= 10);
    *--end = '/';
    *--end = 'd';
    return end;
}

int main(void)
{
    long count = repetitions();
    if (mkdir("d", 0700))
        return 2;
    for (long i = 0; i < count; i++) {
        int file = open(path(i), O_CREAT | O_EXCL | O_WRONLY, 0600);
        if (file < 0 || write(file, &i, sizeof i) != sizeof i || close(file))
            return 3;
    }
    for (long i = 0; i < count; i++) {
        struct stat status;
        long held;
        int file;
        if (stat(path(i), &status) || status.st_size != sizeof i)
            return 4;
        file = open(path(i), O_RDONLY);
        if (file < 0 || read(file, &held, sizeof held) != sizeof held || held != i || close(file))
            return 5;
    }
    for (long i = 0; i < count; i++)
        if (unlink(path(i)))
            return 6;
    return rmdir("d") ? 7 : 0;
}
