/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* How a run fails: by name, on stderr, and never with exit code 0. */
#include <zeroos/host.h>
#include <zeroos/libos.h>

volatile unsigned zeroos_failure;

ZEROOS_WEAK void zeroos_flush(void)
{
}

static size_t length_of(const char *text)
{
    size_t n = 0;
    while (text[n])
        n++;
    return n;
}

void zeroos_say(const char *text)
{
    zeroos_host_write(ZEROOS_STDERR, text, length_of(text));
}

_Noreturn void zeroos_fail(enum zeroos_failure_reason reason, const char *message)
{
    /* A failure on the way to report a failure ends the run at once. */
    if (zeroos_failure == ZEROOS_OK) {
        zeroos_failure = reason;
        zeroos_flush();
        zeroos_say("zeroos: ");
        zeroos_say(message);
        zeroos_say("\n");
    }
    zeroos_host_exit(ZEROOS_FAILURE_CODE);
}
