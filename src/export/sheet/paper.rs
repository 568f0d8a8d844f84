//! The papers that printers have.

use crate::error::{Error, Result};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    A3,
    A4,
    A5,
    B5,
    Letter,
    Legal,
}

impl Paper {
    pub const ALL: [Paper; 6] = [Paper::A3, Paper::A4, Paper::A5, Paper::B5, Paper::Letter, Paper::Legal];

    /// As a user names it.
    pub fn name(self) -> &'static str {
        match self {
            Paper::A3 => "a3",
            Paper::A4 => "a4",
            Paper::A5 => "a5",
            Paper::B5 => "b5",
            Paper::Letter => "letter",
            Paper::Legal => "legal",
        }
    }

    /// Its short and its long side.
    pub fn millimetres(self) -> (f64, f64) {
        match self {
            Paper::A3 => (297.0, 420.0),
            Paper::A4 => (210.0, 297.0),
            Paper::A5 => (148.0, 210.0),
            Paper::B5 => (176.0, 250.0),
            Paper::Letter => (215.9, 279.4),
            Paper::Legal => (215.9, 355.6),
        }
    }

    /// As Typst names it.
    pub(super) fn typst(self) -> &'static str {
        match self {
            Paper::B5 => "iso-b5",
            Paper::Letter => "us-letter",
            Paper::Legal => "us-legal",
            other => other.name(),
        }
    }
}

impl std::str::FromStr for Paper {
    type Err = Error;

    fn from_str(name: &str) -> Result<Paper> {
        let lower = name.to_ascii_lowercase();
        let plain = lower.trim_start_matches("us-").trim_start_matches("iso-");
        Paper::ALL.into_iter().find(|paper| paper.name() == plain).ok_or_else(|| {
            let names: Vec<_> = Paper::ALL.iter().map(|paper| paper.name()).collect();
            Error::new(format!("there is no paper {name}")).hint(format!("it is one of {}", names.join(", ")))
        })
    }
}
