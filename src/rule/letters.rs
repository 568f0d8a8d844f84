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
        for c in text.chars() {
            match c {
                'a'..='z' | 'A'..='Z' => of.latin = true,
                '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '가'..='힣' => of.hangul = true,
                '\u{3041}'..='\u{30FF}' => of.kana = true,
                '\u{3400}'..='\u{9FFF}' => of.han = true,
                _ => {}
            }
        }
        of
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
