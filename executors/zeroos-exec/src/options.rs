// SPDX-License-Identifier: MIT OR Apache-2.0
//! The command line.

/// A command as its users know it.
pub struct Command {
    pub name: &'static str,
    /// The zkVM's version that it is pinned to.
    pub version: &'static str,
    /// One sentence for `--help`, without its full stop.
    pub about: &'static str,
}

/// Files are paths or `-`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    pub image: String,
    pub input: Option<String>,
    pub output: Option<String>,
    pub stats: Option<String>,
}

impl Command {
    /// The options; none where the arguments asked for words only, which are printed then.
    pub fn options(&self, args: &[String]) -> Result<Option<Options>, String> {
        match args {
            [only] if only == "--help" || only == "-h" => print!("{}", self.usage()),
            [only] if only == "--version" => println!("{} {}", self.name, self.version),
            _ => return self.parse(args).map(Some),
        }
        Ok(None)
    }

    fn usage(&self) -> String {
        format!(
            "usage: {} IMAGE [--input FILE] [--output FILE] [--stats FILE]\n{}; FILE may be - .\n",
            self.name, self.about
        )
    }

    fn parse(&self, args: &[String]) -> Result<Options, String> {
        let wrong = |what: String| format!("{what}\n{}", self.usage());
        let mut options = Options::default();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let slot = match arg.as_str() {
                "--input" => &mut options.input,
                "--output" => &mut options.output,
                "--stats" => &mut options.stats,
                _ if options.image.is_empty() && !arg.starts_with('-') => {
                    options.image.clone_from(arg);
                    continue;
                }
                _ => return Err(wrong(format!("unexpected argument `{arg}`"))),
            };
            let file = args
                .next()
                .ok_or_else(|| wrong(format!("`{arg}` needs a file")))?;
            *slot = Some(file.clone());
        }
        if options.image.is_empty() {
            return Err(wrong("no image is given".into()));
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Options, String> {
        let command = Command {
            name: "zeroos-exec-x",
            version: "1",
            about: "Runs",
        };
        command.parse(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn options_stand_anywhere() {
        let options = parse(&["--input", "-", "image", "--stats", "s"]).unwrap();
        let wanted = Options {
            image: "image".into(),
            input: Some("-".into()),
            output: None,
            stats: Some("s".into()),
        };
        assert_eq!(options, wanted);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (args, words) in [
            (&[][..], "no image is given\nusage: zeroos-exec-x IMAGE"),
            (&["a", "b"], "unexpected argument `b`"),
            (&["a", "--input"], "`--input` needs a file"),
            (&["--bogus"], "unexpected argument `--bogus`"),
        ] {
            assert!(parse(args).unwrap_err().starts_with(words));
        }
    }
}
