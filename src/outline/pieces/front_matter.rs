//! What stands between `---` or `+++` at the top of a note.

use std::ops::Range;

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

    /// Lines at the top that say when and by whom the note was written (`Date: …`, `**Professor:** …`), under a heading or not.
    pub(super) fn written_when(&self) -> Range<usize> {
        let mut start = self.at;
        while self.lines.get(start).is_some_and(|line| line.trim().is_empty() || line.starts_with("# ")) {
            start += 1;
        }
        let labels: Vec<Option<String>> =
            self.lines[start..].iter().map_while(|line| label(line)).take(MOST_LABELS).map(about_the_note).collect();
        let known = labels.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        let when = labels[..known].iter().flatten().any(|label| WHEN.contains(&label.as_str()));
        let end = if known >= LEAST_LABELS && when && labels[..known].iter().all(Option::is_some) { known } else { 0 };
        start..start + end
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

/// So many lines say of a note when it was written and the like.
const LEAST_LABELS: usize = 2;
const MOST_LABELS: usize = 12;

/// What says when and by whom a note was written.
const WHEN: [&str; 16] = [
    "date",
    "author",
    "created",
    "updated",
    "professor",
    "instructor",
    "lecturer",
    "날짜",
    "작성일",
    "작성자",
    "교수",
    "일시",
    "日付",
    "作成日",
    "日期",
    "作者",
];

/// What stands beside that.
const BESIDE: [&str; 26] = [
    "tag", "tags", "course", "class", "module", "section", "chapter", "week", "unit", "lecture", "lesson", "duration",
    "progress", "status", "semester", "source", "topic", "subject", "title", "category", "태그", "과목", "주제",
    "단원", "科目", "タグ",
];

/// The label of a line that is a label and a few words.
fn label(line: &str) -> Option<&str> {
    const LONGEST: usize = 60; // characters
    let (label, value) = line.trim_start_matches(['-', '*', '>', '_', ' ']).split_once([':', '：'])?;
    let value = value.trim_matches(['*', '_', ' ']);
    let label = label.trim_matches(['*', '_', ' ']);
    (!label.is_empty() && label.chars().count() <= 24 && !value.is_empty() && value.chars().count() <= LONGEST)
        .then_some(label)
}

/// The word of a label that is about the note, if all of them are.
fn about_the_note(label: &str) -> Option<String> {
    let words: Vec<String> = label.split([' ', '/']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let known = |word: &String| WHEN.contains(&word.as_str()) || BESIDE.contains(&word.as_str());
    words.iter().all(known).then(|| words.into_iter().next()).flatten()
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
