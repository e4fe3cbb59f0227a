/*
 * test_readme.c — the programs that loop/README.md and the head of loop.h show compile without a warning,
 * run, and print what they promise.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

#ifdef __clang__
#define COMPILER "clang"
#else
#define COMPILER "cc"
#endif
#ifdef LOOP_ASAN
#define SANITIZERS " -fsanitize=address,undefined"
#else
#define SANITIZERS ""
#endif

static char folder[] = "/tmp/test-readme-XXXXXX";
static char source[sizeof folder + 16], program[sizeof folder + 16];

static int make_folder(void **state)
{
    if (!mkdtemp(folder))
        return -1;
    snprintf(source, sizeof source, "%s/program.c", folder);
    snprintf(program, sizeof program, "%s/program", folder);
    return 0;
}

static int remove_folder(void **state)
{
    remove(source);
    remove(program);
    return remove(folder);
}

static FILE *open_page(const char *path)
{
    FILE *page = fopen(path, "r");
    assert_non_null(page);
    return page;
}

/* Compiles what was written to `source`, and runs it. */
static void assert_prints(const char *expected)
{
    char command[1024], printed[256];
    snprintf(command, sizeof command,
             COMPILER SANITIZERS " -std=c11 -Wall -Wextra -Werror -Wno-unused-parameter -I'%s/loop' -o %s %s "
                                 "'%s/libloop.a' -lm -pthread",
             PROJECT_DIR, program, source, BUILD_DIR);
    assert_int_equal(system(command), 0);
    FILE *output = popen(program, "r");
    assert_non_null(output);
    printed[fread(printed, 1, sizeof printed - 1, output)] = '\0';
    assert_int_equal(pclose(output), 0);
    assert_string_equal(printed, expected);
}

/* Copies the page's lines up to the end of the block. */
static void copy_block(FILE *page, FILE *block)
{
    char line[1024];
    while (fgets(line, sizeof line, page) && strcmp(line, "```\n") != 0)
        fputs(line, block);
}

/* Behind each program stands what it prints. */
static void the_programs_of_the_readme_run(void **state)
{
    FILE *page = open_page(PROJECT_DIR "/loop/README.md");
    char line[1024], expected[256];
    int programs = 0, outputs = 0;
    while (fgets(line, sizeof line, page)) {
        bool is_program = strcmp(line, "```c\n") == 0;
        if (!is_program && strcmp(line, "```text\n") != 0)
            continue;
        FILE *block = is_program ? fopen(source, "w") : fmemopen(expected, sizeof expected, "w");
        assert_non_null(block);
        copy_block(page, block);
        fclose(block);
        programs += is_program;
        outputs += !is_program;
        if (!is_program)
            assert_prints(expected);
    }
    fclose(page);
    assert_int_equal(programs, outputs);
    assert_true(programs >= 5);
}

/* The lines of the opening comment that are indented. */
static void the_program_in_the_head_of_the_header_runs(void **state)
{
    FILE *page = open_page(PROJECT_DIR "/loop/loop.h"), *block = fopen(source, "w");
    assert_non_null(block);
    fputs("#include <loop.h>\n#include <stdio.h>\n", block);
    char line[1024];
    bool begun = false;
    while (fgets(line, sizeof line, page) && strcmp(line, " */\n") != 0) {
        bool indented = strncmp(line, " *     ", 7) == 0;
        begun = begun || indented;
        if (begun && !indented && strcmp(line, " *\n") != 0)
            break; /* the rules that follow */
        if (indented)
            fputs(line + 7, block);
    }
    fclose(block);
    fclose(page);
    assert_true(begun);
    assert_prints("hello, world\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(the_programs_of_the_readme_run),
        rule(the_program_in_the_head_of_the_header_runs),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
