// SPDX-License-Identifier: MIT OR Apache-2.0
//! std::time: what holds for every clock.

use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn main() {
    let (start, wall) = (Instant::now(), SystemTime::now());
    thread::sleep(Duration::from_millis(30));
    let (later, passed) = (Instant::now(), start.elapsed());
    println!("{} {}", later > start, passed >= Duration::from_millis(30));
    println!("{}", wall.elapsed().unwrap() >= Duration::from_millis(30));
    println!("{}", wall.duration_since(UNIX_EPOCH).is_ok());
    let waited = thread::spawn(|| {
        let start = Instant::now();
        thread::park_timeout(Duration::from_millis(20));
        start.elapsed()
    });
    println!("{}", waited.join().unwrap() >= Duration::from_millis(20));
    println!("{:?}", Duration::from_secs_f64(1.5) * 3);
}
