// SPDX-License-Identifier: MIT OR Apache-2.0
//! HashMap: its keys need no security, so a guest without randomness has it.

use std::collections::{HashMap, HashSet};

fn main() {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in "the cat and the dog and the bird".split(' ') {
        *counts.entry(word).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort();
    println!("{rows:?}");
    let numbers: HashSet<u64> = (0..1000u64).map(|n| n * n % 97).collect();
    println!("{} {}", numbers.len(), numbers.contains(&96));
}
