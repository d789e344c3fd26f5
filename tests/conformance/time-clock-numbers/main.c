/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Which clocks there are, by number; and those of processor time. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void try(const char *what, clockid_t clock)
{
    struct timespec now = {-1, -1}, resolution = {-1, -1};
    int read = clock_gettime(clock, &now) ? errno : 0;
    int asked = clock_getres(clock, &resolution) ? errno : 0;
    printf("%s %d: %s, %s", what, (int)clock, read ? strerror(read) : "read",
           asked ? strerror(asked) : "asked");
    printf(" %d %d\n", now.tv_nsec >= 0 && now.tv_sec >= 0,
           resolution.tv_sec == 0 && resolution.tv_nsec > 0);
}

int main(void)
{
    clockid_t clock;
    for (int i = 0; i < 16; i++)
        /* Alarm clocks depend on the machine's. */
        if (i != 8 && i != 9)
            try("clock", i);
    printf("%d ", clock_getcpuclockid(0, &clock));
    try("process", clock);
    try("thread", ~0 << 3 | 4 | 2);
    try("user", ~0 << 3 | 1);
    try("nobody's", (clockid_t)(~4194303u << 3) | 2);
    try("nobody's thread", (clockid_t)(~4194303u << 3) | 4 | 2);
    try("descriptor", (clockid_t)(~77u << 3) | 3);
    printf("%d\n", clock_getcpuclockid(4194303, &clock) == ESRCH);
    return 0;
}
