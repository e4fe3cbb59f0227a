/*
 * Three pictures, one after the other: while one is under way, the processor waits and does nothing.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static void download(int n)
{
    LINE(3);  print("开始下载 %d", n);
    LINE(4);  blocking_sleep(knob_seconds("seconds")); // stands for the network wait
    LINE(5);  print("下载完成 %d", n);
}

LESSON
{
    LINE(1);  // import time
    LINE(2);  // def download(n):
    LINE(6);  int64_t t = program_time();
    for (int n = 1; LINE(7), n <= knob("pictures"); n++) {
    LINE(8);  CALL(download(n));
    }
    LINE(9);  print("用时 %.0f 秒", (double)(program_time() - t) / 1e9);
    return NONE;
}
