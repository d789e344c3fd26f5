/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* nftw, scandir and realpath over a tree. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static int files, directories, links;

static int visit(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)path, (void)status, (void)where;
    files += type == FTW_F;
    directories += type == FTW_D || type == FTW_DP;
    links += type == FTW_SL;
    return 0;
}

static int clear(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status, (void)type, (void)where;
    return remove(path);
}

int main(void)
{
    char path[100];
    mkdir("tree", 0755);
    for (int i = 0; i < 5; i++) {
        snprintf(path, sizeof path, "tree/d%d", i);
        mkdir(path, 0755);
        for (int j = 0; j < 4; j++) {
            snprintf(path, sizeof path, "tree/d%d/f%d.txt", i, j);
            close(open(path, O_CREAT | O_WRONLY, 0600));
        }
    }
    symlink("d0", "tree/link");
    show("walk", nftw("tree", visit, 10, FTW_PHYS));
    printf("%d %d %d\n", files, directories, links);
    struct dirent **list;
    int count = scandir("tree", &list, NULL, alphasort);
    for (int i = 0; i < count; i++)
        printf("%s ", list[i]->d_name);
    printf("\n");
    char start[PATH_MAX], real[PATH_MAX];
    (void)!realpath(".", start);
    if (!start[1])
        *start = 0;
    (void)!realpath("tree/link/../d1/./f0.txt", real);
    printf("%s\n", real + strlen(start));
    show("no such", realpath("tree/gone", real) ? 0 : -1);
    show("remove", nftw("tree", clear, 10, FTW_PHYS | FTW_DEPTH));
    show("gone", access("tree", F_OK));
    return 0;
}
