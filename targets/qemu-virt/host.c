/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* QEMU virt: streams through semihosting, else the UART; the end through the same, else the
 * test device. */
#include <zeroos/host.h>
#include <zeroos/target.h>

/* A handle: -1: not opened yet; -2: there is no semihosting, or no such file. */
static __attribute__((noinline)) long opened(long *handle, const char *path, unsigned long mode,
                                             size_t length)
{
    if (*handle == -1) {
        long got = host_semi_open(path, mode, length);
        *handle = got < 0 ? -2 : got;
    }
    return *handle;
}

/* ":tt" is the console: opened for writing it is stdout, for appending stderr. */
static long console(enum zeroos_stream stream)
{
    static long out = -1, err = -1;
    return stream == ZEROOS_STDOUT ? opened(&out, ":tt", 4, 3) : opened(&err, ":tt", 8, 3);
}

void zeroos_host_init(void)
{
}

void zeroos_host_write(enum zeroos_stream stream, const void *data, size_t length)
{
    long handle = console(stream);
    const unsigned char *bytes = data;
    if (handle >= 0)
        host_semi_write(handle, data, length);
    else
        for (size_t i = 0; i < length; i++)
            host_uart_putc(bytes[i]);
}

/* Public output is never lost silently: without a place for it the run fails. */
void zeroos_host_output(const void *data, size_t length)
{
    static long handle = -1;
    if (opened(&handle, "zeroos.out", 5, 10) < 0 || host_semi_write(handle, data, length) != 0)
        zeroos_fail(ZEROOS_HALT, "the public output cannot be written to zeroos.out");
}

size_t zeroos_host_read(void *data, size_t length)
{
    static long handle = -1;
    if (opened(&handle, "zeroos.in", 1, 9) < 0)
        return 0;
    return length - host_semi_read(handle, data, length);
}

_Noreturn void zeroos_host_exit(int code)
{
    /* Where the console opens, the other calls of semihosting work as well. */
    if (console(ZEROOS_STDOUT) >= 0)
        host_semi_exit(0x20026, (unsigned long)code);
    host_finisher(code ? (unsigned)code << 16 | 0x3333 : 0x5555);
}
