/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Differences of code labels, which an assembler may resolve. */
#include "corpus.h"

/* The form of interpreters that must not have relocations in their tables. */
CASE(goto_by_differences)
{
    static const int table[] = {&&plus - &&base, &&call - &&base, &&end - &&base};
    long r = b;
    int i = 0;
base:
    if (i > 20)
        goto end;
    goto *(&&base + table[(a >> i) & 1]);
plus:
    r += c;
    i++;
    goto base;
call:
    r = sys1(101, r);
    i += 2;
    goto *(&&base + table[(b >> i) % 3 == 2 ? 2 : 0]);
end:
    return r ^ buffer[i];
}
