# SPDX-License-Identifier: MIT OR Apache-2.0
"""Drop-in wrappers for build systems: `zeroos-cc`, `zeroos-c++`, `zeroos-ld`, `zeroos-ar`.

A compilation goes to the toolchain's compiler with our flags before the caller's, and what it
leaves are ordinary objects. A link lowers, scans, generates, links and verifies by the same plan
as `zeroos-build build`. What was found out about target and toolchain is remembered, so that both
start quickly; only the standard library is imported before a compiler runs.
"""
