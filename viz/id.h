/*
 * id.h — the trace's ids ("t3", "f2", "h7") as numbers.
 *
 * The letter in the top byte, the number below. 0 is "none". k0 is the main program: the code outside every
 * coroutine. Ids are never addresses and never reused.
 */
#ifndef VIZ_ID_H
#define VIZ_ID_H

#include <stdint.h>

typedef uint32_t Id;

#define ID_NONE          ((Id)0)
#define ID(kind, number) (((Id)(unsigned char)(kind) << 24) | (Id)(number))
#define ID_MAIN          ID('k', 0)

static inline char id_kind(Id id)
{
    return (char)(id >> 24);
}

static inline uint32_t id_number(Id id)
{
    return id & 0xffffffu;
}

#endif
