/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What two objects both have, each in a group of which the linker keeps one. */
#include "corpus.h"

inline NOINLINE long asked(long x)
{
    return sys1(101, x) + 1;
}

template <int N> NOINLINE long repeated(long x, long y)
{
    long r = x;
    for (int i = 0; i < N; i++)
        r = sys2(102, r, y) + repeated<N - 1>(r, i);
    return r;
}
template <> inline long repeated<0>(long x, long y)
{
    return asked(x - y);
}

struct Shape {
    long size;
    explicit Shape(long n) : size(sys1(101, n))
    {
    }
    virtual NOINLINE long area(long x)
    {
        return sys2(102, size, x);
    }
    virtual long name()
    {
        return forward(101, size);
    }
};
struct Square : Shape {
    using Shape::Shape;
    NOINLINE long area(long x) override
    {
        return Shape::area(x) * size + sys0(100);
    }
    long name() override
    {
        static long count = sys1(101, 5);
        return count += size & 3;
    }
};
