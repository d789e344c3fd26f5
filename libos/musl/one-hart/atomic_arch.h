/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * musl's atomic operations for one hart with cooperative threads: nothing else runs between a
 * load and the store behind it, so plain accesses are atomic. Stands before musl's own
 * arch/riscv64/atomic_arch.h on the include path; musl itself is unmodified.
 */
#define a_barrier a_barrier
static inline void a_barrier(void)
{
    __asm__ __volatile__("" ::: "memory");
}

#define a_cas a_cas
static inline int a_cas(volatile int *p, int expected, int desired)
{
    int old = *p;
    if (old == expected)
        *p = desired;
    a_barrier();
    return old;
}

#define a_cas_p a_cas_p
static inline void *a_cas_p(volatile void *p, void *expected, void *desired)
{
    void *volatile *place = (void *volatile *)p;
    void *old = *place;
    if (old == expected)
        *place = desired;
    a_barrier();
    return old;
}

#define a_swap a_swap
static inline int a_swap(volatile int *p, int v)
{
    int old = *p;
    *p = v;
    a_barrier();
    return old;
}

#define a_fetch_add a_fetch_add
static inline int a_fetch_add(volatile int *p, int v)
{
    int old = *p;
    *p = (int)((unsigned)old + (unsigned)v);
    a_barrier();
    return old;
}

#define a_fetch_and a_fetch_and
static inline int a_fetch_and(volatile int *p, int v)
{
    int old = *p;
    *p = old & v;
    a_barrier();
    return old;
}

#define a_fetch_or a_fetch_or
static inline int a_fetch_or(volatile int *p, int v)
{
    int old = *p;
    *p = old | v;
    a_barrier();
    return old;
}

#define a_store a_store
static inline void a_store(volatile int *p, int v)
{
    a_barrier();
    *p = v;
    a_barrier();
}

/* A store to address 0, which musl uses, is no fault on several zkVMs. */
_Noreturn void zeroos_crash(void);

#define a_crash a_crash
static inline void a_crash(void)
{
    zeroos_crash();
}

/* Only another thread can end a wait, and it runs only when this one lets it. */
void zeroos_pause(void);

#define a_spin a_spin
static inline void a_spin(void)
{
    zeroos_pause();
}
