/*
 * os_error.c — what a system call gave, as the exception that Python raises for it.
 */
#include "os_error.h"

#include "loop.h"

#include <errno.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const ExceptionType ConnectionRefusedError = {.name = "ConnectionRefusedError"};
const ExceptionType ConnectionResetError = {.name = "ConnectionResetError"};
const ExceptionType ConnectionAbortedError = {.name = "ConnectionAbortedError"};
const ExceptionType BrokenPipeError = {.name = "BrokenPipeError"};
const ExceptionType BlockingIOError = {.name = "BlockingIOError"};
const ExceptionType InterruptedError = {.name = "InterruptedError"};
const ExceptionType PermissionError = {.name = "PermissionError"};
const ExceptionType FileNotFoundError = {.name = "FileNotFoundError"};
const ExceptionType FileExistsError = {.name = "FileExistsError"};
const ExceptionType gaierror = {.name = "gaierror"};

typedef struct Member {
    const ExceptionType *type;
    int number; /* the errno that it is for; 0: none */
} Member;

// clang-format off
static const Member family[] = {
    {&ConnectionRefusedError, ECONNREFUSED},
    {&ConnectionResetError,   ECONNRESET},
    {&ConnectionAbortedError, ECONNABORTED},
    {&BrokenPipeError,        EPIPE},
    {&BrokenPipeError,        ESHUTDOWN},
    {&BlockingIOError,        EAGAIN},
    {&BlockingIOError,        EALREADY},
    {&BlockingIOError,        EINPROGRESS},
    {&InterruptedError,       EINTR},
    {&PermissionError,        EACCES},
    {&PermissionError,        EPERM},
    {&FileNotFoundError,      ENOENT},
    {&FileExistsError,        EEXIST},
    {&TimeoutError,           ETIMEDOUT},
    {&gaierror,               0},
    {&OSError,                0},
};
// clang-format on

enum { FAMILY = sizeof family / sizeof *family };

bool value_is_os_error(Value value)
{
    for (size_t k = 0; k < FAMILY; k++)
        if (value_is(value, family[k].type))
            return true;
    return false;
}

Value value_os_error(int number, const char *message)
{
    const ExceptionType *type = &OSError;
    for (size_t k = 0; k < FAMILY; k++)
        if (number && family[k].number == number)
            type = family[k].type;
    char described[256];
    if (!message)
        message = strerror_r(number, described, sizeof described);
    return value_exception(type, text_format("[Errno %d] %s", number, message));
}

Value os_error(int number, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return value_os_error(number, message);
}

Value os_error_of_lookup(int code, int number)
{
    if (code == EAI_SYSTEM)
        return value_os_error(number, NULL);
    if (code == EAI_MEMORY)
        return value_exception(&MemoryError, "no memory to look a host up");
    return value_exception(&gaierror, text_format("[Errno %d] %s", code, gai_strerror(code)));
}
