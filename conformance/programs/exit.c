/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdlib.h>

int main(int argc, char **argv)
{
    return argc == 2 ? atoi(argv[1]) : 99;
}
