// SPDX-License-Identifier: MIT OR Apache-2.0
//! The line of facts that the measuring run prints for the command: outcome, instructions, gas,
//! exit code and message.

use std::collections::BTreeMap;

use zeroos_exec::Report;

pub const TARGET: &str = "sp1";

pub fn parse(facts: &str) -> Option<Report> {
    let mut words = facts.splitn(5, ' ');
    let mut next = || words.next();
    let outcome = next()?.to_owned();
    let instructions = next()?.parse().ok()?;
    let gas = next()?.parse().ok()?;
    let exit_code = next()?.parse().ok()?;
    let message = next().filter(|text| !text.is_empty()).map(str::to_owned);
    let cost = if outcome == "fault" {
        BTreeMap::new()
    } else {
        BTreeMap::from([("gas", gas)])
    };
    Some(Report {
        target: TARGET,
        outcome,
        exit_code,
        instructions: Some(instructions),
        cost,
        message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_that_ends() {
        let report = parse("exit 680 12 42 ").unwrap();
        assert_eq!((report.exit_code, report.exit_status()), (42, 42));
        assert_eq!(report.cost, BTreeMap::from([("gas", 12)]));
        assert_eq!(report.message, None);
    }

    #[test]
    fn a_guest_that_fails() {
        let report = parse("fault 9 0 1 misaligned lw at 0x78000000").unwrap();
        assert_eq!(
            (report.outcome.as_str(), report.exit_status()),
            ("fault", 1)
        );
        assert_eq!(report.cost, BTreeMap::new());
        assert_eq!(report.message.unwrap(), "misaligned lw at 0x78000000");
    }
}
