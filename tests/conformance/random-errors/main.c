/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* getrandom: flags that do not go together, and addresses. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#define INSECURE 4

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    char bytes[300];
    show("insecure", getrandom(bytes, sizeof bytes, INSECURE));
    show("nothing", getrandom(bytes, 0, INSECURE | GRND_NONBLOCK));
    show("both", getrandom(bytes, sizeof bytes, INSECURE | GRND_RANDOM));
    show("unknown", getrandom(bytes, sizeof bytes, 64));
    show("no memory", syscall(SYS_getrandom, (void *)16, 16, INSECURE));
    return 0;
}
