// SPDX-License-Identifier: MIT OR Apache-2.0
// A thousand exceptions, each through three frames with something to destroy.
#include <stdexcept>

static int alive;

struct Guard {
    Guard() { alive++; }
    ~Guard() { alive--; }
};

[[gnu::noinline]] static void fall(int depth)
{
    Guard guard;
    if (depth == 0)
        throw std::out_of_range("the bottom");
    fall(depth - 1);
    __asm__ volatile("");
}

int main()
{
    int caught = 0;
    for (int i = 0; i < 1000; i++) {
        try {
            fall(2);
        } catch (const std::exception &) {
            caught++;
        }
    }
    return caught != 1000 || alive;
}
