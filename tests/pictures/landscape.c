/*
 * landscape.c — a landscape as a function: which colour has the point (x, y)?
 *
 * Each layer, from the sky to what is nearest, either covers the point or leaves it alone. A pixel is the
 * mean of 4 × 4 points, so every edge is smooth. All is reckoned in whole numbers and by +, -, × and ÷ alone,
 * which give the same everywhere.
 */
#include "landscape.h"

#include <stdbool.h>

enum { POINTS = 4 };

typedef struct Ink {
    double r, g, b;
} Ink;

#define INK(hex) ((Ink){(hex) >> 16 & 255, (hex) >> 8 & 255, (hex)&255})

const char *const landscape_names[LANDSCAPES] = {"sun.png", "boat.png", "hill.png"};

/* ------------------------------------------------------------------------------------------ elements ---- */

static Ink between(Ink a, Ink b, double part)
{
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    return (Ink){a.r + (b.r - a.r) * part, a.g + (b.g - a.g) * part, a.b + (b.b - a.b) * part};
}

/* Three colours, one above the other. */
static Ink sky(double y, double horizon, Ink top, Ink middle, Ink low)
{
    double part = 2 * y / horizon;
    return part < 1 ? between(top, middle, part) : between(middle, low, part - 1);
}

static bool in_disc(double x, double y, double cx, double cy, double radius)
{
    return (x - cx) * (x - cx) + (y - cy) * (y - cy) < radius * radius;
}

/* One wave of a given length, from 0 up to 1 and down again, round like a sine. */
static double wave(double x, double length)
{
    double part = x / length;
    part -= (double)(long)part - (part < 0);
    part -= part >= 1;
    double rising = part < 0.5 ? 2 * part : 2 - 2 * part;
    return rising * rising * (3 - 2 * rising);
}

/* The height of a range of peaks at x: straight slopes between them. */
static double ridge(double x, const double (*peaks)[2], int count)
{
    for (int k = 1; k < count; k++)
        if (x < peaks[k][0])
            return peaks[k - 1][1] +
                   (peaks[k][1] - peaks[k - 1][1]) * (x - peaks[k - 1][0]) / (peaks[k][0] - peaks[k - 1][0]);
    return peaks[count - 1][1];
}

/* A fir tree whose foot stands at (cx, foot): three skirts. */
static bool in_fir(double x, double y, double cx, double foot, double high)
{
    double up = (foot - y) / high, aside = x > cx ? x - cx : cx - x;
    if (up < 0 || up > 1)
        return false;
    double skirt = up * 3 - (double)(int)(up * 3);
    return aside < high * 0.2 * (1.15 - up) * (1 - 0.65 * skirt) + high * 0.02;
}

/* ---------------------------------------------------------------------------------------- landscapes ---- */

/* The sun goes down behind hills. */
static Ink sun(double x, double y)
{
    Ink ink = sky(y, 150, INK(0x3b2c6b), INK(0xd9587a), INK(0xffc46b));
    double glow = 1 - ((x - 210) * (x - 210) + (y - 98) * (y - 98)) / 14400;
    ink = between(ink, INK(0xffe3a1), glow > 0 ? glow * glow * 0.55 : 0);
    if (in_disc(x, y, 210, 98, 34))
        ink = between(INK(0xfff6d2), INK(0xffb347), (y - 64) / 68);
    if (y > 118 - 26 * wave(x + 20, 190) - 8 * wave(x, 67))
        ink = between(INK(0xb0486e), INK(0x8c3a66), (y - 90) / 70);
    if (y > 146 - 30 * wave(x + 120, 230) - 6 * wave(x, 53))
        ink = between(INK(0x6d2f5f), INK(0x55264f), (y - 110) / 60);
    if (y > 176 - 22 * wave(x + 60, 260))
        ink = INK(0x2d1838);
    for (int k = 0; k < 5; k++)
        if (in_fir(x, y, 20 + 15 * k, 176 - 18 * wave(80 + 15 * k, 260), 34 - 5 * (k % 3)))
            ink = INK(0x2d1838);
    return ink;
}

/* A puff of a cloud, { x, y, radius, the cloud's flat bottom }, and what is below it. */
static bool in_cloud(double x, double y, const double puff[4])
{
    double aside = x > puff[0] ? x - puff[0] : puff[0] - x;
    return y < puff[3] &&
           (in_disc(x, y, puff[0], puff[1], puff[2]) || (y > puff[1] && aside < puff[2] * 0.8));
}

static bool in_boat(double x, double y)
{
    double lee = x - 214;
    bool hull = y > 128 && y < 138 && x > 190 + (y - 128) * 1.1 && x < 240 - (y - 128) * 0.9;
    bool mast = y > 76 && y < 129 && lee > -1 && lee < 1;
    return hull || mast;
}

static bool in_sail(double x, double y)
{
    bool main = y > 80 && y < 122 && x > 217 && x < 217 + (y - 80) * 0.55;
    bool jib = y > 88 && y < 122 && x < 211 && x > 211 - (y - 88) * 0.62;
    return main || jib;
}

/* A sailing boat under clouds. */
static Ink boat(double x, double y)
{
    static const double clouds[][4] = {{62, 53, 11, 64},  {82, 43, 21, 64},  {104, 48, 16, 64},
                                       {120, 54, 10, 64}, {262, 36, 10, 46}, {278, 29, 16, 46},
                                       {295, 35, 11, 46}};
    static const unsigned waters[] = {0x2f8fb8, 0x277fab, 0x1f6d9b, 0x185b89, 0x124a75};
    Ink ink = sky(y, 120, INK(0x4aa3df), INK(0x8fcdf0), INK(0xe3f4fb));
    if (in_disc(x, y, 40, 92, 20))
        ink = INK(0xffe9a8);
    for (int k = 0; k < 7; k++)
        if (in_cloud(x, y, clouds[k]))
            ink = between(INK(0xffffff), INK(0xdcebf5), (y - 25) / 40);
    if (y > 104)
        ink = between(INK(0x7cc4dc), INK(0x3d9cc2), (y - 104) / 26);
    for (int k = 0; k < 5; k++) {
        double top = 124 + 17 * k - (4 + k) * wave(x + 37 * k, 58 + 13 * k);
        if (k == 1) {
            ink = in_sail(x, y) ? between(INK(0xffffff), INK(0xf3dcc2), (y - 80) / 42) : ink;
            ink = in_boat(x, y) ? INK(0x8a3b2e) : ink;
        }
        if (y > top)
            ink = y < top + 1.6 ? INK(0xd7f0f7) : INK(waters[k]);
    }
    return ink;
}

/* Snow and stars. */
static Ink hill(double x, double y)
{
    static const double far[][2] = {{-10, 128}, {38, 84},   {66, 108}, {118, 58}, {160, 104},
                                    {196, 78},  {236, 112}, {288, 66}, {330, 110}};
    static const double near[][2] = {{-10, 150}, {60, 112},  {96, 136}, {168, 62},
                                     {232, 132}, {266, 108}, {330, 150}};
    static const double stars[][2] = {{22, 22},  {58, 44},  {92, 16},  {134, 32}, {176, 14}, {208, 40},
                                      {300, 18}, {284, 46}, {112, 52}, {30, 62},  {228, 20}};
    Ink ink = sky(y, 140, INK(0x121d44), INK(0x2f4a86), INK(0x9db4dd));
    for (int k = 0; k < 11; k++)
        if (in_disc(x, y, stars[k][0], stars[k][1], k % 3 ? 0.9 : 1.4))
            ink = INK(0xf4f6ff);
    if (in_disc(x, y, 256, 40, 17) && !in_disc(x, y, 248, 36, 15))
        ink = INK(0xfff3c9);
    if (y > ridge(x, far, 9))
        ink = between(INK(0x6f86bd), INK(0x8aa0cf), (y - 60) / 80);
    double top = ridge(x, near, 7), snow = 100 + 7 * wave(x, 15) - 4 * wave(x, 41);
    if (y > top)
        ink = y < snow ? (x < 168 ? INK(0xf2f6fd) : INK(0xc3d0ea)) : x < 168 ? INK(0x46598f) : INK(0x364678);
    if (y > 158 - 18 * wave(x + 90, 300))
        ink = between(INK(0xe7eefa), INK(0xb4c4e4), (y - 140) / 50);
    for (int k = 0; k < 9; k++) {
        double cx = 14 + 37 * k, foot = 176 - 13 * wave(cx + 90, 300) + 9 * (k % 2);
        if (in_fir(x, y, cx, foot, 44 - 7 * (k % 3)))
            ink = INK(0x1b3350);
    }
    return ink;
}

void landscape_draw(int k, unsigned char *pixels)
{
    static Ink (*const scenes[LANDSCAPES])(double x, double y) = {sun, boat, hill};
    for (int y = 0; y < LANDSCAPE_HEIGHT; y++)
        for (int x = 0; x < LANDSCAPE_WIDTH; x++) {
            Ink sum = {0, 0, 0};
            for (int p = 0; p < POINTS * POINTS; p++) {
                int column = p % POINTS, row = p / POINTS;
                Ink ink = scenes[k](x + (column + 0.5) / POINTS, y + (row + 0.5) / POINTS);
                sum = (Ink){sum.r + ink.r, sum.g + ink.g, sum.b + ink.b};
            }
            *pixels++ = (unsigned char)(sum.r / (POINTS * POINTS) + 0.5);
            *pixels++ = (unsigned char)(sum.g / (POINTS * POINTS) + 0.5);
            *pixels++ = (unsigned char)(sum.b / (POINTS * POINTS) + 0.5);
        }
}
