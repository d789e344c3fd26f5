/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Deadlines in a pairing heap: the first is at hand, adding one takes constant time, dropping one
 * logarithmic time (amortized). `link` points to whatever points to the thread. Of equal
 * deadlines the one that was added first comes first, so that runs are the same everywhere.
 */
#include <zeroos/threads.h>

struct zeroos_thread *zeroos_first_deadline;
static uint64_t turns;

static bool before(const struct zeroos_thread *left, const struct zeroos_thread *right)
{
    return left->deadline < right->deadline ||
           (left->deadline == right->deadline && left->turn < right->turn);
}

/* Joins two heaps: the later root becomes the first child of the earlier one. */
static struct zeroos_thread *meld(struct zeroos_thread *left, struct zeroos_thread *right)
{
    if (!left || !right)
        return left ? left : right;
    if (before(right, left)) {
        struct zeroos_thread *other = left;
        left = right;
        right = other;
    }
    right->sibling = left->child;
    if (right->sibling)
        right->sibling->link = &right->sibling;
    right->link = &left->child;
    left->child = right;
    return left;
}

/* Joins siblings in pairs, then the pairs from the last to the first. */
static struct zeroos_thread *meld_all(struct zeroos_thread *first)
{
    struct zeroos_thread *pairs = NULL, *heap = NULL;
    while (first) {
        struct zeroos_thread *second = first->sibling;
        struct zeroos_thread *rest = second ? second->sibling : NULL;
        first->sibling = NULL;
        if (second)
            second->sibling = NULL;
        first = meld(first, second);
        first->sibling = pairs;
        pairs = first;
        first = rest;
    }
    while (pairs) {
        struct zeroos_thread *rest = pairs->sibling;
        pairs->sibling = NULL;
        heap = meld(heap, pairs);
        pairs = rest;
    }
    return heap;
}

static void set_root(struct zeroos_thread *root)
{
    zeroos_first_deadline = root;
    if (root)
        root->link = &zeroos_first_deadline;
}

void zeroos_add_deadline(struct zeroos_thread *thread)
{
    thread->turn = turns++;
    thread->child = thread->sibling = NULL;
    set_root(meld(zeroos_first_deadline, thread));
}

void zeroos_drop_deadline(struct zeroos_thread *thread)
{
    *thread->link = thread->sibling;
    if (thread->sibling)
        thread->sibling->link = thread->link;
    set_root(meld(zeroos_first_deadline, meld_all(thread->child)));
}
