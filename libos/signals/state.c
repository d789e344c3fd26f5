/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>

struct sigaction zeroos_actions[NSIG + 1];

#define BIT(signal) ((uint64_t)1 << ((signal) - 1))

bool zeroos_ignored(int signal)
{
    /* signal(7): the default of these is to do nothing; nobody is ever stopped, so SIGCONT too. */
    uint64_t harmless = BIT(SIGCHLD) | BIT(SIGCONT) | BIT(SIGURG) | BIT(SIGWINCH);
    unsigned long handler = zeroos_actions[signal].handler;
    return handler == SIG_IGN || (handler == SIG_DFL && harmless & BIT(signal));
}

_Noreturn void zeroos_die_of(int signal)
{
    uint64_t stops = BIT(SIGSTOP) | BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU);
    uint64_t crashes = BIT(SIGQUIT) | BIT(SIGILL) | BIT(SIGTRAP) | BIT(SIGABRT) | BIT(SIGBUS) |
                       BIT(SIGFPE) | BIT(SIGSEGV) | BIT(SIGSYS);
    struct zeroos_text text;
    text.length = 0;
    zeroos_flush();
    zeroos_add(&text, "zeroos: ended by signal ");
    zeroos_add_number(&text, (unsigned long)signal);
    zeroos_say(&text);
    if (stops & BIT(signal))
        zeroos_fail(ZEROOS_DEADLOCK, "the process was stopped, and nobody can continue it");
    if (crashes & BIT(signal))
        zeroos_failure = ZEROOS_ABORT;
    zeroos_exit(128 + signal);
}
