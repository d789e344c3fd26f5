/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Compresses its input with lz4 (two ways) and bzip2, checks the way back, writes the results. */
#include <bzlib.h>
#include <lz4.h>
#include <lz4frame.h>
#include <lz4hc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char input[1 << 17], packed[1 << 18], back[1 << 17];

static int check(const char *name, size_t size, size_t packed_size, size_t back_size)
{
    int right = back_size == size && memcmp(input, back, size) == 0;
    fprintf(stderr, "%s: %zu -> %zu %s\n", name, size, packed_size, right ? "ok" : "wrong");
    fwrite(packed, 1, packed_size, stdout);
    memset(back, 0, sizeof back);
    return !right;
}

int main(void)
{
    size_t size = fread(input, 1, sizeof input, stdin);
    int wrong = 0;

    int n = LZ4_compress_default(input, packed, (int)size, sizeof packed);
    int m = LZ4_decompress_safe(packed, back, n, sizeof back);
    wrong |= check("lz4", size, (size_t)n, (size_t)m);

    n = LZ4_compress_HC(input, packed, (int)size, sizeof packed, 9);
    m = LZ4_decompress_safe(packed, back, n, sizeof back);
    wrong |= check("lz4hc", size, (size_t)n, (size_t)m);

    LZ4F_preferences_t preferences = LZ4F_INIT_PREFERENCES;
    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
    size_t framed = LZ4F_compressFrame(packed, sizeof packed, input, size, &preferences);
    LZ4F_dctx *context;
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION)))
        return 2;
    size_t from = framed, to = sizeof back;
    if (LZ4F_decompress(context, back, &to, packed, &from, NULL) != 0)
        return 3;
    LZ4F_freeDecompressionContext(context);
    wrong |= check("lz4frame", size, framed, to);

    unsigned compressed = sizeof packed, restored = sizeof back;
    int code = BZ2_bzBuffToBuffCompress(packed, &compressed, input, (unsigned)size, 1, 0, 0);
    if (code == BZ_OK)
        code = BZ2_bzBuffToBuffDecompress(back, &restored, packed, compressed, 0, 0);
    wrong |= check("bzip2", size, compressed, restored) | (code != BZ_OK);

    /* Damaged data takes the ways out that nothing else takes. */
    packed[compressed / 2] ^= 1;
    restored = sizeof back;
    code = BZ2_bzBuffToBuffDecompress(back, &restored, packed, compressed, 0, 0);
    printf("damaged: %d %d\n", code, LZ4_decompress_safe(input, back, (int)size, 100) < 0);
    return wrong;
}
