# SPDX-License-Identifier: MIT OR Apache-2.0
"""C++: the program's image and its Linux process, from the same objects and the same library."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import need, need_executor
from tests.support.images import build, execute
from tests.support.oracle import run_linux
from tests.support.wrappers import as_linux, done
from zeroos_build.cxx import build_cxx
from zeroos_build.target import load_target
from zeroos_build.toolchain.base import Abi
from zeroos_build.toolchain.zig import Zig

# One target for each ISA: rv64imac, rv64im, rv32im.
TARGETS = ["qemu-virt", "sp1", "risc0"]

LANGUAGE = r"""
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <typeinfo>
#include <vector>

struct Noisy {
    const char *name;
    explicit Noisy(const char *n) : name(n) { std::printf("+%s\n", name); }
    ~Noisy() { std::printf("-%s\n", name); }
};
Noisy global("global");
__attribute__((init_priority(200))) Noisy early("early");
thread_local Noisy local("thread_local");

struct Base { virtual ~Base() = default; virtual int f() { return 1; } };
struct Other { virtual ~Other() = default; int x = 7; };
struct Derived : Base, Other { int f() override { return 2; } };

[[gnu::noinline]] int thrower(int x)
{
    Noisy guard("guard");
    if (x > 2)
        throw std::runtime_error("too much: " + std::to_string(x));
    return x;
}

[[gnu::noinline]] void rethrower()
{
    try {
        thrower(9);
    } catch (const std::exception &) {
        std::throw_with_nested(std::logic_error("outer"));
    }
}

int cleanup() noexcept(false)
{
    std::atexit([] { std::puts("atexit"); });
    static Noisy once("static");
    return local.name[0];
}

int main()
{
    Derived d;
    Base *base = &d;
    std::printf("%d %d %d\n", base->f(), dynamic_cast<Other *>(base)->x,
                dynamic_cast<Derived *>(base) == &d);
    std::printf("%s %d\n", typeid(*base).name(), typeid(*base) == typeid(Derived));
    try {
        thrower(1);
        thrower(5);
    } catch (const std::logic_error &) {
        std::puts("wrong");
    } catch (const std::exception &e) {
        std::printf("%s\n", e.what());
    }
    try {
        rethrower();
    } catch (const std::logic_error &e) {
        try {
            std::rethrow_if_nested(e);
        } catch (const std::runtime_error &inner) {
            std::printf("%s <- %s\n", e.what(), inner.what());
        }
    }
    try {
        std::vector<int>{1, 2}.at(2);
    } catch (const std::out_of_range &e) {
        std::puts("out of range");
    }
    try {
        dynamic_cast<Derived &>(*std::make_unique<Base>()).f();
    } catch (const std::bad_cast &) {
        std::puts("bad cast");
    }
    try {
        throw 5L;
    } catch (int) {
        std::puts("wrong");
    } catch (long x) {
        std::printf("%ld\n", x);
    }
    return cleanup() == 't' ? 3 : 4;
}
"""

LIBRARY = r"""
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <iomanip>
#include <iostream>
#include <map>
#include <mutex>
#include <regex>
#include <sstream>
#include <thread>
#include <vector>
namespace fs = std::filesystem;

int main()
{
    std::cout << std::hex << 255 << std::dec << ' ' << std::setprecision(9) << 1.0 / 3 << '\n';
    std::mutex m;
    std::condition_variable changed;
    std::atomic<long> count{0};
    bool ready = false;
    long sum = 0;
    std::vector<std::thread> threads;
    for (int i = 1; i <= 4; i++)
        threads.emplace_back([&, i] {
            std::unique_lock lock(m);
            changed.wait(lock, [&] { return ready; });
            sum += i;
            for (int k = 0; k < 100; k++)
                count++;
        });
    {
        std::lock_guard lock(m);
        ready = true;
    }
    changed.notify_all();
    for (auto &thread : threads)
        thread.join();
    std::cout << count << ' ' << sum << std::endl;
    auto answer = std::async(std::launch::async, []() -> int { throw std::range_error("far"); });
    try {
        answer.get();
    } catch (const std::range_error &e) {
        std::cout << "from a thread: " << e.what() << '\n';
    }
    fs::create_directories("a/b");
    std::ofstream("a/b/c.txt") << "one\ntwo\n";
    std::ifstream in("a/b/c.txt");
    std::string line;
    int lines = 0;
    while (std::getline(in, line))
        lines++;
    std::cout << lines << ' ' << fs::file_size("a/b/c.txt") << ' ' << fs::path("x/c.txt").stem();
    for (auto &entry : fs::recursive_directory_iterator("a"))
        std::cout << ' ' << entry.path();
    std::cout << '\n' << fs::remove_all("a") << fs::exists("a") << '\n';
    try {
        fs::file_size("nowhere");
    } catch (const fs::filesystem_error &e) {
        std::cout << e.code().value() << ' ' << e.path1() << '\n';
    }
    std::smatch match;
    std::string text = "key=value";
    std::cout << std::regex_match(text, match, std::regex("(\\w+)=(\\w+)")) << match[2] << '\n';
    std::map<std::string, int> words;
    while (std::cin >> line)
        words[line]++;
    for (auto &[word, times] : words)
        std::cout << word << times << ' ';
    std::cerr << "the end\n";
    throw std::runtime_error("nobody catches this");
}
"""
# nlohmann-json and fmt as Debian ships them, headers alone.
THIRD_PARTY = r"""
#define FMT_HEADER_ONLY
#include <fmt/core.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <cstdint>
#include <iostream>
#include <map>
#include <string>
#include <vector>
using nlohmann::json;

int main()
{
    json document = json::parse(std::cin);
    document["total"] = 0.5;
    for (auto &item : document["items"])
        document["total"] = document["total"].get<double>() + item["price"].get<double>();
    document["big"] = INT64_MIN;
    document["nested"] = {{"a", {1, 2.25, nullptr}}, {"b", std::map<std::string, int>{{"x", -1}}}};
    std::cout << document.dump(1) << '\n' << document.flatten().size() << '\n';
    std::string packed;
    json::to_cbor(document, packed);
    fmt::print("{} {}\n", packed.size(), json::from_cbor(packed) == document);
    try {
        auto broken = json::parse("{\"a\": [1, 2");
    } catch (const json::parse_error &e) {
        fmt::print("{} at {}\n", e.id, e.byte);
    }
    try {
        document.at("missing");
    } catch (const json::out_of_range &e) {
        fmt::print("{}\n", e.what());
    }
    fmt::print("{:>8.3f}|{:#x}|{:<6}|{:^7}|{:08b}\n", 3.14159, 48879, "left", 'c', 37);
    fmt::print("{} {} {}\n", std::vector{1, 2, 3}, 1e300, 0.1f);
    try {
        fmt::print(fmt::runtime("{:d}\n"), "no number");
    } catch (const fmt::format_error &e) {
        fmt::print("{}\n", e.what());
    }
}
"""
ORDER = b'{"items": [{"price": 1.25, "name": "\\u00e9t\\u00e9"}, {"price": 3}], "ok": true}'
PROGRAMS = {
    "language": (LANGUAGE, b""),
    "library": (LIBRARY, b"b a b\n"),
    "third-party": (THIRD_PARTY, ORDER),
}
DEBIAN = {"nlohmann": "nlohmann-json3-dev", "fmt": "libfmt-dev"}


def cxx_library(target: str) -> Path:
    """Unlowered, by the name that it has on a command line."""
    return build_cxx(Zig(), Abi.of(load_target(target).isa))


def third_party_headers(work: Path) -> Path:
    """A directory with the headers that Debian ships, and none of its C library's."""
    directory = work / "include"
    directory.mkdir()
    for header, package in DEBIAN.items():
        place = Path("/usr/include", header)
        need(None if place.is_dir() else f"{place} is not there (Debian: {package})")
        (directory / header).symlink_to(place)
    return directory


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", PROGRAMS)
def test_like_a_linux_process(name: str, target: str, tmp_path: Path, qemu_user: None) -> None:
    source, stdin = PROGRAMS[name]
    (tmp_path / "main.cc").write_text(source)
    env = {"ZEROOS_TARGET": target}
    words = ["-O1", "-std=c++20"]
    if name == "third-party":
        words += ["-isystem", str(third_party_headers(tmp_path))]
    done("zeroos-c++", *words, "-c", "main.cc", cwd=tmp_path, env=env)
    done("zeroos-c++", "main.o", "-o", "program", cwd=tmp_path, env=env)
    linux = as_linux([tmp_path / "main.o", cxx_library(target)], "program", target, tmp_path)
    wanted = run_linux(linux, stdin=stdin)
    run = execute(tmp_path / "program", target, stdin=stdin)
    errors = run.stderr.removesuffix(b"zeroos: ended by signal 6\n")
    assert (run.stdout, errors, run.result.exit_code) == (
        wanted.stdout, wanted.stderr, wanted.code,
    )  # fmt: skip
    assert wanted.stdout


@pytest.mark.built_executor
@pytest.mark.parametrize("target", ["sp1", "risc0"])
def test_on_the_targets_own_executor(target: str, tmp_path: Path) -> None:
    need_executor(target)
    (tmp_path / "main.cc").write_text(
        "#include <iostream>\n#include <stdexcept>\n#include <thread>\nint main()\n{\n"
        '    std::thread t([] {\n        try {\n            throw std::runtime_error("inside");\n'
        "        } catch (const std::exception &e) {\n            std::cout << e.what() << '\\n';\n"
        "        }\n    });\n    t.join();\n    return 5;\n}\n"
    )
    done("zeroos-c++", "main.cc", "-o", "program", cwd=tmp_path, env={"ZEROOS_TARGET": target})
    for real in (False, True):
        run = execute(tmp_path / "program", target, real=real)
        assert (run.stdout, run.result.exit_code) == (b"inside\n", 5)


def test_by_a_manifest(tmp_path: Path) -> None:
    """`zeroos-build build` takes the same library for C++ sources."""
    (tmp_path / "main.cc").write_text(
        "#include <iostream>\nint main() try { throw 7; }\n"
        "catch (int x) { std::cout << x << std::endl; return x; }\n"
    )
    (tmp_path / "zeroos.toml").write_text('[image]\nname = "program"\n')
    image = build(tmp_path, "sp1").image
    run = execute(image, "sp1")
    assert (run.stdout, run.result.exit_code) == (b"7\n", 7)


def test_without_exceptions_there_are_no_tables(tmp_path: Path) -> None:
    (tmp_path / "main.cc").write_text("int main() { return 0; }\n")
    (tmp_path / "main.c").write_text("int main(void) { return 0; }\n")
    env = {"ZEROOS_TARGET": "sp1"}
    # Names of one length: an image has its own name in it.
    done("zeroos-c++", "-O2", "main.cc", "-o", "pp", cwd=tmp_path, env=env)
    done("zeroos-cc", "-O2", "main.c", "-o", "cc", cwd=tmp_path, env=env)
    assert execute(tmp_path / "pp", "sp1").result.instructions == (
        execute(tmp_path / "cc", "sp1").result.instructions
    )
    assert b".eh_frame" not in (tmp_path / "pp").read_bytes()
