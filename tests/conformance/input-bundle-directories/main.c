/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Directories of a bundle: listed, added to, emptied and removed. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void list(const char *path)
{
    struct dirent **entries;
    int count = scandir(path, &entries, visible, alphasort);
    printf("%s: %d\n", path, count);
    for (int i = 0; i < count; i++)
        printf("  %s %d\n", entries[i]->d_name, entries[i]->d_type == DT_DIR);
}

int main(void)
{
    list("work");
    list("work/inner");
    close(open("work/new", O_CREAT | O_WRONLY, 0644));
    printf("%d %d\n", mkdir("work/inner", 0755), mkdir("work/other", 0755));
    printf("%d\n", rename("work/a", "work/other/a"));
    printf("%d\n", rmdir("work/inner"));
    printf("%d\n", unlink("work/inner/b"));
    printf("%d\n", rmdir("work/inner"));
    list("work");
    list("work/other");
    return 0;
}
