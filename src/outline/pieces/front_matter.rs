//! What stands between `---` or `+++` at the top of a note.

use super::{Aside, Reader};

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
        if !matches!(matter, Some(serde_yaml::Value::Mapping(_) | serde_yaml::Value::Null)) {
            return;
        }
        self.out.front_matter = if toml { serde_yaml::to_string(&matter).unwrap_or_default() } else { text };
        for _ in 0..end + 2 {
            self.aside(Aside::FrontMatter);
        }
    }
}
