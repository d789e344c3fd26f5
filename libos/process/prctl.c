/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

/* With its end, and one byte more that says that the thread was given a name. */
enum { LENGTH = sizeof zeroos_first_thread.name.text };

static bool dumpable = true;

static long set_name(const char *name)
{
    char *own = zeroos_thread->name.text;
    for (int i = 0; i < LENGTH - 1; i++) {
        if (zeroos_outside(name + i, 1))
            return -EFAULT;
        own[i] = name[i];
        if (!name[i])
            break;
    }
    own[LENGTH - 1] = 1;
    return 0;
}

/* A thread has its parent's name, and the first one the image's. */
static long get_name(char *name)
{
    const char *own = zeroos_thread->name.text;
    if (zeroos_outside(name, LENGTH))
        return -EFAULT;
    if (!own[LENGTH - 1])
        own = zeroos_name;
    memset(name, 0, LENGTH);
    for (int i = 0; i < LENGTH - 1 && own[i]; i++)
        name[i] = own[i];
    return 0;
}

long sys_prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)
{
    (void)b, (void)c, (void)d;
    switch (option) {
    case PR_SET_NAME:
        return set_name((const char *)a);
    case PR_GET_NAME:
        return get_name((char *)a);
    case PR_GET_DUMPABLE:
        return dumpable;
    case PR_SET_DUMPABLE:
        if (a > 1)
            return -EINVAL;
        dumpable = a;
        return 0;
    }
    return -EINVAL;
}
