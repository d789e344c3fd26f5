/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/word.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);

/* Downwards from the ends, by words where both ends stand alike to them. */
static void *copy_down(void *to, const void *from, size_t size)
{
    unsigned char *d = (unsigned char *)to + size;
    const unsigned char *s = (const unsigned char *)from + size;
    if (((uintptr_t)d ^ (uintptr_t)s) % WORD == 0 && size >= WORD) {
        while ((uintptr_t)d % WORD) {
            *--d = *--s;
            size--;
        }
        zeroos_word *dw = (zeroos_word *)d, *end = dw - size / (4 * WORD) * 4;
        const zeroos_word *sw = (const zeroos_word *)s;
        while (dw != end) {
            zeroos_word w0 = sw[-1], w1 = sw[-2], w2 = sw[-3], w3 = sw[-4];
            dw[-1] = w0, dw[-2] = w1, dw[-3] = w2, dw[-4] = w3;
            dw -= 4, sw -= 4;
        }
        for (size &= 3 * WORD; size; size -= WORD)
            *--dw = *--sw;
        d = (unsigned char *)dw;
        s = (const unsigned char *)sw;
    }
    while (d != to)
        *--d = *--s;
    return to;
}

void *memmove(void *to, const void *from, size_t size)
{
    /* Upwards unless `to` lies inside of what is copied. */
    if ((uintptr_t)to - (uintptr_t)from >= size)
        return memcpy(to, from, size);
    return copy_down(to, from, size);
}
