/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Words and numbers for messages. */
#include <zeroos/libos.h>

void zeroos_add(struct zeroos_text *text, const char *words)
{
    while (*words && text->length < sizeof text->data - 1)
        text->data[text->length++] = *words++;
}

static __attribute__((noinline)) void add_digits(struct zeroos_text *text, unsigned long value,
                                                 unsigned base)
{
    char digits[3 * sizeof value];
    char *at = digits + sizeof digits;
    *--at = 0;
    do
        *--at = "0123456789abcdef"[value % base];
    while (value /= base);
    zeroos_add(text, at);
}

void zeroos_add_number(struct zeroos_text *text, unsigned long value)
{
    add_digits(text, value, 10);
}

void zeroos_add_hex(struct zeroos_text *text, unsigned long value)
{
    zeroos_add(text, "0x");
    add_digits(text, value, 16);
}

const char *zeroos_words(struct zeroos_text *text)
{
    text->data[text->length] = 0;
    return text->data;
}

void zeroos_say(struct zeroos_text *text)
{
    text->data[text->length] = '\n';
    zeroos_host_write(ZEROOS_STDERR, text->data, text->length + 1);
    text->length = 0;
}
