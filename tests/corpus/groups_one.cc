/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Inline functions, templates and virtual functions that make system calls: one of two objects. */
#include "groups.h"

long other_of_two(long x, Shape &shape);

CASE(inline_function)
{
    long r = asked(a) ^ repeated<3>(b, c);
    buffer[0] = (u8)r;
    return r + asked(r);
}

CASE(virtual_functions)
{
    Shape shape(a);
    Square square(b);
    Shape *chosen = c & 1 ? &shape : &square;
    long r = chosen->area(c) + chosen->name() + other_of_two(a, *chosen);
    return r ^ square.name() ^ buffer[1];
}
