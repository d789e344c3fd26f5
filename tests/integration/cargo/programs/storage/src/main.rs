// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files and directories by std::fs.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

fn main() -> io::Result<()> {
    let root = Path::new("made-here");
    fs::create_dir_all(root.join("a/b"))?;
    let file = root.join("a/b/text");
    fs::write(&file, "one\ntwo\n")?;
    let mut more = OpenOptions::new().append(true).open(&file)?;
    writeln!(more, "three")?;
    drop(more);
    for line in BufReader::new(File::open(&file)?).lines() {
        println!("{}", line?);
    }
    let mut both = OpenOptions::new().read(true).write(true).open(&file)?;
    both.seek(SeekFrom::Start(4))?;
    both.write_all(b"TWO")?;
    both.seek(SeekFrom::End(-6))?;
    let mut rest = String::new();
    both.read_to_string(&mut rest)?;
    both.set_len(8)?;
    println!("{rest:?} {}", fs::read_to_string(&file)?.replace('\n', "|"));
    fs::rename(&file, root.join("renamed"))?;
    fs::copy(root.join("renamed"), root.join("copy"))?;
    let mut names: Vec<_> = fs::read_dir(root)?
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    println!("{names:?} {}", fs::metadata(root.join("copy"))?.len());
    for missing in ["made-here/none", "made-here/a/b", "made-here/copy/x"] {
        println!(
            "{missing}: {:?}",
            File::create_new(missing)
                .and(fs::read(missing))
                .map_err(|e| e.kind())
        );
    }
    println!("{:?}", fs::remove_dir(root).map_err(|e| e.raw_os_error()));
    fs::remove_dir_all(root)?;
    println!("{}", root.exists());
    Ok(())
}
