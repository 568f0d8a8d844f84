//! What stands between `---` or `+++` at the top of a note.

use serde_yaml::Value;

use super::{Aside, Piece, PieceKind, Reader};
use crate::letter::is_letter;
use crate::outline::inline::Text;

impl Reader<'_> {
    pub(super) fn front_matter(&mut self) {
        let toml = match self.lines.first().map(|line| line.trim_end()) {
            Some("---") => false,
            Some("+++") => true, // as Hugo has it
            _ => return,
        };
        let closes = |line: &&str| matches!((line.trim_end(), toml), ("---" | "...", false) | ("+++", true));
        let Some(end) = self.lines.iter().skip(1).take(200).position(closes) else { return };
        let text = self.lines[1..=end].join("\n");
        let matter = if toml { toml::from_str(&text).ok() } else { serde_yaml::from_str(&text).ok() };
        if !matches!(matter, Some(Value::Mapping(_) | Value::Null)) {
            return;
        }
        self.name = matter.as_ref().and_then(note_name).map(|name| {
            let at = self.lines[..=end].iter().position(|line| line.contains(name)).unwrap_or(0);
            Text::parse(name, at + 1)
        });
        self.out.front_matter = if toml { serde_yaml::to_string(&matter).unwrap_or_default() } else { text };
        for _ in 0..end + 2 {
            self.aside(Aside::FrontMatter);
        }
    }
    /// Puts the name that the front matter gives the note over what stands before its first heading.
    pub(super) fn name_preface(&mut self) {
        let headed = self.out.pieces.first().is_none_or(|first| matches!(first.kind, PieceKind::Heading(_)));
        if let Some(text) = self.name.take().filter(|text| !headed && !text.is_empty()) {
            // above any heading of the note
            self.out.pieces.insert(0, Piece { kind: PieceKind::Heading(0), text, ..Piece::nothing() });
        }
    }
}

/// `title:`, else the first of Obsidian's `aliases:` (Hugo's are addresses).
fn note_name(matter: &Value) -> Option<&str> {
    let aliases = || {
        let aliases = matter.get("aliases").or_else(|| matter.get("alias"))?;
        aliases.as_sequence().map_or(Some(aliases), |aliases| aliases.first())
    };
    let name = matter.get("title").or_else(aliases)?.as_str()?.trim();
    (name.contains(is_letter) && !name.starts_with('/')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::note_name;

    #[test]
    fn titles_may_have_slashes_and_addresses_are_none() {
        let name = |yaml: &str| note_name(&serde_yaml::from_str(yaml).expect("YAML")).map(str::to_owned);
        assert_eq!(name("title: Rope/Chain").as_deref(), Some("Rope/Chain"));
        assert_eq!(name("aliases: [Mainsail, Main]").as_deref(), Some("Mainsail"));
        assert_eq!(name("aliases: /ropes/old"), None);
        assert_eq!(name("title: 2024"), None);
    }
}
