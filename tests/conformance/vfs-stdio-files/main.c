/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The C library's files on top of all this. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    char line[100];
    FILE *file = fopen("file", "w+");
    for (int i = 0; i < 3000; i++)
        fprintf(file, "line %d\n", i);
    printf("%ld\n", ftell(file));
    fseek(file, -10, SEEK_END);
    printf("%s", fgets(line, sizeof line, file));
    rewind(file);
    int count = 0;
    while (fgets(line, sizeof line, file))
        count++;
    printf("%d\n", count);
    fclose(file);
    file = fopen("file", "a");
    fputs("appended\n", file);
    fclose(file);
    file = fopen("file", "r");
    fseek(file, -9, SEEK_END);
    printf("%s", fgets(line, sizeof line, file));
    fclose(file);
    show("exclusive", fopen("file", "wx") ? 0 : -1);
    show("missing", fopen("gone", "r") ? 0 : -1);
    show("rename", rename("file", "moved"));
    show("remove", remove("moved"));
    show("remove", remove("moved"));
    FILE *temporary = tmpfile();
    fputs("hidden", temporary);
    rewind(temporary);
    printf("%s\n", fgets(line, sizeof line, temporary));
    fclose(temporary);
    char name[] = "nameXXXXXX";
    int fd = mkstemp(name);
    show("mkstemp", fd >= 0);
    show("unlink", unlink(name));
    char directory[] = "dirXXXXXX";
    printf("%d\n", mkdtemp(directory) != NULL);
    show("rmdir", rmdir(directory));
    return 0;
}
