// SPDX-License-Identifier: MIT OR Apache-2.0
//! JSON, read and written by derived code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, Serialize, PartialEq)]
struct Order {
    id: u64,
    customer: String,
    total: f64,
    #[serde(default)]
    notes: Vec<Option<String>>,
    lines: BTreeMap<String, i32>,
}

const TEXT: &str = r#"{"id": 18446744073709551615, "customer": "Zo\u00eb \"Z\"", "total": -12.5e-3,
    "lines": {"apples": 3, "pears": -7}, "notes": [null, "late"]}"#;

fn main() {
    let order: Order = serde_json::from_str(TEXT).unwrap();
    println!("{order:?}");
    let text = serde_json::to_string_pretty(&order).unwrap();
    println!("{text}");
    assert_eq!(order, serde_json::from_str(&text).unwrap());
    for wrong in ["{", "[1,]", r#"{"id": -1}"#, "1e999"] {
        println!("{}", serde_json::from_str::<Order>(wrong).unwrap_err());
    }
    let value: serde_json::Value = serde_json::from_str(TEXT).unwrap();
    println!("{} {}", value["lines"]["pears"], value["missing"]);
}
