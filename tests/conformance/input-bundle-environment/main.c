/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Variables of a bundle: found, changed, removed, added to. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>

static void show(const char *name)
{
    const char *value = getenv(name);
    printf("%s %s\n", name, value ? value : "(none)");
}

int main(void)
{
    show("NUMBER");
    show("EMPTY");
    show("WITH.DOT");
    show("WITH");
    setenv("NUMBER", "43", 1);
    unsetenv("EMPTY");
    putenv("MORE=1");
    show("NUMBER");
    show("EMPTY");
    show("MORE");
    return atoi(getenv("NUMBER"));
}
