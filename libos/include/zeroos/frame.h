/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* All registers at a system call of a frame handler (clone, rt_sigreturn). */
#ifndef ZEROOS_FRAME_H
#define ZEROOS_FRAME_H

/* x[n] is register xn; x[0] is free. The frame lies on the caller's stack, directly below its sp.
 *
 * The handler returns into the second half of the thunk, which stores a0 into the frame, reloads
 * every register from the frame at sp, and goes on behind the system call. So whoever enters
 * there with sp at a copy of the frame and a0 = 0 is a child that starts behind the call. */
struct zeroos_frame {
    unsigned long x[32];
};

enum { ZEROOS_RA = 1, ZEROOS_SP = 2, ZEROOS_TP = 4, ZEROOS_A0 = 10 };

#endif
