/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Spike: everything goes to the host that runs the simulator, by HTIF. */
#include <zeroos/host.h>
#include <zeroos/target.h>

/* A handle: -1: not opened yet; -2: there is no such file. */
static long opened(long *handle, const char *path, size_t size, unsigned long mode)
{
    if (*handle == -1) {
        long got = host_open(-100, path, size, mode, 0644);
        *handle = got < 0 ? -2 : got;
    }
    return *handle;
}

void zeroos_host_init(void)
{
}

/* The host may take less than it is given. False: it takes nothing. */
static int write_all(long handle, const unsigned char *data, size_t length)
{
    while (length) {
        long done = host_write(handle, data, length);
        if (done <= 0)
            return 0;
        data += done;
        length -= (size_t)done;
    }
    return 1;
}

/* Spike's own descriptor 2 is its standard output, too. */
void zeroos_host_write(enum zeroos_stream stream, const void *data, size_t length)
{
    static const char path[] = "/dev/stderr";
    static long handle = -1;
    if (stream == ZEROOS_STDERR && opened(&handle, path, sizeof path, 1) >= 0)
        (void)write_all(handle, data, length);
    else
        (void)write_all(1, data, length);
}

/* Public output is never lost silently: without a place for it the run fails. */
void zeroos_host_output(const void *data, size_t length)
{
    static const char path[] = "zeroos.out";
    static long handle = -1;
    /* O_WRONLY | O_CREAT | O_TRUNC of the host */
    if (opened(&handle, path, sizeof path, 577) < 0 || !write_all(handle, data, length))
        zeroos_fail(ZEROOS_HALT, "the public output cannot be written to zeroos.out");
}

size_t zeroos_host_read(void *data, size_t length)
{
    static const char path[] = "zeroos.in";
    static long handle = -1;
    if (opened(&handle, path, sizeof path, 0) < 0)
        return 0;
    long got = host_read(handle, data, length);
    return got > 0 ? (size_t)got : 0;
}

_Noreturn void zeroos_host_exit(int code)
{
    host_exit((unsigned long)code);
}
