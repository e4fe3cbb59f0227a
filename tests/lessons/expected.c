/*
 * Output, virtual time and the numbers of iterations and handles are CPython 3.11.7's, asyncio.run's own
 * shutdown included. A set of tasks is printed in the order in which they were made.
 */
#include "expected.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <string.h>

#define REPR(name, line) \
    "<Task finished name='" name "' coro=<func() done, defined at lesson.py:" line "> result='返回值'>"

#define PICTURES         "开始下载 1\n开始下载 2\n开始下载 3\n下载完成 1\n下载完成 2\n下载完成 3\n用时 1 秒\n"
#define PICTURES_IN_TURN "开始下载 1\n下载完成 1\n开始下载 2\n下载完成 2\n开始下载 3\n下载完成 3\n用时 3 秒\n"
#define INNER            "start\nend\nIO请求结束,结果为: 返回值\n"

// clang-format off
const Expected expected[] = {
    /* lesson             variant       reference                        st  s  it  ha  output */
    {"calls",              NULL, "01_func1_func2_sync",            0, 0,  0,  0, "1\n2\n3\n4\n", NULL},
    {"greenlet",           NULL, "02a_greenlet",                   0, 0,  0,  0, "1\n3\n2\n4\n", NULL},
    {"generator",          NULL, "02b_yield",                      0, 0,  0,  0, "1\n3\n4\n2\n", NULL},
    {"scheduler",          NULL, "02b2_yield_scheduler",           0, 0,  0,  0, "1\n3\n2\n4\n", NULL},
    {"asyncio-coroutine",  NULL, "02c_asyncio_coroutine",          0, 2, 11, 15, "1\n3\n2\n4\n", NULL},
    {"asyncio-coroutine",  "as-written", NULL,                     1, 0,  0,  0, "",
        "AttributeError: module 'asyncio' has no attribute 'coroutine'. Did you mean: 'coroutines'?"},
    {"async-await",        NULL, "02d_async_await",                0, 2, 11, 15, "1\n3\n2\n4\n", NULL},
    {"pictures-in-turn",   NULL, "03a_download_sync",              0, 3,  0,  0, PICTURES_IN_TURN, NULL},
    {"pictures-coroutines",NULL, "03b_download_async",             0, 1, 11, 19, PICTURES, NULL},
    {"pictures-blocking",  NULL, "03c_download_blocking_in_async", 0, 3,  9, 13, PICTURES_IN_TURN, NULL},
    {"pictures-sockets",   NULL, NULL,                             0, 2, 42, 123,
        "开始下载 sun\n开始下载 boat\n开始下载 hill\nsun 5000 / 15683\nboat 5000 / 6500\nhill 5000 / 13744\n"
        "sun 10000 / 15683\nboat 6500 / 6500\nhill 10000 / 13744\n下载完成 boat\nsun 15000 / 15683\n"
        "hill 13744 / 13744\n下载完成 hill\nsun 15683 / 15683\n下载完成 sun\n", NULL},
    {"pseudo-loop",        NULL, "04_pseudo_loop",                 0, 0,  0,  0,
        "任务1 0\n任务2 0\n任务3 0\n任务2 1\n任务3 1\n任务3 2\n终止循环\n", NULL},
    {"pseudo-loop",        "as-written", NULL,                     1, 0,  0,  0, "",
        "SyntaxError: invalid character '，' (U+FF0C)"},
    {"run-until-complete", NULL, "05_run_until_complete",          0, 0,  2,  2, "running\n", NULL},
    {"coroutine-object",   NULL, "06_coroutine_object",            0, 0,  6,  6, "coroutine\nbody runs only now\n", NULL},
    {"coroutine-object",   "as-written", NULL,                     0, 0,  0,  0, "",
        "RuntimeWarning: coroutine 'func' was never awaited"},
    {"quick-start",        NULL, "07_quick_start",                 0, 0,  6,  6, "快来搞我吧！\n", NULL},
    {"quick-start",        "as-written", NULL,                     1, 0,  0,  0, "",
        "NameError: name 'func' is not defined. Did you mean: 'fun'?"},
    {"await-1",            NULL, "08_await_ex1",                   0, 2,  8,  8, "来玩啊\n结束 None\n", NULL},
    {"await-2",            NULL, "09_await_ex2",                   0, 2,  8,  8, "执行协程函数内部代码\n" INNER, NULL},
    {"await-3",            NULL, "10_await_ex3",                   0, 4, 10, 10, "执行协程函数内部代码\n" INNER INNER, NULL},
    {"task-1",             NULL, "11_task_ex1",                    0, 2, 10, 13,
        "main开始\nmain结束\n1\n1\n2\n2\n返回值 返回值\n", NULL},
    {"task-2",             NULL, "12_task_ex2",                    0, 2, 11, 15,
        "main开始\nmain结束\n1\n1\n2\n2\n{" REPR("n1", "3") ", " REPR("n2", "3") "}\n", NULL},
    {"task-3",             NULL, "13_task_ex3",                    0, 2, 11, 15,
        "1\n1\n2\n2\n{" REPR("Task-2", "3") ", " REPR("Task-3", "3") "}\n", NULL},
    {"task-3",             "as-written", NULL,                     1, 0,  6,  6, "",
        "TypeError: Passing coroutines is forbidden, use tasks explicitly.\n"
        "RuntimeWarning: coroutine 'func' was never awaited"},
    {"future-1",           NULL, "14a_future_ex1_hang",            3, 0,  2,  1, "", "stuck"},
    {"future-1",           "completed", "14b_future_ex1_resolved", 0, 1,  8,  8, "ok\n", NULL},
    {"future-2",           NULL, "15_future_ex2",                  0, 2, 10, 10, "666\n", NULL},
    {"future-2",           "as-written", NULL,                     1, 2, 10, 10, "",
        "AttributeError: '_asyncio.Future' object has no attribute 'set_after'"},
    {"future-2",           "hidden", "15b_future_ex2_hidden_hang", 3, 2,  5,  4, "", "stuck"},
    {"frameworks",         NULL,             NULL, 0, RECORDED, 0, 0, "/async: 1 s\n/sync: 3 s\n", NULL},
    {"frameworks",         "fastapi-server", NULL, 0, RECORDED, 0, 0, "/async: 1 s\n/sync: 1 s\n", NULL},
    {"frameworks",         "django-server",  NULL, 0, RECORDED, 0, 0, "/async: 1 s\n/sync: 3 s\n", NULL},
    {"frameworks",         "aiohttp-server", NULL, 0, RECORDED, 0, 0, "/async: 1 s\n/sync: 3 s\n", NULL},
    {"call-order", NULL, NULL, 0, 2, 11, 13,
        "main让出\n一\n二\n三\n四\n五\n", NULL},
    {"sleep-zero", NULL, NULL, 0, 0, 11, 15,
        "甲 1\n乙 1\n甲 2\n乙 2\n甲 3\n乙 3\n", NULL},
    {"sleep-zero", "without", NULL, 0, 0, 8, 9,
        "甲 1\n甲 2\n甲 3\n乙 1\n乙 2\n乙 3\n", NULL},
    {"cancel", NULL, NULL, 0, 1, 11, 11,
        "打开文件\n关闭文件\n它被取消了\n", NULL},
    {"cancel", "unstarted", NULL, 0, 0, 8, 8,
        "它被取消了\n", NULL},
    {"cancel-swallowed", NULL, NULL, 0, 4, 13, 13,
        "我不走\n得到 干完了\n取消了吗 False\n", NULL},
    {"first-completed",     NULL, NULL, 0, 1, 11, 15,
        "B 下载完成\n用 B\n", NULL},
    {"first-exception",     NULL, NULL, 0, 2, 14, 17,
        "A 传完\n2 个已结束，1 个没完\nB 出错： 磁盘满了\n", NULL},
    {"wait-timeout",        NULL, NULL, 0, 5, 21, 23,
        "A 做好了\n看一眼：又好了 1 道，还差 2 道\nB 做好了\n"
        "看一眼：又好了 1 道，还差 1 道\nC 做好了\n看一眼：又好了 1 道，还差 0 道\n", NULL},
    {"wait-for",            NULL, NULL, 0, 1, 12, 12,
        "fetch 被取消了\nmain：超时了\n", NULL},
    {"wait-for",            "slow-cleanup", NULL, 0, 3, 14, 14,
        "fetch 被取消了，先断开连接\n断开了\nmain：超时了\n", NULL},
    {"timeout",             NULL, NULL, 0, 2.5, 12, 12,
        "读完第 1 页\n读完第 2 页\n时间到\nmain 接着做别的\n", NULL},
    {"timeout",             "blocking", NULL, 0, 3, 6, 6,
        "读完第 1 页\n读完第 2 页\n读完第 3 页\n全读完了\nmain 接着做别的\n", NULL},
    {"gather",              NULL, NULL, 0, 5, 19, 21,
        "main 接到： B 出错\nC 完成\nA 完成\nmain 结束\n", NULL},
    {"gather",              "return-exceptions", NULL, 0, 3, 17, 19,
        "C 完成\nA 完成\n['A', ValueError('B 出错'), 'C']\n", NULL},
    {"shield",              NULL, NULL, 0, 3, 15, 16,
        "开始保存\nmain：不等了\n保存好了\n保存被取消了吗？ False\n", NULL},
    {"shield",              "unshielded", NULL, 0, 1, 14, 14,
        "开始保存\nmain：不等了\n保存被取消了吗？ True\n", NULL},
    {"task-group",          NULL, NULL, 0, 2, 16, 19,
        "A 完成\nC 被取消\nmain 接到： (ValueError('B 出错'),)\nmain 继续\n", NULL},
    {"as-completed",        NULL, NULL, 0, 3, 19, 21,
        "B 到了，马上处理\nC 到了，马上处理\nA 到了，马上处理\n全部到齐\n", NULL},
    {"deadlock", NULL, NULL, 3, 2, 8, 10,
        "甲 锁住第一个账户\n乙 锁住第一个账户\n", "stuck"},
    {"deadlock", "ordered", NULL, 0, 2, 15, 19,
        "甲 锁住第一个账户\n甲 转账完成\n乙 锁住第一个账户\n乙 转账完成\n", NULL},
    {"race", NULL, NULL, 0, 2, 15, 18,
        "甲 看到 100\n乙 看到 100\n甲 取走 30 剩 70\n乙 取走 50 剩 50\n余额 50\n", NULL},
    {"race", "locked", NULL, 0, 2, 15, 19,
        "甲 看到 100\n甲 取走 30 剩 70\n乙 看到 70\n乙 取走 50 剩 20\n余额 20\n", NULL},
    {"lock",                NULL, NULL, 0, 1, 10, 12, "Tom 买到票了\nAmy 来晚了\n剩下 0\n", NULL},
    {"lock",                "without-lock", NULL, 0, 1, 10, 13,
        "Tom 买到票了\nAmy 买到票了\n剩下 -1\n", NULL},
    {"event",               NULL, NULL, 0, 2, 12, 18,
        "1 就位\n2 就位\n3 就位\n砰！\n1 起跑\n2 起跑\n3 起跑\n迟到者 就位\n"
        "迟到者 起跑\n", NULL},
    {"condition",           NULL, NULL, 0, 2, 14, 16,
        "Tom 等面包\nAmy 等面包\n出炉一个\nTom 拿到面包，剩下 0\nAmy 等面包\n出炉一个\n"
        "Amy 拿到面包，剩下 0\n", NULL},
    {"condition",           "if-once", NULL, 0, 2, 12, 14,
        "Tom 等面包\nAmy 等面包\n出炉一个\nTom 拿到面包，剩下 0\nAmy 拿到面包，剩下 -1\n"
        "出炉一个\n", NULL},
    {"semaphore",           NULL, NULL, 0, 9, 26, 34,
        "开始 1\n开始 2\n开始 3\n完成 1\n开始 4\n完成 2\n开始 5\n完成 3\n开始 6\n完成 4\n"
        "完成 5\n完成 6\n", NULL},
    {"queue",               NULL, NULL, 0, 2, 16, 25,
        "放进 A1\n放进 A2\n放进 A3\n放进 A4\n处理完 A1\n处理完 A2\n处理完 A3\n处理完 A4\n全部处理完\n", NULL},
    {"barrier",             NULL, NULL, 0, 4, 15, 18,
        "Tom 到了\nAmy 到了\nBob 到了\nBob 开始玩\nTom 开始玩\nAmy 开始玩\n", NULL},
    {"executor",            NULL, "asyncio_naps", 0, 1.2, 18, 21, "滴答 0\n滴答 1\n滴答 2\n网页到了\n", NULL},
    {"executor",            "blocking", NULL, 0, 2.2, 14, 14, "网页到了\n滴答 0\n滴答 1\n滴答 2\n", NULL},
    {"async-iterator",      NULL, NULL, 0, 3, 15, 23,
        "A 3\nB 3\nA 2\nB 2\nA 1\nA 升空\nB 1\nB 升空\n", NULL},
    {"context-manager",     NULL, NULL, 0, 3, 12, 12,
        "已连接\n正在干活\n正在关闭，因为 ValueError('没有回音')\n已关闭\nmain 接到： 没有回音\n", NULL},
    {"context-manager",     "cancelled", NULL, 0, 3, 15, 15,
        "已连接\n正在干活\n正在关闭，因为 CancelledError()\n已关闭\nmain：它结束了\n", NULL},
    {"never-retrieved",     NULL, NULL, 0, 2, 11, 11,
        "一切正常？\nmain 结束\n", "Task exception was never retrieved"},
    {"never-retrieved",     "retrieved", NULL, 0, 1, 9, 9, "一切正常？\n不，出错了： 坏了\nmain 结束\n", NULL},
    {"starvation",         NULL,     NULL, 0, 5, 14, 14,
        "算完 0\n算完 1\n算完 2\n算完 3\n心跳 1\n心跳 2\n心跳 3\n", NULL},
    {"starvation",         "polite", NULL, 0, 4, 15, 18,
        "算完 0\n心跳 1\n算完 1\n算完 2\n算完 3\n心跳 2\n心跳 3\n", NULL},
    {"lost-tasks",         NULL,     NULL, 0, 1, 12, 15, "开始保存 日记\n开始保存 照片\nmain结束\n", NULL},
    {"lost-tasks",         "kept",   NULL, 0, 2, 12, 15,
        "开始保存 日记\n开始保存 照片\nmain快要结束\n已保存 日记\n已保存 照片\nmain结束\n", NULL},
    {"echo-server",        NULL, NULL, 0, 1.2, 64, 117,
        "甲 听到 甲0\n乙 听到 乙0\n甲 听到 甲1\n丙 听到 丙0\n乙 听到 乙1\n丙 听到 丙1\n", NULL},
    {"back-pressure",      NULL, NULL, 0, 6, 24, 25,
        "放进 0 | 排着 1\n放进 1 | 排着 2\n放进 2 | 排着 2\n处理完 0\n放进 3 | 排着 2\n处理完 1\n"
        "放进 4 | 排着 2\n处理完 2\n放进 5 | 排着 2\n处理完 3\n处理完 4\n处理完 5\n", NULL},
    {"rate-limiter",       NULL, NULL, 0, 4, 31, 34,
        "发出 1\n发出 2\n发出 3\n发出 4\n答复 1\n答复 2\n答复 3\n答复 4\n", NULL},
    {"retry",              NULL, NULL, 0, 9, 20, 20,
        "第 1 次没接通，等 1 秒\n第 2 次没接通，等 2 秒\n第 3 次没接通，等 4 秒\n拿到 数据\n", NULL},
    {"throughput",         NULL, NULL, 0, 6.25, 26, 70,
        "同时 1 个：每秒 0.9 个\n同时 2 个：每秒 1.5 个\n同时 4 个：每秒 2.5 个\n同时 8 个：每秒 3.6 个\n",
        NULL},
};
// clang-format on

const size_t expected_count = sizeof expected / sizeof *expected;

bool is_recorded(const Expected *lesson)
{
    return lesson->seconds < 0;
}

const char *expected_name(const Expected *lesson, char *buffer, size_t size)
{
    snprintf(buffer, size, "%s%s%s", lesson->lesson, lesson->variant ? " --variant " : "",
             lesson->variant ? lesson->variant : "");
    return buffer;
}

void expected_folder(const Expected *lesson, char *buffer, size_t size)
{
    char pattern[256];
    snprintf(pattern, sizeof pattern, PROJECT_DIR "/lessons/[0-9][0-9]-%s", lesson->lesson);
    glob_t found;
    assert_int_equal(glob(pattern, GLOB_ONLYDIR, NULL, &found), 0);
    snprintf(buffer, size, "%s", found.gl_pathv[0]);
    globfree(&found);
}

void expected_listing(const Expected *lesson, char *buffer, size_t size)
{
    snprintf(buffer, size, "%s.py", lesson->variant ? lesson->variant : "lesson");
}

void cut_folders(char *text)
{
    for (char *at = strstr(text, "defined at "); at; at = strstr(at + 1, "defined at ")) {
        char *path = at + strlen("defined at ");
        char *name = path;
        for (char *c = path; *c && *c != '>' && *c != '\n'; c++)
            if (*c == '/')
                name = c + 1;
        memmove(path, name, strlen(name) + 1);
    }
}
