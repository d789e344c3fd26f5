// SPDX-License-Identifier: MIT OR Apache-2.0
// C++ names: a template's member function in a namespace, and a lambda.
extern "C" [[noreturn]] void abort();

namespace shapes {
template <typename Number> class Square {
public:
    explicit Square(Number side) : side(side) {}
    [[gnu::noinline]] Number area(Number limit) const
    {
        if (side > limit)
            abort();
        return side * side;
    }

private:
    Number side;
};
} // namespace shapes

static volatile int side = 3;

int main()
{
    auto measure = [](int limit) __attribute__((noinline)) {
        return shapes::Square<long>(side).area(limit) + 1;
    };
    return static_cast<int>(measure(2)) + 1;
}
