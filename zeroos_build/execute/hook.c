/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The embedded machine's native hooks: they count, pause and check without Python.
 * native.py compiles this file once and mirrors the structures.
 *
 * A hook that stops the machine does so before the instruction or block it was called for.
 * unicorn's own memory hooks would cost 100 ns per access (they look up the pc each time) and
 * act after the fact; `step` reads the address from the instruction instead, before it runs.
 */
#include <stdint.h>

enum { RUNNING, PAUSED, FOREIGN, UNREACHABLE, MISALIGNED, FORBIDDEN };
enum { MARK_FOREIGN = 1, MARK_SITE = 2, MARK_ACCESS = 4, MARK_SHORT = 8 };
enum { CAN_READ = 1, CAN_WRITE = 2 }; /* unicorn.h, uc_prot */
enum { LOAD = 0x03, STORE = 0x23, AMO = 0x2f, LR = 2 };
enum { AREAS = 64, CHUNK_SHIFT = 22 };

struct area {
    uint64_t start, size;
    uint32_t permissions;
};

/* unicorn.h, uc_tlb_entry */
struct translation {
    uint64_t physical;
    uint32_t permissions;
};

struct machine {
    /* Functions of the library. */
    int (*stop)(void *);
    int (*read_register)(void *, int, void *);
    /* Functions of ours: before marked instructions; for a chunk that may not be mapped yet. */
    void (*at_site)(uint64_t);
    void (*map)(uint64_t);

    uint64_t done;   /* instructions before the current block, or all in single steps */
    uint64_t block;  /* the current block: address and number of instructions */
    uint64_t length;
    uint64_t pause;  /* enter nothing that would end past this count */
    uint64_t reason; /* why the hooks stopped the machine */

    uint64_t text, text_size; /* executable bytes */
    uint64_t shift;           /* a slot for every 4 bytes, or for every 2 with C: 2 or 1 */
    const uint32_t *words;    /* the instruction at each slot, in its 32-bit form */
    uint8_t *marks;           /* a byte of MARK_ bits per slot */
    const uint32_t *starts;   /* with C: how many instructions start before each slot */

    uint64_t strict;       /* refuse foreign words */
    uint64_t aligned;      /* accesses must be naturally aligned */
    uint64_t address_mask; /* the address space's width */
    uint64_t area_count, page_count;
    struct area areas[AREAS]; /* to the byte; the first that contains an address decides */
    struct area pages[AREAS]; /* to the page of 4096 bytes, likewise */

    uint64_t chunk;    /* the last one asked for, its number plus 1 */

    uint8_t *touched; /* a bit per 8 bytes from touched_start; may be null */
    uint64_t touched_start, touched_size;

    uint64_t address, size, permission; /* the refused access */
};

static void halt(void *engine, struct machine *m, uint64_t reason)
{
    m->reason = reason;
    m->stop(engine);
}

/* Before a block. */
void count_block(void *engine, uint64_t address, uint32_t size, struct machine *m)
{
    uint64_t done = m->done + m->length, length = size >> 2;

    if (m->reason != RUNNING)
        return;
    if (m->starts) {
        uint64_t slot = (address - m->text) >> 1;

        if (address - m->text >= m->text_size) {
            halt(engine, m, UNREACHABLE);
            return;
        }
        length = m->starts[slot + (size >> 1)] - m->starts[slot];
    }
    if (done + length > m->pause) {
        halt(engine, m, PAUSED);
        return;
    }
    m->done = done;
    m->block = address;
    m->length = length;
}

/* Marks the loads and stores, which `step` is to check by the areas. */
void mark_accesses(struct machine *m)
{
    for (uint64_t i = 0; i < m->text_size >> m->shift; i++) {
        uint32_t opcode = m->words[i] & 0x7f;

        if (opcode == LOAD || opcode == STORE || opcode == AMO)
            m->marks[i] |= MARK_ACCESS;
    }
}

static void touch(struct machine *m, uint64_t address)
{
    uint64_t offset = address - m->touched_start;

    if (offset < m->touched_size)
        m->touched[offset >> 6] |= (uint8_t)(1 << ((offset >> 3) & 7));
}

static int refuse(void *engine, struct machine *m, uint64_t reason, uint64_t permission, uint64_t address, uint64_t size)
{
    m->address = address;
    m->size = size;
    m->permission = permission;
    halt(engine, m, reason);
    return 0;
}

static int check_access(void *engine, struct machine *m, uint32_t word)
{
    uint64_t address = 0, permission, size = 1u << ((word >> 12) & 3);
    int32_t offset;

    switch (word & 0x7f) {
    case LOAD:
        permission = CAN_READ;
        offset = (int32_t)word >> 20;
        break;
    case STORE:
        permission = CAN_WRITE;
        offset = ((int32_t)(word & 0xfe000000) >> 20) | (int32_t)((word >> 7) & 31);
        break;
    default:
        permission = word >> 27 == LR ? CAN_READ : CAN_READ | CAN_WRITE;
        offset = 0;
        break;
    }
    m->read_register(engine, 1 + (int)((word >> 15) & 31), &address);
    address = (address + (uint64_t)(int64_t)offset) & m->address_mask;
    if (m->aligned && (address & (size - 1)))
        return refuse(engine, m, MISALIGNED, permission, address, size);
    for (uint64_t i = 0; i < m->area_count; i++) {
        const struct area *area = &m->areas[i];
        uint64_t place = address - area->start;

        if (place >= area->size)
            continue;
        if (size > area->size - place || permission & ~area->permissions)
            break;
        if (m->touched) {
            touch(m, address);
            if (address & (size - 1))
                touch(m, address + size - 1);
        }
        return 1;
    }
    return refuse(engine, m, FORBIDDEN, permission, address, size);
}

/* Whether a marked instruction may run. */
__attribute__((noinline))
static int check(void *engine, struct machine *m, uint64_t address, uint32_t mark)
{
    if (m->strict && (mark & MARK_FOREIGN)) {
        halt(engine, m, FOREIGN);
        return 0;
    }
    if (mark & MARK_SITE)
        m->at_site(address);
    return !(mark & MARK_ACCESS) || check_access(engine, m, m->words[(address - m->text) >> m->shift]);
}

/* Before an instruction: counts one by one, and checks it. */
void step(void *engine, uint64_t address, uint32_t size, struct machine *m)
{
    uint64_t offset = address - m->text;
    uint32_t mark;

    (void)size;
    if (offset >= m->text_size || (address & ((1u << m->shift) - 1))) {
        halt(engine, m, UNREACHABLE);
        return;
    }
    if (m->done >= m->pause) {
        halt(engine, m, PAUSED);
        return;
    }
    mark = m->marks[offset >> m->shift] & ~MARK_SHORT;
    if (mark && !check(engine, m, address, mark))
        return;
    m->done++;
}

/*
 * The address translation: every page is where it is, with the permissions of its area. A hook
 * for unmapped memory would do to map it, but unicorn then takes the slow path for every store.
 */
_Bool translate(void *engine, uint64_t page, int type, struct translation *result, struct machine *m)
{
    (void)engine;
    (void)type;
    result->physical = page;
    for (uint64_t i = 0; i < m->page_count; i++) {
        const struct area *area = &m->pages[i];

        if (page - area->start >= area->size)
            continue;
        if (m->chunk != (page >> CHUNK_SHIFT) + 1) {
            m->chunk = (page >> CHUNK_SHIFT) + 1;
            m->map(page);
        }
        result->permissions = area->permissions;
        return 1;
    }
    return 0;
}
