/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A call through a wild pointer. */
static int (*volatile wild)(int) = (int (*)(int))8;

__attribute__((noinline)) static int call(int n)
{
    return wild(n) + 1;
}

int main(void)
{
    return call(3) + 1;
}
