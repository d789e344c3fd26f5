/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The private input is a bundle: its arguments follow the manifest's, its variables come beside the
 * manifest's, and its part `stdin` is the stream that the program reads.
 */
#include <zeroos/bundle.h>
#include <zeroos/input.h>

/* The program's stack starts so far below: what is written there must not be ours. */
enum { OWN_STACK = 1024 };

static struct zeroos_bundle bundle;

static _Noreturn void refuse(const char *wrong, struct zeroos_span about)
{
    struct zeroos_text text;
    text.length = 0;
    zeroos_add(&text, "the bundle is refused: ");
    zeroos_add(&text, wrong);
    if (about.size) {
        /* Whoever made the bundle chose this name: no control characters for the terminal. */
        char shown[64];
        size_t length = about.size < sizeof shown ? about.size : sizeof shown - 1;
        for (size_t i = 0; i < length; i++)
            shown[i] = about.data[i] < ' ' || about.data[i] > '~' ? '?' : (char)about.data[i];
        shown[length] = 0;
        zeroos_add(&text, " (");
        zeroos_add(&text, shown);
        zeroos_add(&text, length < about.size ? "...)" : ")");
    }
    zeroos_fail(ZEROOS_INPUT, zeroos_words(&text));
}

static size_t count(struct zeroos_span list)
{
    size_t strings = 0;
    for (size_t i = 0; i < list.size; i++)
        strings += list.data[i] == 0;
    return strings;
}

/* Whether a string of the manifest sets the same variable. */
static bool same_variable(const char *variable, const char *other)
{
    while (*variable == *other && *variable != '=' && *variable)
        variable++, other++;
    return *variable == '=' && *other == '=';
}

/* Puts the strings of a list where `*to` points, and their addresses at `words`. */
static unsigned long *put_strings(unsigned long *words, struct zeroos_span list, char **to)
{
    const char *from = (const char *)list.data;
    memcpy(*to, from, list.size);
    for (size_t i = 0; i < list.size; i++) {
        if (i == 0 || (*to)[i - 1] == 0)
            *words++ = (unsigned long)(*to + i);
    }
    *to += list.size;
    return words;
}

/* As many words of the manifest's stack as stand before the next 0, and no more. */
static const unsigned long *copy_words(unsigned long **to, const unsigned long *from)
{
    while (*from)
        *(*to)++ = *from++;
    return from + 1;
}

static void check_variables(const unsigned long *manifest)
{
    const char *from = (const char *)bundle.env.data;
    for (size_t i = 0; i < bundle.env.size; i++) {
        if (i && from[i - 1])
            continue;
        for (const unsigned long *fixed = manifest; *fixed; fixed++)
            if (same_variable((const char *)*fixed, from + i))
                refuse("it sets a variable of the manifest", bundle.entry);
    }
}

/* The stack as the kernel leaves it: strings at the upper end, below them argc and the vectors. */
static unsigned long *lay_out(void)
{
    const unsigned long *from = zeroos_initial + 1;
    const unsigned long *fixed_env = from + zeroos_argc + 1;
    bundle.entry = (struct zeroos_span){(const uint8_t *)"env", 3};
    check_variables(fixed_env);
    size_t more = count(bundle.args) + count(bundle.env);
    size_t strings = bundle.args.size + bundle.env.size;
    size_t words = zeroos_initial_words + more;
    size_t room = (size_t)((char *)zeroos_stack_high - (char *)zeroos_stack_low);
    /* Linux gives them a quarter of the stack as well (RLIMIT_STACK in execve(2)). */
    if (strings > room / 4 || words > room / 4 / sizeof(long))
        refuse("arguments and environment are larger than a quarter of the stack",
               (struct zeroos_span){NULL, 0});
    char *string = (char *)__builtin_frame_address(0) - OWN_STACK - strings;
    uintptr_t sp = ((uintptr_t)string - words * sizeof(long)) & ~(uintptr_t)15;
    unsigned long *stack = (unsigned long *)sp, *to = stack;
    *to++ = (unsigned long)zeroos_argc + count(bundle.args);
    from = copy_words(&to, from);
    to = put_strings(to, bundle.args, &string);
    *to++ = 0;
    from = copy_words(&to, from);
    to = put_strings(to, bundle.env, &string);
    *to++ = 0;
    for (const unsigned long *end = zeroos_initial + zeroos_initial_words; from < end;)
        *to++ = *from++;
    return stack;
}

_Noreturn void zeroos_boot(void)
{
    zeroos_host_init();
    zeroos_stack_low[0] = ZEROOS_CANARY;
    const uint8_t *data;
    size_t size = zeroos_host_read_all(&data);
    bundle.allow = zeroos_bundle_allowed;
    bundle.add = zeroos_bundle_adder;
    const char *wrong = zeroos_bundle_read(&bundle, data, size);
    if (wrong)
        refuse(wrong, bundle.entry);
    zeroos_enter_program(lay_out());
}

size_t zeroos_input_read(void *data, size_t length)
{
    struct zeroos_span *input = &bundle.input;
    if (length > input->size)
        length = input->size;
    memcpy(data, input->data, length);
    input->data += length;
    input->size -= length;
    return length;
}

size_t zeroos_input_read_all(const uint8_t **data)
{
    size_t size = bundle.input.size;
    *data = bundle.input.data;
    bundle.input.data += size;
    bundle.input.size = 0;
    return size;
}
