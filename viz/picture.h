/*
 * picture.h — a picture as a trace carries it: the bytes of a PNG file, in base64.
 *
 * Here it is only looked at, without any library: is it base64, is it a PNG that is whole, how large is it?
 * Whoever paints it decodes it (paint_photo.c), and can rely on nothing but these answers.
 */
#ifndef VIZ_PICTURE_H
#define VIZ_PICTURE_H

#include <stddef.h>
#include <stdint.h>

/** Why it cannot be shown. */
typedef enum PictureFault {
    PICTURE_GOOD,
    PICTURE_NO_BASE64,
    PICTURE_NO_PNG,
    PICTURE_CUT,     /* a PNG that ends before its end */
    PICTURE_DAMAGED, /* its check sums say so */
    PICTURE_LARGE,   /* more than PICTURE_MOST_BYTES, or more than PICTURE_MOST_PIXELS when decoded */
    PICTURE_FAULTS
} PictureFault;

#define PICTURE_MOST_BYTES  (1 << 20)
#define PICTURE_MOST_PIXELS (4096 * 2160)

typedef struct PictureLook {
    PictureFault fault;
    uint32_t width, height; /* pixels, as its head says; 0 when it has none */
    size_t bytes;           /* of the file */
} PictureLook;

/** @param data base64, or NULL */
PictureLook picture_look(const char *data);
/** How many bytes the text is of; SIZE_MAX when it is no base64. */
size_t picture_bytes(const char *data, size_t length);
/** Decodes a text of which picture_bytes() has told the number of bytes. */
void picture_decode(const char *data, size_t length, unsigned char *bytes);
/** The key in lang.json of the line that tells the fault; NULL for PICTURE_GOOD. */
const char *picture_fault_key(PictureFault fault);

#endif
