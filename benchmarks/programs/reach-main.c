/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Never returns, so that "has main been reached" can be asked of any number of instructions. */
int main(void)
{
    for (;;)
        __asm__ volatile("");
}
