// SPDX-License-Identifier: MIT OR Apache-2.0
//! Threads that share and send, and a pool of workers.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier, Condvar, Mutex, OnceLock, RwLock, mpsc};
use std::thread;

use rayon::prelude::*;

static STARTED: OnceLock<&'static str> = OnceLock::new();

thread_local! {
    static COUNT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

fn channels() {
    let (sender, receiver) = mpsc::channel();
    let workers: Vec<_> = (0..4u64)
        .map(|worker| {
            let sender = sender.clone();
            thread::Builder::new()
                .name(format!("worker {worker}"))
                .spawn(move || {
                    for item in 0..10 {
                        COUNT.set(COUNT.get() + 1);
                        sender.send((worker, item * worker)).unwrap();
                    }
                    (thread::current().name().unwrap().to_owned(), COUNT.get())
                })
                .unwrap()
        })
        .collect();
    drop(sender);
    let mut sums: BTreeMap<u64, u64> = BTreeMap::new();
    for (worker, value) in receiver {
        *sums.entry(worker).or_default() += value;
    }
    for worker in workers {
        println!("{:?}", worker.join().unwrap());
    }
    println!("sums {sums:?}, here {}", COUNT.get());
}

fn bounded() {
    let (sender, receiver) = mpsc::sync_channel(2);
    let writer = thread::spawn(move || (0..20).for_each(|n| sender.send(n).unwrap()));
    let total: i32 = receiver.iter().sum();
    writer.join().unwrap();
    println!("bounded {total}");
}

fn shared() {
    let total = Arc::new(AtomicU64::new(0));
    let words = Arc::new(Mutex::new(Vec::new()));
    let table = RwLock::new(0u32);
    let ready = (Mutex::new(false), Condvar::new());
    let barrier = Barrier::new(3);
    thread::scope(|scope| {
        for number in 0..3u64 {
            let (total, words) = (total.clone(), words.clone());
            let (table, ready, barrier) = (&table, &ready, &barrier);
            scope.spawn(move || {
                STARTED.get_or_init(|| "once");
                for _ in 0..100 {
                    total.fetch_add(number, Ordering::Relaxed);
                }
                let mut go = ready.0.lock().unwrap();
                while !*go {
                    go = ready.1.wait(go).unwrap();
                }
                drop(go);
                *table.write().unwrap() += 1;
                barrier.wait();
                words
                    .lock()
                    .unwrap()
                    .push(number + u64::from(*table.read().unwrap()));
            });
        }
        *ready.0.lock().unwrap() = true;
        ready.1.notify_all();
    });
    words.lock().unwrap().sort_unstable();
    let swapped = total.compare_exchange(300, 1, Ordering::SeqCst, Ordering::SeqCst);
    println!(
        "{swapped:?} {:?} {:?} {:?}",
        total,
        words.lock().unwrap(),
        STARTED.get()
    );
}

fn pool() {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(3)
        .build()
        .unwrap();
    let (sum, sorted) = pool.install(|| {
        let sum: u64 = (0..10_000u64).into_par_iter().map(|n| n * n % 7).sum();
        let mut words: Vec<u32> = (0..500)
            .map(|n: u32| n.wrapping_mul(2_654_435_761) >> 20)
            .collect();
        words.par_sort();
        (sum, words)
    });
    println!("rayon {sum} {:?} {}", &sorted[..4], sorted.is_sorted());
    let (left, right) = pool.join(|| 6, || 7);
    println!("join {}", left * right);
}

fn main() {
    channels();
    bounded();
    shared();
    pool();
}
