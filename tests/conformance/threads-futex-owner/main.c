/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Futexes with an owner: locked, tried, handed over in turn, and what is refused. */
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_futex
#define SYS_futex SYS_futex_time64 /* riscv32 */
#endif

static int word, other, order[4], ended;

static long futex(int *address, int operation, const struct timespec *time)
{
    return syscall(SYS_futex, address, operation, 0, time, NULL, 0);
}

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

static void *take(void *argument)
{
    if (futex(&word, FUTEX_LOCK_PI, NULL))
        return NULL;
    order[ended++] = (int)(long)argument;
    if ((word & FUTEX_TID_MASK) != syscall(SYS_gettid))
        puts("somebody else's");
    usleep(1000);
    futex(&word, FUTEX_UNLOCK_PI, NULL);
    return NULL;
}

static void *refuse(void *argument)
{
    struct timespec past = {0, 1}, bad = {0, -1}, soon;
    show("try", futex(&word, FUTEX_TRYLOCK_PI, NULL));
    show("not mine", futex(&word, FUTEX_UNLOCK_PI, NULL));
    show("past", futex(&word, FUTEX_LOCK_PI, &past));
    show("bad time", futex(&word, FUTEX_LOCK_PI, &bad));
    clock_gettime(CLOCK_REALTIME, &soon);
    soon.tv_sec++;
    show("soon", futex(&word, FUTEX_LOCK_PI, &soon));
    printf("waiters %d\n", !!((unsigned)word & FUTEX_WAITERS));
    /* This one waits for what main holds, and main for what this one holds. */
    futex(&other, FUTEX_LOCK_PI, NULL);
    show("hand over", futex(&word, FUTEX_LOCK_PI, NULL));
    futex(&word, FUTEX_UNLOCK_PI, NULL);
    futex(&other, FUTEX_UNLOCK_PI, NULL);
    return argument;
}

static void *plain(void *argument)
{
    syscall(SYS_futex, &other, FUTEX_WAIT, other, NULL);
    return argument;
}

int main(void)
{
    pthread_t threads[4], thread;
    setvbuf(stdout, NULL, _IOLBF, 0);
    show("lock", futex(&word, FUTEX_LOCK_PI, NULL));
    printf("owner %d\n", word == syscall(SYS_gettid));
    show("again", futex(&word, FUTEX_LOCK_PI, NULL));
    show("try again", futex(&word, FUTEX_TRYLOCK_PI, NULL));
    show("misaligned", futex((int *)((char *)&word + 1), FUTEX_LOCK_PI, NULL));
    show("no memory", futex((int *)16, FUTEX_LOCK_PI, NULL));
    show("real", futex(&word, FUTEX_LOCK_PI | FUTEX_CLOCK_REALTIME, NULL));
    pthread_create(&thread, NULL, refuse, NULL);
    sleep(2);
    show("each other's", futex(&other, FUTEX_LOCK_PI, NULL));
    show("wake", syscall(SYS_futex, &word, FUTEX_WAKE, 1));
    show("unlock", futex(&word, FUTEX_UNLOCK_PI, NULL));
    pthread_join(thread, NULL);
    printf("free %d %d\n", word, other);
    futex(&word, FUTEX_LOCK_PI, NULL);
    for (long i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, take, (void *)i);
        usleep(20000);
    }
    futex(&word, FUTEX_UNLOCK_PI, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    printf("%d %d %d %d, %d\n", order[0], order[1], order[2], order[3], word);
    word = FUTEX_TID_MASK;
    show("nobody's", futex(&word, FUTEX_LOCK_PI, NULL));
    word = (int)FUTEX_OWNER_DIED;
    show("died", futex(&word, FUTEX_LOCK_PI, NULL));
    printf("marked %d\n", !!(word & FUTEX_OWNER_DIED));
    pthread_create(&thread, NULL, plain, NULL);
    usleep(20000);
    other = FUTEX_TID_MASK;
    show("others wait", futex(&other, FUTEX_LOCK_PI, NULL));
    other = (int)syscall(SYS_gettid);
    show("others wait to be woken", futex(&other, FUTEX_UNLOCK_PI, NULL));
    syscall(SYS_futex, &other, FUTEX_WAKE, 1);
    pthread_join(thread, NULL);
    return 0;
}
