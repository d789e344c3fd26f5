/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The functions of <zeroos/io.h> for the same program as a Linux process: the private input is
 * standard input, the public output is file descriptor 3. */
#include <stddef.h>
#include <stdint.h>

long read(int fd, void *data, size_t size);
long write(int fd, const void *data, size_t size);
void *realloc(void *block, size_t size);
_Noreturn void abort(void);

void read_input(const uint8_t **buffer, size_t *size);
void write_output(const uint8_t *data, size_t size);

void read_input(const uint8_t **buffer, size_t *size)
{
    static uint8_t *data;
    static size_t length, room;
    static int done;
    while (!done) {
        if (length == room) {
            room = room ? 2 * room : 65536;
            data = realloc(data, room);
            if (!data)
                abort();
        }
        long got = read(0, data + length, room - length);
        if (got < 0)
            abort();
        length += (size_t)got;
        done = got == 0;
    }
    *buffer = data;
    *size = length;
}

void write_output(const uint8_t *data, size_t size)
{
    while (size) {
        long done = write(3, data, size);
        if (done <= 0)
            abort();
        data += done;
        size -= (size_t)done;
    }
}
