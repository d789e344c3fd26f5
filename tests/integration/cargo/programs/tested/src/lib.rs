// SPDX-License-Identifier: MIT OR Apache-2.0
//! A library with tests, which run in a guest.

/// The greatest common divisor.
pub fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::gcd;

    #[test]
    fn divides() {
        assert_eq!(gcd(48, 36), 12);
    }

    #[test]
    fn of_zero() {
        assert_eq!(gcd(0, 5), 5);
        assert_eq!(gcd(5, 0), 5);
    }

    #[test]
    #[ignore = "fails, which a test wants to see"]
    fn wrong() {
        assert_eq!(gcd(2, 2), 1);
    }
}
