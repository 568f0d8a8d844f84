//! HTML that stands on lines of its own: comments, `<details>`, boxes.

use std::sync::LazyLock;

use regex::Regex;

use super::{Aside, PieceKind, Reader, Text};
use crate::outline::raw_markup::is_html_tag;

#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static SUMMARY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)<summary[^>]*>(.*?)(?:</summary>|$)").unwrap());

/// `<h2>Name</h2>` alone on its line.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static HEADING: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)^<h([1-6])[^>]*>(.*?)</h([1-6])>$").unwrap());

/// A summary that only asks to be opened: what it holds belongs to what stands above it.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static ASKS_TO_OPEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^\W*(?:",
        r"(?:정답|답|답변|답안|해설|풀이|해답|모범\s?답안)(?:\s?및\s?(?:해설|풀이))?(?:\s?(?:보기|확인(?:하기)?|열기|펼치기|숨기기|보러\s?가기))?",
        r"|펼치기|접기|펼치기\s?/\s?접기|접기\s?/\s?펼치기|더\s?보기|자세히(?:\s?보기)?|내용\s?보기|클릭|(?:클릭|눌러)(?:하면|하시면|해서|하여|해|서)?\s.{0,8}(?:보기|열기|확인|펼치기|보세요|주세요|열립니다)|보기|토글",
        r"|click(?: here)?|(?:click|tap)(?: here)?(?: to)? (?:expand|show|see|reveal|view|open).{0,20}",
        r"|(?:show|see|view|reveal|toggle|expand)(?: the)?(?: (?:answers?|solutions?|more|details|hidden|content))?",
        r"|(?:the )?(?:answers?|solutions?|details|spoilers?|explanation)",
        r"|(?:解答|答え|回答|正解|解説)(?:(?:を|の)(?:見る|表示|開く))?|クリックして.{0,12}|詳細|開く",
        r"|(?:点击|點擊)?(?:查看|展开|展開|显示|顯示)?(?:参考|參考)?(?:答案|解析|详情|詳情|更多)",
        r")\W*$",
    ))
    .unwrap()
});

/// Between these two comments nothing becomes a card.
const SKIP: &str = "amgi: skip";
const END: &str = "amgi: end";

impl Reader<'_> {
    /// A comment that begins on this line, with all its lines; and what the skip marks enclose.
    pub(super) fn comment(&mut self, line: &str) -> bool {
        let Some(inside) = line.strip_prefix("<!--") else { return self.obsidian_comment(line) };
        if !self.comment_ends_line(inside) {
            return false;
        }
        let skips = inside.trim_start().starts_with(SKIP);
        self.aside_through("-->", Aside::Comment);
        if skips {
            while self.at < self.lines.len() {
                let ends = self.lines[self.at].contains("<!--") && self.lines[self.at].contains(END);
                self.aside(if ends { Aside::Comment } else { Aside::Skipped });
                if ends {
                    break;
                }
            }
        }
        true
    }

    /// `%% a comment %%` of Obsidian.
    fn obsidian_comment(&mut self, line: &str) -> bool {
        let closed = line.len() > 4 && line.ends_with("%%");
        if line.starts_with("%%") && closed {
            self.aside(Aside::Comment);
            return true;
        }
        let ends = || self.lines[self.at + 1..].iter().any(|line| line.trim() == "%%");
        let opens = line == "%%" && ends();
        if opens {
            self.aside(Aside::Comment);
            self.aside_through("%%", Aside::Comment);
        }
        opens
    }

    /// Whether nothing but the comment stands on its last line.
    fn comment_ends_line(&mut self, inside: &str) -> bool {
        let ends_line = |text: &str| text.split_once("-->").map(|(_, rest)| rest.trim().is_empty());
        let below = || self.next_with("-->", self.at + 1).and_then(|last| ends_line(self.lines[last]));
        ends_line(inside).or_else(below).unwrap_or(false)
    }

    /// The last line (by index) of a style sheet or a script that begins on this one. What is never closed is text.
    fn end_of_raw_text(&mut self, lower: &str) -> Option<usize> {
        let (name, close) = [("<style", "</style"), ("<script", "</script")].into_iter().find(|(name, _)| {
            lower.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|c: char| c != '>' && !c.is_whitespace()))
        })?;
        if lower[name.len()..].contains(close) { Some(self.at) } else { self.next_with(close, self.at + 1) }
    }

    fn aside_through(&mut self, end: &str, why: Aside) {
        while self.at < self.lines.len() {
            let last = self.lines[self.at].contains(end);
            self.aside(why);
            if last {
                return;
            }
        }
    }

    /// `::: tip Name` … `:::`, the boxes of documentation sites: the name heads what is in the box.
    pub(super) fn container(&mut self, indent: usize, line: &str) -> bool {
        let Some(rest) = line.strip_prefix(":::") else { return false };
        let rest = rest.trim_start_matches(':').trim();
        if rest.is_empty() {
            self.close(indent);
            self.aside(Aside::Markup);
        } else {
            let kind = rest.chars().take_while(char::is_ascii_alphanumeric).count();
            let kind = if rest.starts_with('{') { rest.find('}').map_or(kind, |close| close + 1) } else { kind };
            let title = rest[kind..].trim().trim_matches(['[', ']', '{', '}']);
            let text = Text::parse(title, self.number());
            self.piece(PieceKind::Open, indent, text);
        }
        self.blank = true;
        true
    }

    /// Whether a tag begins on this line, with nothing before or behind it, and ends on one of the next.
    fn is_long_tag(&self, line: &str) -> bool {
        const MOST: usize = 12;
        let name: String = line[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let opens = |line: &str| line.contains(['<', '>']);
        !opens(&line[1..])
            && (is_html_tag(&name) || name == "img")
            && !matches!(name.as_str(), "details" | "summary")
            && line[1 + name.len()..].chars().all(|c| !c.is_alphanumeric() || line.contains('='))
            && self.lines[self.at + 1..]
                .iter()
                .take(MOST)
                .find(|line| opens(line))
                .is_some_and(|last| last.trim().ends_with('>') && !last.contains('<') && last.matches('>').count() == 1)
    }

    /// `<details>`, `<summary>`, and lines that are nothing but tags.
    pub(super) fn html(&mut self, indent: usize, line: &str) -> bool {
        if !line.starts_with('<') {
            return false;
        }
        let lower = line.to_ascii_lowercase();
        if let Some(end) = self.end_of_raw_text(&lower) {
            while self.at <= end {
                self.aside(Aside::Markup);
            }
            return true;
        }
        if self.is_long_tag(&lower) {
            self.aside_through(">", if lower.starts_with("<img") { Aside::Image } else { Aside::Markup });
            return true;
        }
        if let Some(found) = HEADING.captures(line).filter(|found| found[1] == found[3]) {
            let text = Text::parse(found[2].trim(), self.number());
            if !text.is_empty() {
                self.piece(PieceKind::Heading(found[1].parse().unwrap_or(6)), indent, text);
                self.blank = true;
                return true;
            }
        }
        if let Some(found) = SUMMARY.captures(line) {
            let after = line[found.get(0).map_or(line.len(), |all| all.end())..].trim();
            self.summary(indent, &found[1], lower.contains("</summary>"), after);
            return true;
        }
        if lower.starts_with("</details") {
            self.close(indent);
            self.aside(Aside::Markup);
            self.blank = true;
            return true;
        }
        let name: String =
            lower.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let known = is_html_tag(&name)
            || matches!(name.as_str(), "br" | "b" | "strong" | "i" | "em" | "mark" | "u" | "code" | "img");
        if known && Text::parse(line, 0).is_empty() {
            self.aside(if name == "img" { Aside::Image } else { Aside::Markup });
            return true;
        }
        false
    }

    /// A fold's name, and what stands behind it on its line. `named`: the name ends on this line.
    fn summary(&mut self, indent: usize, name: &str, named: bool, after: &str) {
        let mut text = Text::parse(name, self.number());
        if name.trim().is_empty() && !named && self.at + 1 < self.lines.len() {
            self.aside(Aside::Markup); // the name stands on a line of its own
            text = Text::parse(self.lines[self.at].trim().trim_end_matches("</summary>"), self.number());
        }
        if ASKS_TO_OPEN.is_match(&text.plain) {
            text = Text::default();
            self.out.asides.push((self.number(), Aside::Markup));
        }
        let closes = after.to_ascii_lowercase().contains("</details>");
        let body = after.split("</details>").next().unwrap_or_default().trim();
        self.piece(PieceKind::Open, indent, text);
        if !body.is_empty() {
            let text = Text::parse(body, self.at);
            self.at -= 1;
            self.piece(PieceKind::Line, indent, text);
        }
        if closes {
            self.close(indent);
        }
        self.blank = true;
    }

    pub(super) fn close(&mut self, indent: usize) {
        self.out.pieces.push(super::Piece {
            kind: PieceKind::Close,
            indent,
            text: Text::default(),
            blank_before: true,
            after_quote: false,
            quoted: false,
        });
    }
}
