/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The other object with the same inline functions. */
#include "groups.h"

long other_of_two(long x, Shape &shape)
{
    Square square(shape.area(x));
    return asked(x) + repeated<2>(x, 7) + shape.name() + square.area(x) * square.name();
}
