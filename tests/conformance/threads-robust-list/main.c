/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What the kernel does with the list of a thread that ends: entries, the pending one, owners. */
#include <linux/futex.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_futex
#define SYS_futex SYS_futex_time64 /* riscv32 */
#endif

struct entry {
    struct entry *next;
    int word;
};

static struct entry entries[5], pending, owned;
static struct {
    struct entry *list;
    long offset;
    struct entry *pending;
} head;
static int waiters, wrong;

static long futex(int *address, int operation, int value)
{
    return syscall(SYS_futex, address, operation, value, NULL, NULL, 0);
}

/* Marked as one with an owner. */
static struct entry *with_owner(struct entry *entry)
{
    return (struct entry *)((char *)entry + 1);
}

static void *die(void *misaligned)
{
    int self = (int)syscall(SYS_gettid);
    head.list = (struct entry *)&head;
    head.offset = offsetof(struct entry, word);
    for (int i = 0; i < 5; i++) {
        entries[i].word = self;
        entries[i].next = head.list;
        head.list = &entries[i];
    }
    entries[2].word = self + 1;
    futex(&owned.word, FUTEX_LOCK_PI, 0);
    owned.next = head.list;
    head.list = with_owner(&owned);
    head.pending = &pending;
    if (misaligned)
        entries[1].next = (struct entry *)((char *)&entries[0] + 2);
    printf("list %ld\n", syscall(SYS_set_robust_list, &head, sizeof head));
    printf("length %ld\n", syscall(SYS_set_robust_list, &head, sizeof head + 1));
    /* Whoever waits at the entries is there by now. */
    usleep(100000);
    entries[4].word |= (int)FUTEX_WAITERS;
    return NULL;
}

static void *wait(void *raw)
{
    int *word = raw;
    usleep(50000);
    __atomic_fetch_add(&waiters, 1, __ATOMIC_RELAXED);
    if (word == &owned.word)
        wrong |= futex(word, FUTEX_LOCK_PI, 0) != 0;
    else
        futex(word, FUTEX_WAIT, *word);
    __atomic_fetch_sub(&waiters, 1, __ATOMIC_RELAXED);
    return NULL;
}

static void with(void *misaligned)
{
    pthread_t dying, threads[3];
    int *words[] = {&entries[4].word, &pending.word, &owned.word};
    owned.word = pending.word = 0;
    pthread_create(&dying, NULL, die, misaligned);
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, wait, words[i]);
    pthread_join(dying, NULL);
    usleep(100000);
    for (int i = 0; i < 5; i++)
        printf("%d ", !!(entries[i].word & FUTEX_OWNER_DIED));
    printf("\nowner died %d, wait still %d\n", !!(owned.word & FUTEX_OWNER_DIED), waiters);
    futex(&pending.word, FUTEX_WAKE, 1);
    futex(&entries[4].word, FUTEX_WAKE, 1);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
}

int main(void)
{
    with(NULL);
    with(&head);
    printf("%d\n", wrong);
    return 0;
}
