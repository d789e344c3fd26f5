/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* How a run fails: by name, on stderr, and never with exit code 0. */
#include <zeroos/libos.h>

volatile unsigned zeroos_failure;

_Noreturn void zeroos_fail(enum zeroos_failure_reason reason, const char *message)
{
    /* A failure on the way to report a failure ends the run at once. */
    if (zeroos_failure == ZEROOS_OK) {
        struct zeroos_text text;
        text.length = 0;
        zeroos_failure = reason;
        zeroos_flush();
        zeroos_add(&text, "zeroos: ");
        zeroos_add(&text, message);
        zeroos_say(&text);
    }
    zeroos_host_exit(ZEROOS_FAILURE_CODE);
}

_Noreturn void zeroos_fail_at(enum zeroos_failure_reason reason, const char *message, uintptr_t pc)
{
    struct zeroos_text text;
    text.length = 0;
    zeroos_add(&text, message);
    zeroos_add(&text, ", pc ");
    zeroos_add_hex(&text, pc);
    zeroos_fail(reason, zeroos_words(&text));
}
