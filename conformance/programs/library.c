/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

int main(void)
{
    int numbers[200], key = 137;
    char text[] = "one two three", *word;
    for (int i = 0; i < 200; i++)
        numbers[i] = i * 7919 % 200;
    qsort(numbers, 200, sizeof numbers[0], compare);
    printf("%d %d\n", numbers[150], *(int *)bsearch(&key, numbers, 200, sizeof key, compare));
    for (word = strtok(text, " "); word; word = strtok(0, " "))
        printf("%zu%c ", strlen(word), toupper(*word));
    errno = 0;
    printf("%ld %d\n", strtol("99999999999999999999", 0, 10) > 0 ? 1L : 0L, errno == ERANGE);
    time_t moment = 1700000000;
    char date[32];
    strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", gmtime(&moment));
    puts(date);
    return 0;
}
