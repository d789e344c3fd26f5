/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>
long sys_ppoll(struct pollfd *f, unsigned int c, const struct timespec *t, const unsigned long *m, size_t s){(void)f;(void)c;(void)t;(void)m;(void)s;return 0;}
long sys_openat(int d,const char*p,int f,mode_t m){(void)d;(void)p;(void)f;(void)m;return -2;}
_Noreturn void sys_exit(int s){zeroos_exit(s);}
long sys_mmap(void*a,size_t l,int p,int f,int d,off_t o){(void)a;(void)l;(void)p;(void)f;(void)d;(void)o;return -12;}
long sys_futex(int *address, int operation, unsigned int value, const struct timespec *timeout, int *address2, unsigned int value3)
{(void)address;(void)operation;(void)value;(void)timeout;(void)address2;(void)value3;return 0;}
