/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/threads.h>

_Noreturn void zeroos_deadlock(void)
{
    struct zeroos_text text;
    text.length = 0;
    zeroos_flush();
    for (struct zeroos_thread *t = zeroos_next_thread(NULL); t; t = zeroos_next_thread(t)) {
        zeroos_add(&text, "zeroos: thread ");
        zeroos_add_number(&text, (unsigned long)t->tid);
        if (t->futex) {
            zeroos_add(&text, " waits at futex ");
            zeroos_add_hex(&text, (unsigned long)t->futex);
        } else {
            zeroos_add(&text, " waits for a signal");
        }
        zeroos_add(&text, ", pc ");
        zeroos_add_hex(&text, t->site);
        zeroos_say(&text);
    }
    zeroos_fail(ZEROOS_DEADLOCK, "deadlock: every thread waits and none has a deadline");
}
