/*
 * Adds up numbers. Errors: EFAULT, EINVAL.
 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

long sys_mine_sum(const unsigned int *type, size_t count, struct timespec *time, const char *const *names, mode_t mode)
{
    (void)type;
    (void)count;
    (void)time;
    (void)names;
    (void)mode;
    return -ENOSYS;
}
/*
 * Ends the run.
 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

_Noreturn void sys_mine_stop(int status)
{
    (void)status;
    zeroos_fail(ZEROOS_HALT, "mine_stop is not implemented");
}
/*
 * Sees all registers.
 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

long sys_mine_frame(struct zeroos_frame *frame)
{
    (void)frame;
    return -ENOSYS;
}
