/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A load through a null pointer, in a leaf. */
struct list {
    struct list *next;
    int value;
};

__attribute__((noinline)) static int last(struct list *volatile *list)
{
    while ((*list)->value)
        *list = (*list)->next;
    return (*list)->value;
}

static volatile int one = 1;

int main(void)
{
    struct list only = {0, one};
    struct list *volatile list = &only;
    return last(&list) + 1;
}
