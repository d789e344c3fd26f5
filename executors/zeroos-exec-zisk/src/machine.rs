// SPDX-License-Identifier: MIT OR Apache-2.0
//! ZisK's machine: its transpiler makes the program, its memory and operations execute it.
//!
//! Upstream's emulator (ziskemu) draws in the prover with its C++, MPI and OpenMP; what is left
//! without it is the loop that fetches operands and puts results away, so that stands here. It
//! also refuses what ZisK takes without a word and loses: an ecall that it does not know, stores to
//! the UART that are not a byte, jumps into the boot ROM.

use zisk_core::mem::{
    INPUT_ADDR, MAX_STDIN_SIZE, OUTPUT_ADDR, RAM_ADDR, RAM_SIZE, ROM_ADDR, UART_ADDR,
};
use zisk_core::rom_layout::ECALL_HANDLER_ADDR;
use zisk_core::{
    DataSection64, InstContext, ZiskInst, ZiskRom, SRC_C, SRC_IMM, SRC_IND, SRC_MEM, SRC_REG,
    SRC_STEP, STORE_IND, STORE_MEM, STORE_NONE, STORE_REG,
};

/// zisk-core: src/rom_layout.rs, CAUSE_EXIT; private there.
const EXIT: u64 = 93;
/// zisk-common: ZISK_PUBLICS, 64 words of 32 bits.
const PUBLIC: u64 = 256;
const RA: usize = 1;
const A7: usize = 17;

/// How a run ended.
pub enum End {
    /// The guest's exit code; 0 publishes the output.
    Exit(u64),
    /// What the guest did wrong, at a pc.
    Fault(String, u64),
}

pub struct Machine<'a> {
    rom: &'a ZiskRom,
    ctx: InstContext,
    /// RISC-V instructions that one ZisK instruction stands for, from ROM_ADDR on.
    weights: Vec<u8>,
    /// Where the boot ROM is left for the program, and where the program may return to.
    way_out: u64,
    /// RISC-V instructions from the entry on.
    pub instructions: u64,
}

impl<'a> Machine<'a> {
    pub fn new(rom: &'a ZiskRom, code: &[(u64, &[u8])], input: &[u8]) -> Result<Self, String> {
        let mut ctx = InstContext::new();
        let record = framed(input)?;
        ctx.input_len = record.len() as u64;
        ctx.mem.add_read_section(INPUT_ADDR, &[0; 8]);
        ctx.mem.add_read_section(INPUT_ADDR + 8, &record);
        ctx.mem.add_write_section(RAM_ADDR, RAM_SIZE);
        for section in &rom.ro_data_64 {
            ctx.mem.add_read_section(section.addr, &bytes(section));
        }
        for section in &rom.rw_data_64 {
            ctx.mem
                .init_write_section_data(&zisk_core::mem::DataSection {
                    addr: section.addr,
                    data: bytes(section),
                });
        }
        ctx.mem.read_sections.sort_by_key(|section| section.start);
        Ok(Self {
            rom,
            ctx,
            weights: weights(code),
            way_out: 0,
            instructions: 0,
        })
    }

    /// Where the machine stands, for messages; upstream panics when a guest goes wrong.
    pub fn pc(&self) -> u64 {
        self.ctx.pc
    }

    pub fn steps(&self) -> u64 {
        self.ctx.step
    }

    /// The public values, as they stand.
    pub fn public(&self) -> Vec<u8> {
        (OUTPUT_ADDR..OUTPUT_ADDR + PUBLIC)
            .map(|address| self.ctx.mem.read(address, 1) as u8)
            .collect()
    }

    /// 32 bits of the RAM; none elsewhere.
    pub fn word(&self, address: u64) -> Option<u32> {
        let inside = (RAM_ADDR..=RAM_ADDR + RAM_SIZE - 4).contains(&address);
        inside.then(|| self.ctx.mem.read(address, 4) as u32)
    }

    /// Runs to the end. `console` gets every byte for the UART, and the machine to look into.
    pub fn run(&mut self, console: &mut impl FnMut(&Self, u8)) -> End {
        while !self.ctx.end {
            let pc = self.ctx.pc;
            let instruction = self.rom.get_instruction(pc);
            if pc >= ROM_ADDR {
                // Steps inside of an instruction stand at odd addresses.
                if pc & 3 == 0 {
                    let weight = self.weights.get((pc - ROM_ADDR) as usize / 4);
                    self.instructions += u64::from(*weight.unwrap_or(&1));
                }
            } else if pc == ECALL_HANDLER_ADDR && self.ctx.regs[A7] != EXIT {
                let number = self.ctx.regs[A7];
                let why = format!("makes an `ecall` with a7 = {number:#x}, which ZisK ignores");
                return End::Fault(why, self.ctx.regs[RA] - 4);
            }
            if let Err(why) = self.step(instruction, console) {
                return End::Fault(why, pc);
            }
            let next = self.ctx.pc;
            if pc < ROM_ADDR {
                if next >= ROM_ADDR && self.way_out == 0 {
                    self.way_out = self.ctx.regs[RA];
                }
            } else if next < ROM_ADDR && next != ECALL_HANDLER_ADDR && next != self.way_out {
                return End::Fault(format!("jumps to {next:#x}, out of the code"), pc);
            }
        }
        match (self.ctx.error, self.ctx.error_code) {
            (false, _) => End::Exit(0),
            (true, 0) => End::Fault("executes an illegal instruction".into(), self.ctx.error_pc),
            (true, code) => End::Exit(code),
        }
    }

    /// One ZisK instruction: operands a and b, the operation to c, c to where it belongs.
    fn step(&mut self, i: &ZiskInst, console: &mut impl FnMut(&Self, u8)) -> Result<(), String> {
        let ctx = &mut self.ctx;
        let sp = |used: u64| if used == 0 { 0 } else { ctx.sp };
        ctx.a = match i.a_src {
            SRC_C => ctx.c,
            SRC_REG => ctx.regs[i.a_offset_imm0 as usize],
            SRC_MEM => ctx.mem.read(i.a_offset_imm0 + sp(i.a_use_sp_imm1), 8),
            SRC_IMM => i.a_offset_imm0 | i.a_use_sp_imm1 << 32,
            SRC_STEP => ctx.step,
            other => return Err(format!("has an operand of unknown kind {other}")),
        };
        ctx.b = match i.b_src {
            SRC_C => ctx.c,
            SRC_REG => ctx.regs[i.b_offset_imm0 as usize],
            SRC_MEM => ctx.mem.read(i.b_offset_imm0 + sp(i.b_use_sp_imm1), 8),
            SRC_IMM => i.b_offset_imm0 | i.b_use_sp_imm1 << 32,
            SRC_IND => {
                let address = ctx
                    .a
                    .wrapping_add(i.b_offset_imm0)
                    .wrapping_add(sp(i.b_use_sp_imm1));
                ctx.mem.read(address, i.ind_width)
            }
            other => return Err(format!("has an operand of unknown kind {other}")),
        };
        ctx.extended_arg = if i.input_size > 0 { i.jmp_offset1 } else { 0 };
        (i.func)(ctx);

        let value = if i.store_pc {
            ctx.pc.wrapping_add_signed(i.jmp_offset2)
        } else {
            ctx.c
        };
        let offset = i
            .store_offset
            .wrapping_add_unsigned(if i.store_use_sp { ctx.sp } else { 0 });
        match i.store {
            STORE_NONE => {}
            STORE_REG => ctx.regs[offset as usize] = value,
            STORE_MEM => ctx.mem.write_silent(offset as u64, value, 8),
            STORE_IND => {
                let address = ctx.a.wrapping_add_signed(offset);
                ctx.mem.write_silent(address, value, i.ind_width);
                if address <= UART_ADDR && UART_ADDR - address < i.ind_width {
                    if i.ind_width != 1 {
                        return Err(format!(
                            "stores {} bytes to the UART, which takes single ones",
                            i.ind_width
                        ));
                    }
                    console(self, value as u8);
                }
            }
            other => return Err(format!("has a result of unknown kind {other}")),
        }
        let ctx = &mut self.ctx;
        ctx.pc = if i.set_pc {
            ctx.c.wrapping_add_signed(i.jmp_offset1)
        } else if ctx.flag {
            ctx.pc.wrapping_add_signed(i.jmp_offset1)
        } else {
            ctx.pc.wrapping_add_signed(i.jmp_offset2)
        };
        ctx.end = i.end;
        ctx.step += 1;
        Ok(())
    }
}

/// One record: the length in 64 bits, the bytes, padding to 8.
fn framed(input: &[u8]) -> Result<Vec<u8>, String> {
    let mut record = (input.len() as u64).to_le_bytes().to_vec();
    record.extend(input);
    record.resize(record.len().next_multiple_of(8), 0);
    if record.len() as u64 > MAX_STDIN_SIZE {
        return Err(format!(
            "the private input is larger than {MAX_STDIN_SIZE} bytes"
        ));
    }
    Ok(record)
}

fn bytes(section: &DataSection64) -> Vec<u8> {
    section
        .data
        .iter()
        .flat_map(|word| word.to_le_bytes())
        .collect()
}

/// The transpiler makes one instruction of `auipc` and a `jalr` by the same register.
fn weights(code: &[(u64, &[u8])]) -> Vec<u8> {
    let mut weights = Vec::new();
    for (start, data) in code {
        let first = (start - ROM_ADDR) as usize / 4;
        let words: Vec<u32> = data
            .chunks_exact(4)
            .map(|word| u32::from_le_bytes(word.try_into().unwrap()))
            .collect();
        weights.resize(weights.len().max(first + words.len()), 1);
        for (index, pair) in words.windows(2).enumerate() {
            if is_far_jump(pair[0], pair[1]) {
                weights[first + index] = 2;
            }
        }
    }
    weights
}

fn is_far_jump(first: u32, second: u32) -> bool {
    let (rd, link, base) = (first >> 7 & 31, second >> 7 & 31, second >> 15 & 31);
    let auipc = first & 0x7f == 0x17 && rd != 0;
    let jalr = second & 0x707f == 0x67;
    auipc && jalr && base == rd && (link == rd || link == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn input_is_a_record() {
        assert_eq!(framed(b"").unwrap(), [0; 8]);
        assert_eq!(framed(b"abc").unwrap(), *b"\x03\0\0\0\0\0\0\0abc\0\0\0\0\0");
        assert_eq!(framed(&[7; 8]).unwrap().len(), 16);
    }

    #[test]
    fn far_jumps() {
        // auipc ra, 0; jalr ra, 0(ra); jr ra; jalr ra, 0(t1); auipc x0, 0
        assert!(is_far_jump(0x0000_0097, 0x0000_80e7));
        assert!(is_far_jump(0x0000_0097, 0x0000_8067));
        assert!(!is_far_jump(0x0000_0097, 0x0003_00e7));
        assert!(!is_far_jump(0x0000_0017, 0x0000_0067));
    }
}
