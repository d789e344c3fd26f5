/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * FUTEX_WAKE_OP: changes the second futex, wakes at the first one, and at the second one too if
 * its old value compares. The code of both is that of FUTEX_OP() in linux/futex.h.
 */
#include <zeroos/threads.h>

enum { SET, ADD, OR, ANDN, XOR, SHIFTED = 8 };
enum { EQ, NE, LT, LE, GT, GE };

/* A field of 12 bits with sign. */
static int operand(uint32_t coded, int shift)
{
    return (int)(coded << (20 - shift)) >> 20;
}

static bool change(int *futex, unsigned operation, uint32_t by)
{
    uint32_t value = (uint32_t)*futex;
    switch (operation) {
    case SET:
        value = by;
        break;
    case ADD:
        value += by;
        break;
    case OR:
        value |= by;
        break;
    case ANDN:
        value &= ~by;
        break;
    case XOR:
        value ^= by;
        break;
    default:
        return false;
    }
    *futex = (int)value;
    return true;
}

static int compare(int value, unsigned how, int with)
{
    switch (how) {
    case EQ:
        return value == with;
    case NE:
        return value != with;
    case LT:
        return value < with;
    case GE:
        return value >= with;
    case LE:
        return value <= with;
    case GT:
        return value > with;
    }
    return -ENOSYS;
}

long zeroos_futex_op(int *futex, int most, int *futex2, int most2, uint32_t coded)
{
    unsigned operation = coded >> 28;
    uint32_t by = (uint32_t)operand(coded, 12);
    int old = *futex2;
    if (operation & SHIFTED)
        by = (uint32_t)1 << (by & 31);
    if (!change(futex2, operation & (SHIFTED - 1), by))
        return -ENOSYS;
    /* As in Linux, the change stays where the comparison is unknown. */
    int both = compare(old, coded >> 24 & 15, operand(coded, 0));
    if (both < 0)
        return both;
    int woken = zeroos_futex_wake(futex, most, ~0u);
    if (woken < 0 || !both)
        return woken;
    int others = zeroos_futex_wake(futex2, most2, ~0u);
    return others < 0 ? others : woken + others;
}
