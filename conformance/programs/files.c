/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
    char line[64];
    struct stat status;
    mkdir("directory", 0755);
    FILE *file = fopen("directory/file", "w+");
    if (!file)
        return 1;
    for (int i = 0; i < 1000; i++)
        fprintf(file, "%d\n", i);
    fseek(file, 100, SEEK_SET);
    fgets(line, sizeof line, file);
    printf("%s", line);
    fclose(file);
    rename("directory/file", "directory/other");
    stat("directory/other", &status);
    printf("%ld %d\n", (long)status.st_size, access("directory/file", F_OK));
    DIR *directory = opendir("directory");
    for (struct dirent *entry; (entry = readdir(directory));)
        if (entry->d_name[0] != '.')
            printf("%s\n", entry->d_name);
    closedir(directory);
    unlink("directory/other");
    printf("%d\n", rmdir("directory"));
    return 0;
}
