/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/word.h>

int memcmp(const void *left, const void *right, size_t size);
int bcmp(const void *left, const void *right, size_t size);

int memcmp(const void *left, const void *right, size_t size)
{
    const unsigned char *a = left, *b = right, *end = a + size;
    if (((uintptr_t)a ^ (uintptr_t)b) % WORD == 0 && size >= 2 * WORD) {
        for (; (uintptr_t)a % WORD; a++, b++)
            if (*a != *b)
                return *a - *b;
        const zeroos_word *aw = (const zeroos_word *)a, *bw = (const zeroos_word *)b;
        const zeroos_word *last = (const zeroos_word *)((uintptr_t)end & -(uintptr_t)WORD);
        for (; last - aw >= 4; aw += 4, bw += 4)
            if (aw[0] != bw[0] || aw[1] != bw[1] || aw[2] != bw[2] || aw[3] != bw[3])
                break;
        for (; aw != last && *aw == *bw; aw++)
            bw++;
        a = (const unsigned char *)aw;
        b = (const unsigned char *)bw;
    }
    for (; a != end; a++, b++)
        if (*a != *b)
            return *a - *b;
    return 0;
}

int bcmp(const void *left, const void *right, size_t size)
{
    return memcmp(left, right, size);
}
