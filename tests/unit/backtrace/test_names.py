# SPDX-License-Identifier: MIT OR Apache-2.0
from __future__ import annotations

import pytest

from zeroos_build.backtrace.names import demangle


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("main", "main"),
        ("inner.part.0", "inner.part.0"),
        ("_ZNSt6vectorIiSaIiEE9push_backERKi",
         "std::vector<int, std::allocator<int>>::push_back(int const&)"),
        ("_ZN6shapes4areaEi.constprop.0", "shapes::area(int).constprop.0"),
        ("_ZN4core9panicking5panic17h0123456789abcdefE", "core::panicking::panic"),
        ("_ZN4core3ptr85drop_in_place$LT$std..rt..lang_start$LT$$LP$$RP$$GT$..$u7b$$u7b$closure"
         "$u7d$$u7d$$GT$17h0123456789abcdefE",
         "core::ptr::drop_in_place<std::rt::lang_start<()>::{{closure}}>"),
        ("_RNvCskwGfYPst2Cb_3foo16example_function", "foo::example_function"),
        ("_Zwrong", "_Zwrong"),
        ("_R", "_R"),
    ],
)  # fmt: skip
def test_demangle(symbol: str, name: str) -> None:
    assert demangle(symbol) == name
