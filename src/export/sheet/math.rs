//! TeX formulas as a tree of data that `templates/sheet/math.typ` sets. A formula that cannot be read is printed as
//! it was typed.

use pulldown_latex::event::{
    Content, EnvironmentFlow, Event, Font, Grouping, RelationContent, ScriptPosition, ScriptType, StateChange, Visual,
};
use pulldown_latex::{Parser, Storage};
use serde_json::{Value, json};

/// A longer formula (bytes) is printed as it was typed.
const MAX_TEX: usize = 2_000;
/// So is one that is nested deeper.
const MAX_DEPTH: usize = 24;
/// A longer one (bytes) may have to break.
const MAX_TALL: usize = 100;

/// A formula: `{t: "math", display, tall, c}` or, where it cannot be read, `{t: "tex", v}`. A `tall` one is higher than
/// a line, and so short that it need not break.
pub(super) fn node(tex: &str, display: bool) -> Value {
    match read(tex) {
        Some(content) => {
            json!({"t": "math", "display": display, "tall": tex.len() < MAX_TALL && is_tall(&content), "c": content})
        }
        None => json!({"t": "tex", "v": tex}),
    }
}

fn is_tall(node: &Value) -> bool {
    match node {
        Value::Array(nodes) => nodes.iter().any(is_tall),
        Value::Object(map) => {
            let tall = ["frac", "binom", "matrix", "cases", "lines", "accent"];
            map.get("t").and_then(Value::as_str).is_some_and(|t| tall.contains(&t)) || map.values().any(is_tall)
        }
        _ => false,
    }
}

fn read(tex: &str) -> Option<Value> {
    if tex.len() > MAX_TEX {
        return None;
    }
    let storage = Storage::new();
    let events = Parser::new(tex, &storage).collect::<Result<Vec<_>, _>>().ok()?;
    let mut reader = Reader { events: &events, depth: 0 };
    let rows = reader.rows()?;
    reader.events.is_empty().then(|| lines(rows))
}

/// Rows of cells of elements: what an environment holds.
type Rows = Vec<Vec<Vec<Value>>>;

struct Reader<'a> {
    /// What is still to be read.
    events: &'a [Event<'a>],
    depth: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a Event<'a>> {
        let (first, rest) = self.events.split_first()?;
        self.events = rest;
        Some(first)
    }

    /// Everything up to the end of the group, with that end.
    fn rows(&mut self) -> Option<Rows> {
        let mut rows: Rows = vec![vec![Vec::new()]];
        loop {
            match self.events.first() {
                None => break,
                Some(Event::End) => {
                    self.next();
                    break;
                }
                Some(Event::EnvironmentFlow(flow)) => {
                    match flow {
                        EnvironmentFlow::Alignment => rows.last_mut()?.push(Vec::new()),
                        EnvironmentFlow::NewLine { .. } => rows.push(vec![Vec::new()]),
                        EnvironmentFlow::StartLines { .. } => {}
                    }
                    self.next();
                }
                Some(Event::StateChange(StateChange::Font(font))) => {
                    self.next();
                    let styled = self.styled(*font)?;
                    rows.last_mut()?.last_mut()?.push(styled);
                }
                Some(Event::StateChange(_)) => {
                    self.next();
                }
                Some(_) => {
                    let element = self.element()?;
                    rows.last_mut()?.last_mut()?.push(element);
                }
            }
        }
        if rows.len() > 1 && rows.last().is_some_and(|row| row.iter().all(Vec::is_empty)) {
            rows.pop();
        }
        Some(rows)
    }

    /// What a font holds for: the rest of the cell.
    fn styled(&mut self, font: Option<Font>) -> Option<Value> {
        let mut elements = Vec::new();
        while !matches!(
            self.events.first(),
            None | Some(Event::End | Event::EnvironmentFlow(_) | Event::StateChange(StateChange::Font(_)))
        ) {
            if matches!(self.events.first(), Some(Event::StateChange(_))) {
                self.next();
            } else {
                elements.push(self.element()?);
            }
        }
        Some(json!({"t": "font", "kind": font.map_or("plain", font_name), "c": elements}))
    }

    fn element(&mut self) -> Option<Value> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let element = match self.next()? {
            Event::Content(content) => content_node(content),
            Event::Begin(grouping) => self.group(grouping)?,
            Event::Visual(visual) => self.visual(*visual)?,
            Event::Script { ty, position } => self.script(*ty, *position)?,
            Event::Space { width, .. } => {
                json!({"t": "space", "em": width.map_or(0.0, |width| f64::from(width.value).clamp(-1.0, 4.0))})
            }
            Event::StateChange(_) => row(Vec::new()),
            Event::End | Event::EnvironmentFlow(_) => return None,
        };
        self.depth -= 1;
        Some(element)
    }

    fn group(&mut self, grouping: &Grouping) -> Option<Value> {
        let rows = self.rows()?;
        Some(match grouping {
            Grouping::LeftRight(left, right) => {
                let edge = |edge: &Option<char>| edge.map(String::from).unwrap_or_default();
                json!({"t": "lr", "open": edge(left), "close": edge(right), "c": lines(rows)})
            }
            Grouping::Matrix { .. } | Grouping::Array(_) | Grouping::SubArray { .. } => {
                json!({"t": "matrix", "rows": cells(rows)})
            }
            Grouping::Cases { left } => json!({"t": "cases", "left": left, "rows": cells(rows)}),
            _ => lines(rows),
        })
    }

    fn visual(&mut self, visual: Visual) -> Option<Value> {
        Some(match visual {
            Visual::SquareRoot => json!({"t": "root", "c": self.element()?}),
            Visual::Root => {
                let radicand = self.element()?;
                json!({"t": "root", "c": radicand, "index": self.element()?})
            }
            Visual::Fraction(bar) => {
                let above = self.element()?;
                let kind = if bar.is_some_and(|bar| bar.value == 0.0) { "binom" } else { "frac" };
                json!({"t": kind, "above": above, "below": self.element()?})
            }
            Visual::Negation => negated(self.element()?),
        })
    }

    fn script(&mut self, ty: ScriptType, position: ScriptPosition) -> Option<Value> {
        let base = self.element()?;
        let sub = matches!(ty, ScriptType::Subscript | ScriptType::SubSuperscript).then(|| self.element());
        let sup = matches!(ty, ScriptType::Superscript | ScriptType::SubSuperscript).then(|| self.element());
        let (sub, sup) = (sub.map_or(Some(None), |sub| sub.map(Some))?, sup.map_or(Some(None), |sup| sup.map(Some))?);
        if position == ScriptPosition::AboveBelow
            && let (Some(over), None) | (None, Some(over)) = (&sup, &sub)
            && let Some(accent) = accent(over)
        {
            return Some(json!({"t": "accent", "kind": accent, "c": base}));
        }
        let kind = match position {
            ScriptPosition::Right => "right",
            ScriptPosition::AboveBelow => "limits",
            ScriptPosition::Movable => "movable",
        };
        Some(json!({"t": "script", "kind": kind, "base": base, "sub": sub, "sup": sup}))
    }
}

fn row(elements: Vec<Value>) -> Value {
    match <[Value; 1]>::try_from(elements) {
        Ok([only]) => only,
        Err(elements) => json!({"t": "row", "c": elements}),
    }
}

fn cells(rows: Rows) -> Vec<Vec<Value>> {
    rows.into_iter().map(|cells| cells.into_iter().map(row).collect()).collect()
}

/// Rows one under the other, lined up where the formula says so; one row alone is that row.
fn lines(rows: Rows) -> Value {
    let mut rows = cells(rows);
    if let [only] = rows.as_mut_slice()
        && let [cell] = only.as_mut_slice()
    {
        return std::mem::take(cell);
    }
    json!({"t": "lines", "rows": rows})
}

fn content_node(content: &Content<'_>) -> Value {
    let symbol = |symbol: String| json!({"t": "symbol", "v": symbol});
    match content {
        Content::Text(text) => json!({"t": "text", "v": text}),
        Content::Number(number) => json!({"t": "text", "v": number}),
        Content::Function(name) => json!({"t": "function", "v": name}),
        // what is no letter of a formula (Hangul) is set as the text it is
        Content::Ordinary { content, .. }
            if content.is_alphabetic() && u32::from(*content) > 0x2FFF && u32::from(*content) < 0x1_0000 =>
        {
            json!({"t": "text", "v": content.to_string()})
        }
        Content::Ordinary { content, .. } | Content::LargeOp { content, .. } | Content::BinaryOp { content, .. } => {
            symbol(content.to_string())
        }
        Content::Relation { content, .. } => symbol(relation(content)),
        Content::Delimiter { content, .. } => symbol(content.to_string()),
        Content::Punctuation(content) => symbol(content.to_string()),
    }
}

fn relation(content: &RelationContent) -> String {
    let mut bytes = [0; 8];
    String::from_utf8_lossy(content.encode_utf8_to_buf(&mut bytes)).into_owned()
}

fn negated(mut element: Value) -> Value {
    if element["t"] == "symbol" {
        let bare = element["v"].as_str().unwrap_or_default();
        let known = [
            ("=", "≠"),
            ("∈", "∉"),
            ("∋", "∌"),
            ("⊂", "⊄"),
            ("⊆", "⊈"),
            ("∃", "∄"),
            ("≡", "≢"),
            ("∼", "≁"),
            ("<", "≮"),
            (">", "≯"),
            ("≤", "≰"),
            ("≥", "≱"),
            ("∣", "∤"),
            ("∥", "∦"),
        ];
        let not = known.iter().find(|(plain, _)| *plain == bare).map(|(_, not)| (*not).to_owned());
        element["v"] = json!(not.unwrap_or_else(|| format!("{bare}\u{338}")));
        return element;
    }
    json!({"t": "cancel", "c": element})
}

/// The name of an accent that stands over or under something.
fn accent(over: &Value) -> Option<&'static str> {
    if over["t"] != "symbol" {
        return None;
    }
    Some(match over["v"].as_str()? {
        "^" | "ˆ" | "\u{302}" => "hat",
        "~" | "˜" | "∼" | "\u{303}" => "tilde",
        "¯" | "‾" | "ˉ" | "\u{304}" | "\u{305}" | "―" => "overline",
        "_" | "\u{332}" => "underline",
        "→" | "\u{20D7}" => "arrow",
        "←" => "arrow.l",
        "˙" | "\u{307}" => "dot",
        "¨" | "\u{308}" => "dot.double",
        "˘" | "\u{306}" => "breve",
        "ˇ" | "\u{30C}" => "caron",
        "´" | "\u{301}" => "acute",
        "`" | "\u{300}" => "grave",
        "⏞" => "overbrace",
        "⏟" => "underbrace",
        "⎴" => "overbracket",
        "⎵" => "underbracket",
        _ => return None,
    })
}

fn font_name(font: Font) -> &'static str {
    match font {
        Font::Bold | Font::BoldSansSerif => "bold",
        Font::BoldItalic | Font::BoldSymbol | Font::SansSerifBoldItalic => "bold-italic",
        Font::BoldScript | Font::Script => "script",
        Font::Fraktur | Font::BoldFraktur => "fraktur",
        Font::Monospace => "mono",
        Font::SansSerif | Font::SansSerifItalic => "sans",
        Font::DoubleStruck | Font::DoubleStruckItalic => "double",
        Font::Italic => "italic",
        Font::UpRight => "upright",
    }
}
