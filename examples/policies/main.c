/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Asks for more than the libOS has, and copes without it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

int main(void)
{
    int watch = inotify_init1(0);

    printf("process %d\n", getpid());
    if (watch < 0) {
        printf("no file is watched: %s\n", strerror(errno));
        return 0;
    }
    return inotify_add_watch(watch, "/etc/config", IN_MODIFY) < 0;
}
