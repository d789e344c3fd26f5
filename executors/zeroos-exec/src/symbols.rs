// SPDX-License-Identifier: MIT OR Apache-2.0
//! Names for addresses, so that a failure says where it happened.

use elf::{abi, endian::LittleEndian, ElfBytes};

/// Address, size and name of the functions and objects of an image, sorted by address.
#[derive(Default)]
pub struct Symbols(Vec<(u64, u64, String)>);

impl Symbols {
    /// The image's symbol table; empty where it has none or a broken one.
    pub fn read(image: &[u8]) -> Self {
        let table = ElfBytes::<LittleEndian>::minimal_parse(image)
            .ok()
            .and_then(|file| file.symbol_table().ok().flatten());
        let Some((symbols, names)) = table else {
            return Self::default();
        };
        let mut found: Vec<(u64, u64, String)> = symbols
            .iter()
            .filter(|symbol| {
                symbol.st_shndx != abi::SHN_UNDEF && symbol.st_symtype() <= abi::STT_FUNC
            })
            .filter_map(|symbol| {
                let name = names.get(symbol.st_name as usize).ok()?;
                // Mapping symbols ($x, $d) and local labels (.L) name nothing a reader knows.
                let useful = !name.is_empty() && !name.starts_with(['$', '.']);
                useful.then(|| (symbol.st_value, symbol.st_size, name.to_owned()))
            })
            .collect();
        found.sort();
        Self(found)
    }

    /// The address of a symbol.
    pub fn address(&self, name: &str) -> Option<u64> {
        self.0
            .iter()
            .find(|symbol| symbol.2 == name)
            .map(|symbol| symbol.0)
    }

    /// `0x78000010 (main+0x10)`, or the address alone.
    pub fn describe(&self, address: u64) -> String {
        let after = self.0.partition_point(|symbol| symbol.0 <= address);
        match self.0[..after].last() {
            Some((start, size, name)) if *size == 0 || address - start < *size => {
                format!("{address:#x} ({name}+{:#x})", address - start)
            }
            _ => format!("{address:#x}"),
        }
    }
}
