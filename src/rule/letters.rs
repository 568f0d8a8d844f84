//! Which scripts a text has: a pack's rules need not look at text without the letters of its language.

use serde::Deserialize;

/// The letters a language is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Letters {
    Hangul,
    Kana,
    /// Chinese characters, in text without kana.
    Han,
    Latin,
}

/// The scripts of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LettersOf {
    hangul: bool,
    kana: bool,
    han: bool,
    latin: bool,
}

impl LettersOf {
    pub fn text(text: &str) -> LettersOf {
        let mut of = LettersOf::default();
        // by the first two bytes of each letter in UTF-8: enough to tell the scripts, but that Bopomofo passes for Hangul
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(first) = bytes.get(at) {
            if *first < 0xE0 {
                of.latin |= first.is_ascii_alphabetic();
                at += 1;
                continue;
            }
            match (first, bytes.get(at + 1).copied().unwrap_or_default()) {
                (0xE1, 0x84..=0x87) | (0xE3, 0x84..=0x86) | (0xEA, 0xB0..) | (0xEB..=0xED, _) => of.hangul = true,
                (0xE3, 0x81..=0x83) => of.kana = true,
                (0xE3, 0x90..) | (0xE4..=0xE9, _) => of.han = true,
                _ => {}
            }
            at += if *first < 0xF0 { 3 } else { 4 };
        }
        of
    }

    /// Whether no script but one is in the text; signs and figures are of none.
    pub fn are_only(self, letters: Letters) -> bool {
        let others = |letters| match letters {
            Letters::Hangul => LettersOf { hangul: false, ..self },
            Letters::Kana => LettersOf { kana: false, ..self },
            Letters::Han => LettersOf { han: false, ..self },
            Letters::Latin => LettersOf { latin: false, ..self },
        };
        others(letters) == LettersOf::default()
    }

    /// Whether a rule that needs such letters looks at the text.
    pub fn have(self, letters: Option<Letters>) -> bool {
        match letters {
            None => true,
            Some(Letters::Hangul) => self.hangul,
            Some(Letters::Kana) => self.kana,
            Some(Letters::Han) => self.han && !self.kana && !self.hangul,
            Some(Letters::Latin) => self.latin,
        }
    }
}
