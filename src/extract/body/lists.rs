//! The list under a block.

use super::naming::names_its_own;
use super::{Body, is_links, of, parts};
use crate::extract::fact;
use crate::letter::key;
use crate::outline::labels::is_marked_question;
use crate::outline::{BlockKind, Marker, Outline, sentence};

/// Code with more lines than these (its fences among them) is a listing.
const MAX_CODE: usize = 8;

/// The list under a block, up to a question or a label that stands behind it.
pub(in crate::extract) fn list(outline: &Outline, index: usize) -> Body {
    const SEVERAL: usize = 3;
    let (mut seen, mut numbers) = (false, 0);
    let mut children = Vec::new();
    for child in parts(outline, index) {
        let block = outline.block(child);
        let own = matches!(block.kind, BlockKind::Line)
            && (!block.children.is_empty()
                || block.text.plain.ends_with(['?', '？'])
                || names_its_own(&block.text.plain));
        // bullets behind a numbered list are no more of its numbers
        let other_list = numbers >= SEVERAL && matches!(block.kind, BlockKind::Item { marker: Marker::Bullet(_), .. });
        if seen && own || other_list {
            break;
        }
        let is_link = matches!(block.kind, BlockKind::Line) && block.text.is_wholly(|style| style.link.is_some());
        if (seen || is_link) && is_links(outline, child) {
            continue; // where more of it is said
        }
        // a listing behind the items is none of them; a line or two of code show what they say
        if seen
            && matches!(&block.kind, BlockKind::Code { language, lines } if language != "math" && lines.len() > MAX_CODE)
        {
            continue;
        }
        numbers += usize::from(matches!(block.kind, BlockKind::Item { marker: Marker::Number(..), .. }));
        seen |= matches!(block.kind, BlockKind::Item { .. });
        children.push(child);
    }
    of(outline, &children)
}

/// The items under a block whose name says how many there are, where so many stand together behind something else.
pub(in crate::extract) fn counted_list(outline: &Outline, index: usize, count: usize) -> Option<Body> {
    let all: Vec<usize> = parts(outline, index).collect();
    let is_item = |part: &usize| matches!(outline.block(*part).kind, BlockKind::Item { heading: false, .. });
    let mut lists = all.chunk_by(|one, next| is_item(one) == is_item(next)).filter(|run| is_item(&run[0]));
    let only = lists.next().filter(|_| lists.next().is_none())?;
    (only.len() == count && only.len() < all.len()).then(|| of(outline, only))
}

/// The items right under a block that already says what its name is, where they are numbered or each has a name: they
/// are worth knowing as a list too. `opens`: the first of them may say what all are.
pub(in crate::extract) fn named_list(outline: &Outline, index: usize, opens: bool) -> Option<Body> {
    const SEVERAL: usize = 3;
    const MAX_NAME: usize = 4; // words
    let is_item = |child: &usize| matches!(outline.block(*child).kind, BlockKind::Item { heading: false, .. });
    let numbered =
        |item: &usize| matches!(outline.block(*item).kind, BlockKind::Item { marker: Marker::Number(..), .. });
    let names = |child: &usize| {
        let block = outline.block(*child);
        let plain = block.text.plain.as_str();
        let short = plain.split_whitespace().nth(MAX_NAME).is_none() && !sentence::ends_sentence(plain);
        numbered(child) || short || names_its_own(plain)
    };
    let items: Vec<usize> =
        parts(outline, index).skip_while(|child| !is_item(child)).take_while(|child| is_item(child)).collect();
    let is_label =
        |item: &usize| outline.block(*item).text.plain.ends_with([':', '：']) && !outline.children(*item).is_empty();
    if items.iter().any(|item| numbered(item) != numbered(&items[0]))
        || 2 * items.iter().filter(|item| is_label(item)).count() > items.len()
    {
        return None; // two lists, or labels of what else there is to say
    }
    let named = match items.split_first() {
        Some((first, rest)) if opens && !names(first) => rest,
        _ => items.as_slice(),
    };
    (named.len() >= SEVERAL && named.iter().all(names)).then(|| of(outline, named))
}

/// Whether what stands right under a block is many lines, most of which name something and say what that is: no list of
/// what the block is about.
pub(in crate::extract) fn is_glossary(outline: &Outline, index: usize) -> bool {
    const MANY: usize = 8;
    const VERY_MANY: usize = 11;
    const LONG: usize = 30; // characters
    let names = |part: usize, kind: fn(&BlockKind) -> bool| {
        let block = outline.block(part);
        let plain = block.text.plain.as_str();
        kind(&block.kind) && names_its_own(plain) && plain.chars().nth(LONG).is_some()
    };
    let all = parts(outline, index).count();
    let naming = |kind| parts(outline, index).filter(|part| names(*part, kind)).count();
    let is_line = |kind: &BlockKind| matches!(kind, BlockKind::Line);
    let is_item = |kind: &BlockKind| matches!(kind, BlockKind::Item { .. });
    // bullets may be of one thing, unless they are very many
    all >= MANY && 2 * naming(is_line) > all || all >= VERY_MANY && 4 * naming(is_item) >= 3 * all
}

/// Whether all that stands right under a block is labels, each over a list of its own, or titles of tables: they say what
/// there is to know.
pub(in crate::extract) fn is_labels(outline: &Outline, index: usize) -> bool {
    let is_table = |child: &usize| matches!(outline.block(*child).kind, BlockKind::Table(_));
    let is_label = |part: usize| {
        let below = outline.children(part);
        !below.is_empty() && (outline.block(part).text.plain.ends_with([':', '：']) || below.iter().all(is_table))
    };
    parts(outline, index).nth(1).is_some() && parts(outline, index).all(is_label)
}

/// Whether most of what stands right under a block asks, and has its answer below.
pub(in crate::extract) fn is_questions(outline: &Outline, index: usize) -> bool {
    const SEVERAL: usize = 3;
    let asks = |child: &usize| {
        let plain = outline.block(*child).text.plain.as_str();
        (sentence::asks(plain) || is_marked_question(plain)) && !outline.children(*child).is_empty()
    };
    let (all, asking) =
        parts(outline, index).fold((0, 0), |(all, asking), part| (all + 1, asking + usize::from(asks(&part))));
    asking >= SEVERAL && 3 * asking >= 2 * all || asking == all && asking > 1
}

/// Whether what stands right under a heading begins with what that is, by its name, and goes on with labels over lists of their
/// own: each of these says what there is to know.
pub(in crate::extract) fn says_itself_then_labels(outline: &Outline, index: usize) -> bool {
    const LEAST: usize = 4; // letters of a name
    let mut rest = parts(outline, index);
    let Some(first) = rest.next() else { return false };
    let is_item = |part: usize| matches!(outline.block(part).kind, BlockKind::Item { .. });
    let name = key(&fact::name_of(&outline.block(first).text));
    let own = key(&outline.block(index).text.plain);
    let itself = name.chars().count() >= LEAST && (own.ends_with(&name) || name.starts_with(&own));
    let is_label = |part: usize| is_item(part) && !outline.children(part).is_empty();
    let mut rest = rest.peekable();
    itself && is_item(first) && rest.peek().is_some() && rest.all(is_label)
}
