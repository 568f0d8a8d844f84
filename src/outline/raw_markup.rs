//! Markup of notes that no CommonMark parser reads the way its writer meant it, put right before the parse.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// A line made ready for the parser.
pub(super) struct Prepared {
    pub(super) text: String,
    /// An embed was taken out.
    pub(super) has_image: bool,
}

#[allow(clippy::unwrap_used, reason = "the patterns are constants and every test runs them")]
pub(super) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

/// `[^1]`, a reference to a footnote.
static FOOTNOTE: LazyLock<Regex> = LazyLock::new(|| regex(r"\[\^[^\]\s]+\]"));
/// `[tex: x^2]`, a formula as Hatena has it.
static HATENA_TEX: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\[tex:\s*(?:\\displaystyle\s*)?((?:[^\[\]]|\[[^\[\]]*\])+?)\s*\]"));
/// `[[1](#sources): 24]`, `[[more](#above)]`: a reference to elsewhere in the note.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| regex(r"\s*\[\[[^\[\]]+\]\(#[^()\s]*\)[^\[\]]*\]"));
/// ` [3]`, ` [3, 7]`, ` [3: 24-25]` at the end of a line: a source by its number.
static CITATION: LazyLock<Regex> = LazyLock::new(|| regex(r"\s\[\d{1,3}(?:\s*[,:–-]\s*\d{1,4})*\]([.,。]?)\s*$"));
/// ` ^block-id` at the end of a line, which Obsidian links to.
static BLOCK_ID: LazyLock<Regex> = LazyLock::new(|| regex(r"\s\^[A-Za-z0-9-]+\s*$"));
/// `![[picture.png]]`, an Obsidian embed.
static EMBED: LazyLock<Regex> = LazyLock::new(|| regex(r"!\[\[[^\]]*\]\]"));
/// `** spaced **`, which CommonMark does not take for bold; people do.
static LOOSE_BOLD: LazyLock<Regex> = LazyLock::new(|| regex(r"\*\*([^*]+?)\*\*"));
/// `{: width="100%"}`, the attributes that kramdown takes.
static ATTRIBUTES: LazyLock<Regex> = LazyLock::new(|| regex(r#"\{:\s*[.#A-Za-z][^{}]*\}"#));
/// `![a picture](its name.png)`: CommonMark takes no name with spaces.
static SPACED_PICTURE: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"!\[([^\[\]]*)\]\(([^()<>\s"]+(?: [^()<>\s"]+)+\.[A-Za-z]{3,4})\)"#));
/// `{{< notice >}}`, a tag of Hugo's.
static SHORTCODE_OF_HUGO: LazyLock<Regex> = LazyLock::new(|| regex(r"\{\{[<%].*?[>%]\}\}"));
/// `%% a comment %%`, which Obsidian hides.
static OBSIDIAN_COMMENT: LazyLock<Regex> = LazyLock::new(|| regex(r"%%.+?%%"));
/// `<ul><li>a</li><li>b</li></ul>` within a line.
static ITEM_IN_LINE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\s*<li(?:\s[^<>]*)?>\s*"));
static LIST_IN_LINE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)</?[uo]l(?:\s[^<>]*)?>|</li>"));
/// `'''bold'''` of wikis.
static WIKI_BOLD: LazyLock<Regex> = LazyLock::new(|| regex(r"'''([^']+)'''"));
/// ` ***` at the end of a line without other stars: how important somebody finds it.
static RATING: LazyLock<Regex> = LazyLock::new(|| regex(r"^([^*]*[^*\s])\s*\*{2,5}\s*$"));
/// `{% include video.html %}`, a tag of Jekyll's; `{{% tab %}}`, one of Hugo's.
static LIQUID: LazyLock<Regex> = LazyLock::new(|| regex(r"\{\{%[^%{}]*%\}\}|\{%[^%{}]*%\}"));
/// Bold marked twice, and bold that ends where it begins, before a word. `****` elsewhere hides something.
static TWICE_BOLD: LazyLock<Regex> = LazyLock::new(|| regex(r"\*{4}([^*\s][^*]*)\*{4}"));
static EMPTY_BOLD: LazyLock<Regex> = LazyLock::new(|| regex(r"(^|\s)\*{4}(\p{L})"));
/// `<sup>ABC</sup>` behind a word: what others put in brackets. An exponent (`e<sup>kt</sup>`) stands right behind a
/// letter, an ordinal right behind its number.
static RAISED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(\p{L}{2}|[^\d\s]\s)\s*<sup>\s*([^<>\[\]]*\p{L}{2}[^<>]*?)\s*</sup>"));
/// `{{c1::word}}`, `{{c1::word::hint}}`: a gap as Anki has it.
static GAP: LazyLock<Regex> = LazyLock::new(|| regex(r"\{\{c\d+::(.+?)(?:::[^{}]*)?\}\}"));
/// `<style>…</style>`, `<script>…</script>`: nothing that anybody reads.
static UNREAD: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)<style[\s>].*?</style>|<script[\s>].*?</script>"));
/// `<!-- a comment -->` within a line.
static COMMENT: LazyLock<Regex> = LazyLock::new(|| regex(r"<!--.*?-->"));

/// `:smile:`, the name of an emoji as GitHub, Slack and Notion write it; a time or a ratio has digits only.
static SHORTCODE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(^|[\s|()（）、。,.>*])(:[a-z][a-z0-9_+-]*[a-z0-9]:|:[xo]:)"));

/// `$\rightarrow$` at the start of a line: an arrow that somebody could only type as a formula.
static ARROW: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?m)^([ \t]*(?:[-*+] )?)\$\s*\\(?:(?:[Ll]ong)?([rR])ightarrow|to|implies)\s*\$"));

/// A note with the arrows that lead its lines as signs. Lines stay lines.
pub(super) fn with_arrows(text: &str) -> Cow<'_, str> {
    if !text.contains("arrow") && !text.contains("\\to") && !text.contains("\\implies") {
        return Cow::Borrowed(text);
    }
    ARROW.replace_all(text, "$1→")
}

/// Whether a name of an emoji may stand in a line.
pub(super) fn may_have_shortcode(raw: &str) -> bool {
    raw.bytes().zip(raw.bytes().skip(1)).any(|(a, b)| a == b':' && b.is_ascii_lowercase())
}

/// The names of emoji: those that say yes or no as signs, the others left out.
fn without_shortcodes(text: &str) -> String {
    let signs = |found: &regex::Captures<'_>| {
        let sign = match &found[2] {
            ":x:" | ":heavy_multiplication_x:" | ":no_entry_sign:" => "✗",
            ":o:" | ":white_check_mark:" | ":heavy_check_mark:" | ":ballot_box_with_check:" => "✓",
            _ => "",
        };
        format!("{}{sign}", &found[1])
    };
    SHORTCODE.replace_all(text, signs).into_owned()
}

/// `64~1500`, `9시~18시`: a single `~` means "to" and strikes nothing out. In code, formulas and addresses it stands as it is.
fn with_ranges(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let formulas = text.matches('$').count().is_multiple_of(2);
    let (mut before, mut code, mut formula, mut address) = (' ', false, false, false);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        code ^= c == '`';
        formula ^= formulas && c == '$';
        // from `://` on, or behind a `/` as in `/~name`, up to white space
        address = !c.is_whitespace() && (address || before == '/' && matches!(c, '/' | '~'));
        let single = before != '~' && before != '\\' && rest.peek() != Some(&'~');
        if c == '~' && single && !(code || formula || address) {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// A word and what was raised behind it, in brackets unless it has its own.
fn in_brackets(found: &regex::Captures<'_>) -> String {
    let (word, raised) = (&found[1], &found[2]);
    let bare = raised.strip_prefix('(').and_then(|raised| raised.strip_suffix(')')).unwrap_or(raised);
    format!("{word} ({bare})")
}

/// What is taken out or written otherwise wherever it stands, by what a text has that may have it.
static ANYWHERE: [(&str, &LazyLock<Regex>, &str); 10] = [
    ("![", &SPACED_PICTURE, "![$1](<$2>)"),
    ("[^", &FOOTNOTE, ""),
    ("[tex:", &HATENA_TEX, "$$$1$$"),
    ("](#", &REFERENCE, ""),
    (" [", &CITATION, "$1"),
    ("^", &BLOCK_ID, ""),
    ("{:", &ATTRIBUTES, ""),
    ("{%", &LIQUID, ""),
    ("</s", &UNREAD, ""),
    ("<!--", &COMMENT, ""),
];

/// The same for what is left alone in lines with code.
static OUTSIDE_CODE: [(&str, &LazyLock<Regex>, &str); 9] = [
    ("'''", &WIKI_BOLD, "**$1**"),
    ("****", &TWICE_BOLD, "**$1**"),
    ("****", &EMPTY_BOLD, "$1$2"),
    ("{{c", &GAP, "**$1**"),
    ("{{", &SHORTCODE_OF_HUGO, ""),
    ("%%", &OBSIDIAN_COMMENT, ""),
    ("<li", &ITEM_IN_LINE, "<br>- "),
    ("<ul", &LIST_IN_LINE, ""),
    ("<ol", &LIST_IN_LINE, ""),
];

pub(super) fn prepare(raw: &str) -> Prepared {
    let mut text = raw.to_owned();
    if may_have_shortcode(&text) {
        text = without_shortcodes(&text);
    }
    let has_image = text.contains("![[");
    if has_image {
        text = EMBED.replace_all(&text, "").into_owned();
    }
    let outside = if text.contains('`') { [].as_slice() } else { OUTSIDE_CODE.as_slice() };
    for (part, pattern, instead) in ANYWHERE.iter().chain(outside) {
        if text.contains(part) {
            text = pattern.replace_all(&text, *instead).into_owned();
        }
    }
    if text.contains('<') {
        text = with_placeholders(text);
    }
    if text.contains("<sup>") {
        text = RAISED.replace_all(&text, in_brackets).into_owned();
    }
    if text.contains('~') {
        text = with_ranges(&text);
    }
    if text.ends_with('*')
        && let Some(rated) = RATING.captures(&text)
    {
        text = rated[1].to_owned();
    }
    // a break where the line ends anyway
    if text.ends_with('\\') && !text.ends_with("\\\\") {
        text.pop();
    }
    if text.contains("**") {
        text = LOOSE_BOLD.replace_all(&text, tight_bold).into_owned();
    }
    Prepared { text, has_image }
}

/// `a rope from <source>`: a tag of tables or of pages within a line that never closes it is a word that stands for another.
fn with_placeholders(mut text: String) -> String {
    const NAMES: [&str; 12] =
        ["table", "col", "source", "section", "caption", "title", "style", "summary", "details", "nav", "a", "p"];
    for name in NAMES {
        let tag = format!("<{name}>");
        if !text.contains(&tag) || text.starts_with(&tag) || text.contains(&format!("</{name}>")) {
            continue;
        }
        // code is between every other pair of backticks
        let outside = |(at, part): (usize, &str)| {
            if at % 2 == 0 { part.replace(&tag, &format!("\\{tag}")) } else { part.to_owned() }
        };
        text = text.split('`').enumerate().map(outside).collect::<Vec<_>>().join("`");
    }
    text
}

/// `** spaced **` as CommonMark has it.
fn tight_bold(found: &regex::Captures<'_>) -> String {
    let inner = &found[1];
    let bold = inner.trim();
    let parts_code = !inner.matches('`').count().is_multiple_of(2);
    if bold.is_empty() || parts_code {
        return found[0].to_owned();
    }
    let (before, after) = (&inner[..inner.len() - inner.trim_start().len()], &inner[inner.trim_end().len()..]);
    format!("{before}**{bold}**{after}")
}

/// Elements that notes carry for looks only; other `<…>` is text.
pub(super) fn is_html_tag(name: &str) -> bool {
    const TAGS: [&str; 43] = [
        "a",
        "abbr",
        "aside",
        "big",
        "blockquote",
        "center",
        "cite",
        "colgroup",
        "col",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "rb",
        "ruby",
        "small",
        "span",
        "style",
        "sub",
        "summary",
        "sup",
        "table",
        "td",
        "th",
        "tr",
        "ul",
        "wbr",
    ];
    TAGS.contains(&name)
        || matches!(name, "tbody" | "thead" | "q" | "section" | "caption" | "picture" | "source" | "svg" | "nav")
}
