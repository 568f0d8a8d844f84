//! Letters, and looks at the bytes of a text before more is asked of it.
//!
//! Unicode's tables know what a letter is, but looking a Hangul syllable up in them takes hundreds of instructions, and
//! notes in Korean are made of these.

/// As `char::is_alphabetic`.
pub(crate) fn is_letter(c: char) -> bool {
    is_syllable(c) || c.is_alphabetic()
}

/// As `char::is_alphanumeric`.
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    is_syllable(c) || c.is_alphanumeric()
}

/// Whether a character is a composed syllable of Hangul.
pub(crate) fn is_syllable(c: char) -> bool {
    matches!(c, '가'..='힣')
}

/// An emoji or a dingbat, which people put before a name, or what joins and colours one.
pub(crate) fn is_pictograph(c: char) -> bool {
    !c.is_ascii()
        && matches!(c, '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}' | '\u{200D}')
}

/// Letters and digits only, in lower case: two spellings of one name have the same key.
pub(crate) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            // most letters by far: neither is looked up in Unicode's tables
            c if is_syllable(c) => key.push(c),
            c if c.is_ascii_alphanumeric() => key.push(c.to_ascii_lowercase()),
            '+' | '#' => key.push(c),
            c if !c.is_ascii() && is_letter_or_digit(c) => key.extend(c.to_lowercase()),
            _ => {}
        }
    }
    key
}

/// Bytes that may stand in a text.
pub(crate) struct ByteSet([bool; 256]);

impl ByteSet {
    pub(crate) const fn of(bytes: &[u8]) -> ByteSet {
        let mut set = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            set[bytes[at] as usize] = true;
            at += 1;
        }
        ByteSet(set)
    }

    pub(crate) fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// Whether a text has one of them.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        text.bytes().any(|byte| self.has(byte))
    }
}
