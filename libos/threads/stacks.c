/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/threads.h>

void zeroos_check_stacks(void)
{
    for (struct zeroos_thread *t = zeroos_next_thread(NULL); t; t = zeroos_next_thread(t)) {
        if (!t->canary || *t->canary == ZEROOS_CANARY)
            continue;
        struct zeroos_text text;
        text.length = 0;
        zeroos_add(&text, "the stack of thread ");
        zeroos_add_number(&text, (unsigned long)t->tid);
        zeroos_add(&text, " was overrun");
        zeroos_fail(ZEROOS_CANARY_BROKEN, zeroos_words(&text));
    }
}
