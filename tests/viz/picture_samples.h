/*
 * picture_samples.h — PNG files in base64, a good one and bad ones.
 */
#ifndef TESTS_PICTURE_SAMPLES_H
#define TESTS_PICTURE_SAMPLES_H

// clang-format off
/** 2 × 2: left red, right blue. */
#define PNG_GOOD \
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR42mP4zwAE/xkgFAAb8gP9PpddpAAAAABJ" \
    "RU5ErkJggg=="
/** The same without its end. */
#define PNG_CUT \
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR42mP4zwAE/xkgFAA="
/** Says that it is of 100 000 × 100 000 pixels. */
#define PNG_BOMB \
    "iVBORw0KGgoAAAANSUhEUgABhqAAAYagCAIAAAAnMJyfAAAADklEQVR42mNgGAWDCQAAAZAAAc7TXogAAAAASUVO" \
    "RK5CYII="
/** Whole from outside; what is inside cannot be unpacked. */
#define PNG_DAMAGED \
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAADklEQVRubyB6bGliIGF0IGFsbCio19YAAAAASUVO" \
    "RK5CYII="
/** One bit of the good one is another. */
#define PNG_FLIPPED \
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR42mP4ywAE/xkgFAAb8gP9PpddpAAAAABJ" \
    "RU5ErkJggg=="
/** No PNG. */
#define PNG_NONE \
    "aGVsbG8="
// clang-format on

#endif
