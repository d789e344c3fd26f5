/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Jolt: advice in, memory of public output, printing by an instruction, two bytes for the end. */
#include <zeroos/target.h>

#include <zeroos/record.h>

/* Which stream is printed to, for executors that tell them apart. */
volatile unsigned zeroos_print_stream = ZEROOS_STDOUT;

static size_t written;

void zeroos_host_init(void)
{
}

void zeroos_host_write(enum zeroos_stream stream, const void *data, size_t length)
{
    enum { WITHOUT_NEWLINE = 1 };
    zeroos_print_stream = stream;
    host_print(data, length, WITHOUT_NEWLINE);
}

/* Public output is never lost silently: what does not fit fails the run. */
void zeroos_host_output(const void *data, size_t length)
{
    if (length > HOST_PUBLIC_SIZE - written)
        zeroos_fail(ZEROOS_HALT,
                    "the public output is larger than the 4096 bytes that Jolt publishes");
    __builtin_memcpy(HOST_PUBLIC + written, data, length);
    written += length;
}

/* A proof says either that the run ended or that it panicked. */
_Noreturn void zeroos_host_exit(int code)
{
    if (code)
        host_panic(1);
    host_terminate(1);
}
