/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* QEMU virt: streams through semihosting, else the UART; the end through the same, else the
 * test device. */
#include <zeroos/host.h>
#include <zeroos/target.h>

/* -1: not opened yet; -2: there is no semihosting, or no such file. */
static long handles[4] = {-1, -1, -1, -1};

static long handle_of(unsigned stream)
{
    if (handles[stream] == -1) {
        long got = stream == 0               ? host_semi_open("zeroos.in", 1, 9)
                   : stream == ZEROOS_STDOUT ? host_semi_open(":tt", 4, 3)
                   : stream == ZEROOS_STDERR ? host_semi_open(":tt", 8, 3)
                                             : host_semi_open("zeroos.out", 5, 10);
        handles[stream] = got < 0 ? -2 : got;
    }
    return handles[stream];
}

void zeroos_host_init(void)
{
}

void zeroos_host_write(enum zeroos_stream stream, const void *data, size_t length)
{
    long handle = handle_of(stream);
    const unsigned char *bytes = data;
    if (handle >= 0)
        host_semi_write(handle, data, length);
    else if (stream != ZEROOS_PUBLIC)
        for (size_t i = 0; i < length; i++)
            host_uart_putc(bytes[i]);
}

size_t zeroos_host_read(void *data, size_t length)
{
    long handle = handle_of(0);
    return handle < 0 ? 0 : length - host_semi_read(handle, data, length);
}

_Noreturn void zeroos_host_exit(int code)
{
    if (handle_of(ZEROOS_STDOUT) >= 0)
        host_semi_exit(0x20026, (unsigned long)code);
    host_finisher(code ? (unsigned)code << 16 | 0x3333 : 0x5555);
}

/* Causes by the RISC-V privileged manual, table "mcause"; the codes are those of a shell. */
_Noreturn void zeroos_trapped(unsigned long cause, unsigned long pc, unsigned long value)
{
    (void)pc;
    (void)value;
    zeroos_fail(ZEROOS_TRAP, cause == 2   ? "illegal instruction"
                             : cause == 3 ? "breakpoint"
                             : cause == 4 || cause == 6
                                 ? "misaligned memory access"
                                 : "access to memory that is not there");
}
