// boost_context.cpp — the work done by Boost.Context: it switches, and schedules nothing.
#include <boost/context/detail/fcontext.hpp>

extern "C" {
#include "contestant.h"
}

namespace {

using namespace boost::context::detail;

void bounce(transfer_t from)
{
    for (;;)
        from = jump_fcontext(from.fctx, nullptr);
}

double switches(int64_t count)
{
    static char stack[64 * 1024];
    transfer_t other = {make_fcontext(stack + sizeof stack, sizeof stack, bounce), nullptr};
    int64_t start = cpu_now();
    for (int64_t k = 0; k < count; k++)
        other = jump_fcontext(other.fctx, nullptr);
    return static_cast<double>(cpu_now() - start) / static_cast<double>(2 * count);
}

} // namespace

int main(int argc, char **argv)
{
    static const WorkName works[] = {{"switch", switches}};
    return contestant_main(argc, argv, works, 1);
}
