/*
 * Messages of one kind stand together. The values that a message takes come in the same order in both
 * languages.
 */
#include "words.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *english, *chinese;
} all[] = {
    {"out of memory", "内存不够"},
    {"cannot open %s: %s", "打不开 %s：%s"},
    {"cannot read %s: %s", "读不了 %s：%s"},
    {"cannot write to %s: %s", "写不了 %s：%s"},
    {"cannot write the trace to %s: %s", "记录写不进 %s：%s"},
    {"cannot write to standard output: %s", "标准输出写不了：%s"},
    {"not all of it was taken", "没有全部写出去"},
    {"cannot write the program's output: %s", "程序的输出写不出去：%s"},
    {"the trace ends early: %s%s%s", "记录提前断了：%s%s%s"},
    {"; what there is of it is in ", "；已有的部分在 "},
    {"the trace has reached its limit of %s and ends here; the program goes on (--trace-limit)",
     "记录到了上限 %s，就到这里为止；程序接着运行（--trace-limit）"},
    {"the cache %s cannot be written (%s): what is compiled is not kept",
     "缓存 %s 写不了（%s）：编译的结果不会留下"},
    {"there is no place for what is compiled: %s: %s; set XDG_CACHE_HOME or TMPDIR",
     "编译的结果没有地方放：%s：%s；请设置 XDG_CACHE_HOME 或 TMPDIR"},
    {"no C compiler: there is no %s; install one (Debian: apt install gcc libc6-dev), or name one in CC",
     "没有 C 编译器：找不到 %s；请装一个（Debian：apt install gcc libc6-dev），或者用 CC 指定"},
    {"cannot start the C compiler %s: %s", "启动不了 C 编译器 %s：%s"},
    {"it does not compile", "编译不了"},
    {"error: nothing to run: it has neither a LESSON { … } nor an int main(void)",
     "error: 没有可运行的：既没有 LESSON { … }，也没有 int main(void)"},
    {"%s:%d:%d: warning: %s takes nanoseconds: for %d s write loop_seconds(%d)\n",
     "%s:%d:%d: warning: %s 的单位是纳秒：%d 秒要写成 loop_seconds(%d)\n"},
    {"lessons/%s has no lesson.json", "lessons/%s 里没有 lesson.json"},
    {"lessons/%s has no %s", "lessons/%s 里没有 %s"},
    {"%s%s/lesson.json:%d: this is no valid JSON object", "%s%s/lesson.json:%d：不是合法的 JSON 对象"},
    {"there is no lesson in %s: no lesson.c, lesson.py or lesson.json",
     "%s 里没有课程：没有 lesson.c、lesson.py 或 lesson.json"},
    {"no lesson \"%s\"%s%s%s looprun --list shows them all",
     "没有课程“%s”%s%s%s用 looprun --list 看全部课程"},
    {"; did you mean \"", "；是不是“"},
    {"\"?", "”？"},
    {";", "；"},
    {"the lesson \"%s\" has no variant \"%s\"%s%s; looprun --list shows them all",
     "课程“%s”没有变体“%s”%s%s；用 looprun --list 看全部"},
    {", but it has ", "，有的是 "},
    {", it has none", "，它没有变体"},
    {"cannot open the folder of lessons %s: %s", "打不开课程文件夹 %s：%s"},
    {"%s goes with a lesson that runs, and %s is a recording", "%s 要用于会运行的课程，%s 却是一份记录"},
    {"the program asks for the knob \"%s\", which its lesson.json does not declare",
     "程序要用旋钮“%s”，但它的 lesson.json 里没有"},
    {"lesson.json: each knob needs a \"name\" and a \"default\"",
     "lesson.json：每个旋钮都要有 \"name\" 和 \"default\""},
    {"--set %s=%s: it must be one of %s", "--set %s=%s：只能是 %s 之一"},
    {"none", "无"},
    {"--set %s=%s: it must be a number", "--set %s=%s：必须是数"},
    {"--set %s=%s: it must be a whole number", "--set %s=%s：必须是整数"},
    {"--set %s=%s: it must be between %g and %g", "--set %s=%s：必须在 %g 和 %g 之间"},
    {"--set %s: write --set KNOB=VALUE", "--set %s：要写成 --set 旋钮=值"},
    {"no knob \"%.*s\" in this lesson; its knobs: %s", "这一课没有旋钮“%.*s”；它的旋钮：%s"},
    {"knob \"%s\": no such literal in %s: %s", "旋钮“%s”：%s 里没有这个字面量：%s"},
    {"cannot run %s: it is a folder without a __main__.py", "运行不了 %s：这个文件夹里没有 __main__.py"},
    {"the recorder is missing: there is no %s; install Loopglass anew",
     "缺少记录器：找不到 %s；请重装 Loopglass"},
    {"%s does not run as Python does; name a Python with --python",
     "%s 不像是 Python；请用 --python 指定一个 Python"},
    {"%s is %s: the recorder needs CPython, whose event loop it watches; name one with --python",
     "%s 是 %s：记录器看的是 CPython 的事件循环，请用 --python 指定一个 CPython"},
    {"%s is Python %d.%d: the recorder needs Python 3.%d or newer; name one with --python",
     "%s 是 Python %d.%d：记录器要 Python 3.%d 或更新，请用 --python 指定"},
    {"cannot start the Python %s: %s", "启动不了 Python %s：%s"},
    {"no Python: neither python3 nor python is on PATH; install one, or name one with --python",
     "没有 Python：PATH 上没有 python3，也没有 python；请装一个，或者用 --python 指定"},
    {"cannot start %s: %s", "启动不了 %s：%s"},
    {"%s goes with a lesson, and %s is a Python program", "%s 要用于课程，%s 却是 Python 程序"},
    {"%s needs a value; %s", "%s 后面要有值；%s"},
    {"%.*s takes no value or is unknown; %s", "%.*s 不带值，或者没有这个选项；%s"},
    {"unknown option %s; %s", "没有选项 %s；%s"},
    {"the program's own options go behind --", "程序自己的选项写在 -- 后面"},
    {"looprun -h lists the options", "looprun -h 列出全部选项"},
    {"--trace-limit takes a size from 64K on, such as 500M or 4G, or 0 for no limit, and not \"%s\"",
     "--trace-limit 要的是大小，64K 以上，比如 500M、4G，0 是不限；不能是“%s”"},
    {"--trace-limit goes with --trace FILE", "--trace-limit 要和 --trace FILE 一起用"},
    {"--json goes with --list", "--json 要和 --list 一起用"},
    {"the clock is --real or --virtual, and not both", "时钟只能选一个：--real 或 --virtual"},
    {"--python goes with a Python program: looprun my.py --python %s",
     "--python 要用于 Python 程序：looprun my.py --python %s"},
    {"%s goes with a lesson, and %s is a C program", "%s 要用于课程，%s 却是 C 程序"},
    {"one lesson at a time: what is \"%s\"? (looprun -h)", "一次只能运行一课：“%s”是什么？（looprun -h）"},
    {"which lesson? looprun --list shows them all, looprun -h the options",
     "要哪一课？looprun --list 列出全部课程，looprun -h 列出选项"},
    {"%s goes with --explore", "%s 要和 --explore 一起用"},
    {"%s goes with a lesson or a C program: Python's event loop has one order only",
     "%s 要用于课程或 C 程序：Python 的事件循环只有一种顺序"},
    {"--explore runs all orders on the virtual clock, and %s goes with one run; --save DIR keeps a schedule "
     "of each outcome",
     "--explore 用虚拟时钟跑遍所有顺序，%s 却只用于一次运行；--save DIR 会把每种结果的顺序留下来"},
    {"--bound takes how many orders to run at most, 1 to %d, and not \"%s\"",
     "--bound 要的是最多跑多少种顺序，1 到 %d；不能是“%s”"},
    {"--explore goes with a lesson or program in C, and %s is %s",
     "--explore 要用于 C 写的课程或程序，%s 却是%s"},
    {"--schedule goes with a lesson or program in C, and %s is %s",
     "--schedule 要用于 C 写的课程或程序，%s 却是%s"},
    {"one in Python", "Python 写的"},
    {"a recording", "一份记录"},
    {"cannot go on exploring: %s", "没法再跑下去：%s"},
    {"%zu orders, %zu outcome so far", "试了 %zu 种顺序，有 %zu 种结果"},
    {"%zu orders, %zu outcomes so far", "试了 %zu 种顺序，有 %zu 种结果"},
    {"%s: %zu outcome in ", "%s：%zu 种结果，"},
    {"%s: %zu outcomes in ", "%s：%zu 种结果，"},
    {"%zu order, ", "试了 %zu 种顺序，"},
    {"%zu orders, ", "试了 %zu 种顺序，"},
    {"all there are", "全部试过了"},
    {"not all there are", "不是全部"},
    {"and there are more orders: stopped at --bound %zu", "还有别的顺序：到 --bound %zu 为止"},
    {"%zu of them did not go as before up to the choice that they were to make: the program depends on more "
     "than the order\n",
     "其中 %zu 次还没走到要换的那次选择，就已经和原来不同：程序不只取决于顺序\n"},
    {"in %zu of %zu order\n", "%zu 种顺序是这样，一共试了 %zu 种\n"},
    {"in %zu of %zu orders\n", "%zu 种顺序是这样，一共试了 %zu 种\n"},
    {"    … (%zu bytes in all)\n", "    …（一共 %zu 字节）\n"},
    {"done", "正常结束"},
    {"exit status %d", "退出码 %d"},
    {"crashed (SIG%s)", "崩溃了（SIG%s）"},
    {"ended by --explore after %d s", "--explore 等了 %d 秒，让它停下"},
    {"ended by --explore: it has more than 65536 choices", "--explore 让它停下：要选 65536 次以上"},
    {"order: asyncio's own", "顺序：asyncio 自己的"},
    {"  order: asyncio's, but ", "  顺序：和 asyncio 的一样，只是"},
    {"; ", "；"},
    {"choice %u takes %u of %u: %s", "第 %u 次选择取了第 %u 个（共 %u 个）：%s"},
    {"; and %zu more", "；另有 %zu 次"},
    {"the timer of %s", "%s 的定时器"},
    {"%s, before %s", "%s，先于 %s"},
    {"it did not come again in the same order", "同样的顺序再来一次，结果却不同"},
    {"  again: looprun %s --schedule %s\n", "  再来一次：looprun %s --schedule %s\n"},
    {"\nand %zu more outcomes\n", "\n另有 %zu 种结果\n"},
    {"cannot save a schedule in %s: %s", "顺序存不进 %s：%s"},
    {"%s does not fit: it has %zu choices, and the program has more to make",
     "%s 对不上：它只有 %zu 次选择，程序还要选更多次"},
    {"%s does not fit: it takes choice %zu from among %u, and the program has %zu there",
     "%s 对不上：第 %zu 次它从 %u 个里选，程序那里却有 %zu 个"},
    {"%s does not fit: the program has ended, and %zu of its %zu choices are left",
     "%s 对不上：程序结束了，它还剩 %zu 次选择，一共 %zu 次"},
    {"--schedule random:SEED takes a whole number, such as random:42, and not \"%s\"",
     "--schedule random:SEED 要的是整数，比如 random:42；不能是“%s”"},
    {"cannot open the schedule %s: %s (--schedule takes fifo, lifo, random:SEED or a file)",
     "打不开顺序文件 %s：%s（--schedule 可以是 fifo、lifo、random:SEED 或文件）"},
    {"%s is empty, and no schedule", "%s 是空的，不是顺序文件"},
    {"%s is a schedule of another program: looprun %s --schedule %s",
     "%s 是另一个程序的顺序：looprun %s --schedule %s"},
    {"%s does not say of which program it is", "%s 没有说是哪个程序的"},
    {"%s:%d: %s", "%s:%d：%s"},
    {"this is no schedule: it does not begin with \"loopglass schedule 1\"",
     "不是顺序文件：开头没有“loopglass schedule 1”"},
    {"a schedule of version %.16s; this looprun reads %d", "顺序文件是第 %.16s 版；这个 looprun 读第 %d 版"},
    {"neither a choice (\"1 of 2\") nor what the program is (\"lesson …\")",
     "既不是选择（“1 of 2”），也没有说是哪个程序（“lesson …”）"},
    {"what the program is stands before the choices", "先说是哪个程序，再写选择"},
    {"a choice is written as \"1 of 2\": which, counted from 1, of how many",
     "选择要写成“1 of 2”：从 1 数起的第几个，一共几个"},
    {"this is no text", "不是文本"},
    {"too long for a line of a schedule", "这一行太长，不是顺序文件的"},
    {"too large for a schedule", "太大，不是顺序文件"},
    {"the reader of the trace has taken nothing for 10 seconds", "读记录的一方 10 秒没有读了"},
    {"no space is left for the trace", "磁盘满了"},
    {"the trace has reached the largest size a file may have", "文件不能再大了"},
    {"the trace cannot be written", "写不进去"},
    {"no memory is left for the trace", "内存不够"},
    {"No such file or directory", "没有这个文件或文件夹"},
    {"Permission denied", "没有权限"},
    {"Is a directory", "这是一个文件夹"},
    {"Not a directory", "这不是文件夹"},
    {"No space left on device", "磁盘满了"},
    {"File too large", "文件太大"},
    {"Read-only file system", "只能读，不能写"},
    {"Cannot allocate memory", "内存不够"},
    {"Too many open files", "打开的文件太多"},
    {"Input/output error", "读写出错"},
    {"Exec format error", "这不是能运行的程序"},
};

const char *words_language(void)
{
    static const char *const variables[] = {"LOOPGLASS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t k = 0; k < sizeof variables / sizeof *variables; k++) {
        const char *value = getenv(variables[k]);
        if (value && *value)
            return strncmp(value, "zh", 2) == 0 ? "zh" : "en";
    }
    return "en";
}

const char *words(const char *english)
{
    if (strcmp(words_language(), "zh") != 0)
        return english;
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        if (strcmp(all[k].english, english) == 0)
            return all[k].chinese;
    return english;
}

const char *words_error(int number)
{
    return words(strerror(number));
}
