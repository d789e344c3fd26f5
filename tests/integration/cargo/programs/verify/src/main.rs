// SPDX-License-Identifier: MIT OR Apache-2.0
//! SHA-256, and signatures of secp256k1: what most zkVM programs do all day.

use k256::ecdsa::signature::{Signer, Verifier};
use k256::ecdsa::{Signature, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

fn main() {
    let digest = Sha256::digest(b"abc");
    println!("{digest:x}");
    let mut long = Sha256::new();
    for number in 0..200u32 {
        long.update(number.to_le_bytes());
    }
    println!("{:x}", long.finalize());

    let key = SigningKey::from_slice(&digest).unwrap();
    // Deterministic (RFC 6979): no random number is asked for.
    let signature: Signature = key.sign(b"a message");
    let public = VerifyingKey::from(&key).to_encoded_point(true);
    println!("{signature}");
    let read = VerifyingKey::from_sec1_bytes(public.as_bytes()).unwrap();
    println!("{:?}", read.verify(b"a message", &signature).is_ok());
    println!("{:?}", read.verify(b"another one", &signature).is_ok());
}
