//! How a text must begin for a rule to look at it.

use serde::Deserialize;

/// How a text must begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    #[default]
    Anyhow,
    /// With `A` to `Z`.
    Capital,
    /// With two or more of them.
    Capitals,
    /// With `a` to `z`.
    Small,
    /// With either.
    Latin,
}

impl Start {
    pub(super) fn fits(self, text: &str) -> bool {
        let first = text.as_bytes().first();
        match self {
            Start::Anyhow => true,
            Start::Capital => first.is_some_and(u8::is_ascii_uppercase),
            Start::Capitals => text.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_uppercase)),
            Start::Small => first.is_some_and(u8::is_ascii_lowercase),
            Start::Latin => first.is_some_and(u8::is_ascii_alphabetic),
        }
    }
}
