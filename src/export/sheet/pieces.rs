//! What a card says in pieces, each small enough for any card, so that it can go on on a second one.

use serde_json::{Value, json};

use super::nodes::{self, width};

/// A paragraph is cut into pieces of about this width (half-ems), at spaces.
const PIECE: usize = 60;

/// The pieces of a node, in order: nodes too. A paragraph that `joins` continues the one before it.
pub(super) fn pieces(node: &Value) -> Vec<Value> {
    let list = |node: &Value, of: &str| node[of].as_array().cloned().unwrap_or_default();
    match node["t"].as_str().unwrap_or_default() {
        "stack" => list(node, "c").iter().flat_map(pieces).collect(),
        "p" => paragraph(node),
        "quote" => pieces(&node["c"]).into_iter().map(|piece| json!({"t": "quote", "c": piece})).collect(),
        "ul" => list(node, "items")
            .iter()
            .flat_map(|item| items(item, |first| json!({"t": "ul", "items": [first]})))
            .collect(),
        "ol" => {
            let start = node["start"].as_u64().unwrap_or(1);
            let numbered = list(node, "items").into_iter().zip(start..);
            numbered
                .flat_map(|(item, n)| items(&item, |first| json!({"t": "ol", "start": n, "items": [first]})))
                .collect()
        }
        "pre" => list(node, "lines").into_iter().map(|line| json!({"t": "pre", "lines": [line]})).collect(),
        "grid" => {
            let head = std::iter::once(node["head"].clone())
                .filter(|head| head.as_array().is_some_and(|head| !head.is_empty()));
            let columns = node["columns"].clone();
            let with_head = head.map(|head| json!({"t": "grid", "columns": columns, "head": head, "rows": []}));
            let rows = list(node, "rows").into_iter();
            let rows = rows.map(|row| json!({"t": "grid", "columns": columns, "head": [], "rows": [row]}));
            with_head.chain(rows).collect()
        }
        "pairs" => list(node, "rows").iter().flat_map(pair).collect(),
        _ => vec![node.clone()],
    }
}

/// The widths (half-ems) of a node's lines where none of them breaks; none where they are not told so simply. They
/// spare most cards the measuring.
pub(super) fn lines(node: &Value) -> Option<Vec<usize>> {
    let all = |nodes: &Value, more: usize| -> Option<Vec<usize>> {
        let lines: Option<Vec<Vec<usize>>> = nodes.as_array()?.iter().map(lines).collect();
        Some(lines?.into_iter().flatten().map(|wide| wide + more).collect())
    };
    match node["t"].as_str()? {
        "stack" => all(&node["c"], 0),
        "ul" | "ol" => all(&node["items"], 4),
        "p" => {
            let content = node["c"].as_array()?;
            let plain = |node: &Value| {
                matches!(node["t"].as_str(), Some("text" | "b" | "i" | "code" | "mark" | "span" | "link" | "gap"))
            };
            content.iter().all(plain).then(|| vec![content.iter().map(node_width).sum::<usize>() + 8])
        }
        "alt" => Some(vec![node_width(node)]),
        _ => None,
    }
}

/// A list's item: its first piece with its mark, the others below it without.
fn items(item: &Value, marked: impl Fn(&Value) -> Value) -> Vec<Value> {
    let all = whole_or(item);
    let first = all.first().map(marked);
    first.into_iter().chain(all.iter().skip(1).map(|piece| json!({"t": "indent", "c": piece}))).collect()
}

/// A subject and what is said of it: the name stands once.
fn pair(row: &Value) -> Vec<Value> {
    let all = whole_or(&row[1]);
    let empty = json!({"t": "p", "w": 0, "c": []});
    let names = std::iter::once(&row[0]).chain(std::iter::repeat(&empty));
    all.iter().zip(names).map(|(piece, name)| json!({"t": "pairs", "rows": [[name, piece]]})).collect()
}

/// A node in pieces, or as it is if it is short.
fn whole_or(node: &Value) -> Vec<Value> {
    if let (Some("stack"), Some(parts)) = (node["t"].as_str(), node["c"].as_array()) {
        return parts.iter().flat_map(whole_or).collect();
    }
    if node["t"] == "p" && node["c"].as_array().is_none_or(|c| c.iter().map(node_width).sum::<usize>() < 6 * PIECE) {
        return vec![node.clone()];
    }
    pieces(node)
}

fn node_width(node: &Value) -> usize {
    node["v"].as_str().map_or(0, width) + node["c"].as_array().map_or(0, |c| c.iter().map(node_width).sum())
}

fn paragraph(node: &Value) -> Vec<Value> {
    let parts: Vec<Value> =
        node["c"].as_array().map_or_else(Vec::new, |content| content.iter().flat_map(inline).collect());
    let mut out: Vec<(usize, Vec<Value>)> = Vec::new();
    for part in parts {
        let wide = node_width(&part);
        match out.last_mut() {
            Some((before, parts)) if *before + wide <= PIECE => {
                *before += wide;
                parts.push(part);
            }
            _ => out.push((wide, vec![part])),
        }
    }
    out.into_iter()
        .enumerate()
        .map(|(i, (_, parts))| json!({"t": "p", "w": node["w"], "c": parts, "joins": i > 0}))
        .collect()
}

/// Text within a line, in parts that end at spaces; what is marked up is marked up in each of its parts.
fn inline(node: &Value) -> Vec<Value> {
    if node_width(node) <= PIECE {
        return vec![node.clone()];
    }
    if let (Some("text"), Some(text)) = (node["t"].as_str(), node["v"].as_str()) {
        let mut out: Vec<String> = Vec::new();
        for word in text.split_inclusive(' ').flat_map(short_words) {
            match out.last_mut() {
                Some(last) if width(last) + width(&word) <= PIECE => last.push_str(&word),
                _ => out.push(word),
            }
        }
        return out.iter().flat_map(|text| nodes::texts("text", text, &mut false)).collect();
    }
    match node["c"].as_array() {
        Some(content) => {
            let with = |part: Value| {
                let mut one = node.clone();
                one["c"] = json!([part]);
                one
            };
            content.iter().flat_map(inline).map(with).collect()
        }
        None => vec![node.clone()],
    }
}

/// A word without a space in it (Chinese, Japanese, addresses) in parts that fit a piece.
fn short_words(word: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for c in word.chars() {
        match out.last_mut() {
            Some(last) if width(last) < PIECE => last.push(c),
            _ => out.push(c.to_string()),
        }
    }
    out
}
