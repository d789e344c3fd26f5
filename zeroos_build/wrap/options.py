# SPDX-License-Identifier: MIT OR Apache-2.0
"""What compilers' and linkers' options mean to a wrapper, as data.

Only options whose meaning differs from "the compiler alone cares" stand here. The lists follow
the manuals of GCC 12, clang 19 and GNU ld 2.40.
"""

from __future__ import annotations

# Compiler options whose value is the next word.
VALUED = frozenset(
    "-o -x -I -L -D -U -l -e -T -u -z -A -B -G -MF -MT -MQ -include -imacros -isystem -iquote"
    " -idirafter -isysroot -iprefix -iwithprefix -iwithprefixbefore -imultilib -cxx-isystem"
    " -Xlinker -Xassembler -Xpreprocessor -Xclang -aux-info --param -arch -wrapper -dumpbase"
    " -dumpbase-ext -dumpdir -mllvm -specs --sysroot -target -rpath -soname -framework"
    " --zeroos-target".split()
)
# With one of these nothing is linked.
NO_LINK = frozenset("-c -S -E -M -MM -fsyntax-only --precompile -###".split())
# Questions that the compiler answers without an input.
QUESTIONS = frozenset(
    "-v -V --version -dumpversion -dumpfullversion -dumpspecs --help -help -print-search-dirs"
    " -print-multi-lib -print-multi-directory -print-multi-os-directory -print-multiarch"
    " -print-resource-dir -print-targets -print-supported-extensions -qversion -version".split()
)

# An image is one static program at a fixed address, whatever a build system asks for: these are
# true already or have no meaning.
IGNORED = frozenset(
    "-fPIC -fpic -fPIE -fpie -pie -no-pie -nopie -static -static-pie -static-libgcc"
    " -static-libstdc++ -rdynamic -s -fno-lto -shared-libgcc -fno-use-linker-plugin"
    " -fuse-linker-plugin -fno-openmp -Bstatic -Bdynamic -stdlib=libc++".split()
)
IGNORED_STARTS = ("-fuse-ld=", "-fno-sanitize", "-flto-", "-B")

# option or its beginning (`=` or `*` at the end): why it cannot be, what to do instead.
REFUSED = {
    "-shared": (
        "an image is one static program; nothing could load a shared library into it",
        "build static libraries: `./configure --disable-shared`, `-DBUILD_SHARED_LIBS=OFF`",
    ),
    "-flto*": (
        "its objects hold the compiler's intermediate code, where no system call can be lowered",
        "leave it out, also from CFLAGS and LDFLAGS",
    ),
    "-emit-llvm": (
        "bitcode is no object: there are no instructions in it that could be lowered",
        "leave it out",
    ),
    "-nostdlib*": (
        "the sysroot's own libc and start code are what an image is made of",
        "leave it out; `zeroos-ld -r` joins objects without any library",
    ),
    "-nodefaultlibs": ("the libc is what an image is made of", "leave it out"),
    "-nolibc": ("the libc is what an image is made of", "leave it out"),
    "-nostartfiles": ("the bootloader and the libc's start code begin an image", "leave it out"),
    "-T*": ("the target's memory map decides where an image lies", "leave it out"),
    "-e*": ("the bootloader is where an image begins", "leave it out"),
    "-pg": ("there is no profiling runtime in an image", "leave it out"),
    "--coverage": ("there is no profiling runtime in an image", "leave it out"),
    "-fprofile-arcs": ("there is no profiling runtime in an image", "leave it out"),
    "-fprofile-generate*": ("there is no profiling runtime in an image", "leave it out"),
    "-fprofile-instr-generate*": ("there is no profiling runtime in an image", "leave it out"),
    "-fcoverage-mapping": ("there is no profiling runtime in an image", "leave it out"),
    "-fsanitize=*": (
        "there is no runtime of sanitizers in an image",
        "leave it out, or add -fsanitize-trap=all: traps end the run as a failure",
    ),
    "-fopenmp*": ("there is no OpenMP runtime for one hart", "leave it out"),
    "-fsplit-stack": ("there is no runtime for split stacks", "leave it out"),
    "-stdlib=*": ("the C++ library of the sysroot is libc++", "leave it out"),
    "--sysroot*": ("headers and libraries are those of our own sysroot", "leave it out"),
    "-isysroot": ("headers and libraries are those of our own sysroot", "leave it out"),
    "-specs*": ("the compiler's driver does not link an image", "leave it out"),
    "-mcpu=*": (
        "a processor's name may bring instructions that the target lacks",
        "leave it out; the target decides which instructions there are",
    ),
}

# ---- the linker's own options: of `-Wl,`, `-Xlinker` and zeroos-ld; `--x` is also `-x`

LD_VALUED = frozenset(
    "o L l e m y u T z A F G O b R h I P soname rpath rpath-link dynamic-linker Map defsym wrap"
    " undefined require-defined trace-symbol version-script dynamic-list plugin plugin-opt"
    " section-start Ttext Tdata Tbss exclude-libs image-base format entry script".split()
)
# `=` at the end: with any value.
LD_IGNORED = frozenset(
    "as-needed no-as-needed gc-sections no-gc-sections relax no-relax eh-frame-hdr"
    " no-eh-frame-hdr build-id build-id= hash-style= no-undefined no-allow-shlib-undefined"
    " allow-shlib-undefined export-dynamic no-export-dynamic E dynamic-list= enable-new-dtags"
    " disable-new-dtags rpath rpath= rpath-link rpath-link= soname soname= h dynamic-linker"
    " dynamic-linker= no-dynamic-linker I version-script= version-script exclude-libs="
    " exclude-libs Bstatic Bdynamic Bsymbolic Bsymbolic-functions Bsymbolic-non-weak-functions"
    " static dn dy non_shared call_shared nostdlib s S x X strip-all strip-debug discard-all"
    " discard-locals O O0 O1 O2 O3 sort-common sort-common= sort-section= pie no-pie pic-executable"
    " push-state pop-state start-group end-group ( ) start-lib end-lib plugin plugin="
    " plugin-opt plugin-opt= icf= threads threads= no-threads color-diagnostics"
    " color-diagnostics= warn-common warn-once warn-rwx-segments no-warn-rwx-segments"
    " no-warn-execstack warn-execstack no-warnings no-warn-mismatch fatal-warnings"
    " no-fatal-warnings demangle no-demangle no-keep-memory reduce-memory-overheads"
    " copy-dt-needed-entries no-copy-dt-needed-entries no-add-needed undefined-version"
    " no-undefined-version no-print-gc-sections compress-debug-sections= package-metadata="
    " stats no-ctors-in-init-array no-omagic noinhibit-exec- g".split()
)
# What changes which code is linked, or says something about it: for both links of an image.
LD_PASSED = frozenset(
    "defsym= wrap= u undefined undefined= require-defined= y trace-symbol= t trace"
    " allow-multiple-definition".split()
)
# `-z` words without a meaning for an image.
LD_Z_IGNORED = frozenset(
    "now lazy relro norelro noexecstack defs undefs nocopyreloc combreloc nocombreloc initfirst"
    " nodelete nodlopen nodump origin interpose separate-code noseparate-code text notext"
    " common-page-size max-page-size muldefs keep-text-section-prefix nostart-stop-gc start-stop-gc"
    " separate-loadable-segments separate-code noseparate-code rodynamic".split()
)

# Suffixes that compilers take for sources.
SOURCES = frozenset(
    ".c .i .ii .cc .cp .cxx .cpp .CPP .c++ .C .S .s .sx .h .hh .hpp .H .ixx .cppm".split()
)
# What musl's libc.a holds itself: its own makefile installs these as empty archives. The compiler's
# support library is part of the sysroot as well.
IN_LIBC = frozenset("c m pthread rt dl util crypt resolv xnet gcc gcc_s gcc_eh atomic ssp".split())
IN_CXX = frozenset("c++ stdc++ c++abi supc++ unwind".split())
