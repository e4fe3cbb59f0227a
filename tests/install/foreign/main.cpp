// The same in C++: a lambda is a coroutine function too, and what a coroutine holds is given back when it
// returns.
#include <loop.h>

#include <cstdio>
#include <memory>
#include <string>

namespace
{

struct FutureRelease {
    void operator()(Future *future) const
    {
        future_release(future);
    }
};
using FuturePointer = std::unique_ptr<Future, FutureRelease>;

Value answer(Value question)
{
    std::string text = std::string(question.text) + "!";
    TRY(await_sleep(loop_seconds(0.001)));
    return value_text(text_format("%s", text.c_str()));
}

Value main_(Value)
{
    FuturePointer first(task_future(task_create(coroutine(answer, value_text("a")))));
    FuturePointer second(loop_create_future(loop_running()));
    CoroutineFunction complete = [](Value future) {
        return future_set_result(future.future, value_text("b"));
    };
    Awaitable items[] = {awaitable(first.get()), awaitable(second.get()),
                         awaitable(coroutine(complete, value_future(second.get())))};
    Value results = await_gather(items, 3, false);
    TRY(results);
    std::printf("C++ %s: %s %s\n", loop_version(), value_item(results, 0).text, value_item(results, 1).text);
    return NONE;
}

} // namespace

int main()
{
    return value_failed(loop_run(coroutine(main_, NONE)));
}
