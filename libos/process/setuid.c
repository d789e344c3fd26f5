/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The superuser of a user namespace that has nobody else: becoming somebody else is EINVAL, as
 * Linux says of users that the namespace does not map (kernel/sys.c, make_kuid).
 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

/* No change, in the calls that set several. */
#define SAME (~0u)

static long become(unsigned id)
{
    return id ? -EINVAL : 0;
}

static bool is_known(unsigned id)
{
    return id == 0 || id == SAME;
}

long sys_setuid(uid_t user)
{
    return become(user);
}

long sys_setgid(gid_t group)
{
    return become(group);
}

long sys_setreuid(uid_t real, uid_t effective)
{
    return is_known(real) && is_known(effective) ? 0 : -EINVAL;
}

long sys_setregid(gid_t real, gid_t effective)
{
    return is_known(real) && is_known(effective) ? 0 : -EINVAL;
}

long sys_setresuid(uid_t real, uid_t effective, uid_t saved)
{
    return is_known(real) && is_known(effective) && is_known(saved) ? 0 : -EINVAL;
}

long sys_setresgid(gid_t real, gid_t effective, gid_t saved)
{
    return is_known(real) && is_known(effective) && is_known(saved) ? 0 : -EINVAL;
}
