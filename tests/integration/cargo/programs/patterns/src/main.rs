// SPDX-License-Identifier: MIT OR Apache-2.0
//! Regular expressions with all of Unicode's tables.

use regex::{Regex, RegexSet};

fn main() {
    let date = Regex::new(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)").unwrap();
    let text = "from 2024-02-29 to 2026-11-23, not 24-1-1";
    for found in date.captures_iter(text) {
        println!("{} {} {}", &found["year"], &found["month"], &found["day"]);
    }
    println!("{}", date.replace_all(text, "$day.$month.$year"));
    let words = Regex::new(r"\p{Greek}+|\b\p{Lu}\w*").unwrap();
    println!(
        "{:?}",
        words
            .find_iter("Δelta αβγ Straße ßa Ünder")
            .map(|m| m.as_str())
            .collect::<Vec<_>>()
    );
    let set = RegexSet::new([r"^a.*z$", r"[0-9]{3,}", r"(?i)RUST"]).unwrap();
    println!(
        "{:?}",
        set.matches("a rust z 1234").into_iter().collect::<Vec<_>>()
    );
    println!("{}", Regex::new("(unclosed").unwrap_err());
}
