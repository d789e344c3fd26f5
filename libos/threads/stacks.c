/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/threads.h>

_Noreturn void zeroos_overrun(const struct zeroos_thread *thread)
{
    struct zeroos_text text;
    text.length = 0;
    zeroos_add(&text, "the stack of thread ");
    zeroos_add_number(&text, (unsigned long)thread->tid);
    zeroos_add(&text, " was overrun");
    zeroos_fail(ZEROOS_CANARY_BROKEN, zeroos_words(&text));
}

void zeroos_check_stacks(void)
{
    for (struct zeroos_thread *t = zeroos_next_thread(NULL); t; t = zeroos_next_thread(t))
        if (zeroos_is_overrun(t))
            zeroos_overrun(t);
}
