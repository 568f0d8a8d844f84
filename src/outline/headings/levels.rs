//! At what level a heading stands that lost its `#`.

use std::collections::BTreeSet;

use super::subjects;
use crate::letter::{is_letter_or_digit, key};
use crate::outline::pieces::{Piece, PieceKind};

/// Levels of bold lines between headings that have their marks: one below the heading they stand under.
pub(super) fn under_marked(pieces: &[Piece], found: &[usize]) -> Vec<u8> {
    let mut level = 0;
    let mut at = 0;
    found
        .iter()
        .map(|&i| {
            for piece in &pieces[at..i] {
                if let PieceKind::Heading(own) = piece.kind {
                    level = own;
                }
            }
            at = i;
            level + 1
        })
        .collect()
}

/// What is known of a lost heading when its level is looked for.
struct Lost<'a> {
    name: &'a str,
    /// Nothing but the next heading stands under it.
    bare: bool,
    colon: bool,
}

/// Levels of headings in a note where none has its mark: 1 a part of the note, 2 a topic or a group of topics,
/// 3 a topic of the group or one that begins with the name of the topic above, 4 a `Name:` within a topic.
pub(super) fn unmarked(pieces: &[Piece], found: &[usize]) -> Vec<u8> {
    let lost: Vec<Lost> = found
        .iter()
        .map(|&i| Lost {
            name: pieces[i].text.plain.as_str(),
            bare: found.binary_search(&(i + 1)).is_ok(),
            colon: pieces[i].text.plain.ends_with([':', '：']),
        })
        .collect();
    let contents = contents(pieces, &lost);
    let is_part = |lost: &Lost| {
        lost.bare && !lost.colon && (contents.is_empty() || names_part(lost, &contents) || is_rest(lost, &contents))
    };
    let parted = lost.iter().filter(|lost| is_part(lost)).count() >= 2;
    let mut levels = Vec::with_capacity(lost.len());
    let mut topic: Option<(&str, u8)> = None;
    let mut group = false;
    let mut rivals: Option<(Vec<String>, u8)> = None;
    for (k, one) in lost.iter().enumerate() {
        let rival =
            rivals.as_ref().filter(|(subjects, _)| subjects.contains(&key(one.name))).map(|(_, level)| level + 1);
        let level = if one.colon {
            rival.unwrap_or(4)
        } else if let Some(level) = rival {
            level
        } else if parted && is_part(one) {
            group = false;
            1
        } else if let Some((above, level)) = topic
            && (begins_with(one.name, above) || is_difference(one.name))
        {
            level + 1
        } else if group && !one.bare {
            3
        } else {
            group = one.bare
                && subjects(one.name).is_none()
                && k + 1 < lost.len()
                && !begins_with(lost[k + 1].name, one.name);
            2
        };
        if !one.colon && rival.is_none() {
            let nested = topic.is_some_and(|(above, up)| {
                level == up + 1 && (begins_with(one.name, above) || is_difference(one.name))
            });
            if !nested {
                topic = (level > 1).then_some((one.name, level));
            }
            rivals = subjects(one.name).map(|subjects| (subjects, level));
        }
        levels.push(level);
    }
    levels
}

/// The items of the first list of the note that later headings are named after, as keys; none if there is only one.
fn contents(pieces: &[Piece], lost: &[Lost]) -> BTreeSet<String> {
    let items: Vec<String> = pieces
        .iter()
        .skip_while(|piece| !matches!(piece.kind, PieceKind::Item { .. }))
        .take_while(|piece| matches!(piece.kind, PieceKind::Item { .. }))
        .map(|piece| key(&piece.text.plain))
        .filter(|item| item.chars().count() >= 2)
        .collect();
    let bare: BTreeSet<String> = lost.iter().filter(|lost| lost.bare).map(|lost| key(lost.name)).collect();
    let is_named = |item: &String| bare.range(item.clone()..).next().is_some_and(|name| name.starts_with(item));
    let named: Vec<String> = items.into_iter().filter(is_named).collect();
    if named.len() >= 2 { named.into_iter().collect() } else { BTreeSet::new() }
}

/// `Other services`, where no part that has a heading is named: it belongs to none of them.
fn is_rest(heading: &Lost, items: &BTreeSet<String>) -> bool {
    let starts = ["기타 ", "그 외 ", "그외 ", "Other ", "Others", "Miscellaneous", "その他"];
    let names_one = |name: String| items.iter().any(|item| name.contains(item));
    starts.iter().any(|start| heading.name.starts_with(start)) && !names_one(key(heading.name))
}

fn names_part(heading: &Lost, items: &BTreeSet<String>) -> bool {
    let key = key(heading.name);
    let mut ends = key.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.any(|end| items.contains(&key[..end]))
}

fn begins_with(name: &str, above: &str) -> bool {
    let above = above.split(['(', '（']).next().unwrap_or(above).trim();
    name.len() > above.len()
        && above.chars().count() >= 2
        && name
            .strip_prefix(above)
            .is_some_and(|rest| rest.starts_with([' ', '의', ':']) || !rest.starts_with(is_letter_or_digit))
}

/// `X와의 차이`: the other side is the topic above.
fn is_difference(name: &str) -> bool {
    if !name.ends_with(['이', '점', '교', 'い']) {
        return false;
    }
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    ["와의차이", "과의차이", "와의차이점", "과의차이점", "와의비교", "과의비교", "との違い"]
        .iter()
        .any(|end| name.ends_with(end))
}
