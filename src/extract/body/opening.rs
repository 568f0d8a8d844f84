//! The line under a name that says what it is, told from labels, remarks and definitions of other things.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::naming::{begins_glossary, is_formula_of, names_heading, names_its_own};
use super::{has_own_children, names_section, parts};
use crate::extract::expansion;
use crate::extract::term::{key, of_plain};
use crate::letter::{is_letter, is_letter_or_digit};
use crate::outline::announced::{before_count, only_offers, points_below, several};
use crate::outline::inline::Text;
use crate::outline::labels::is_marked_question;
use crate::outline::sentence;
use crate::outline::{BlockKind, Outline};

/// The line under a block that opens it: prose, not the label of a list, and not a `term : answer` of its own.
pub(in crate::extract) fn opening(outline: &Outline, index: usize) -> Option<usize> {
    let mut parts = parts(outline, index);
    let mut first = parts.next().filter(|first| outline.children(index).first() == Some(first))?;
    let heading = &outline.block(index).text.plain;
    let plain = &outline.block(first).text.plain;
    if is_aside(plain)
        || only_names(heading, plain)
        || is_translation(heading, plain)
        || defines_other(heading, plain)
        || only_offers(heading, plain)
        || !has_own_children(outline, first) && expansion::is_long_of(heading, plain.trim_start_matches([':', ' ']))
    {
        first = parts.next()?;
    }
    let block = outline.block(first);
    let says = |plain: &str| {
        sentence::ends_sentence(plain)
            || names_section(outline, index) && sentence::reads_as_answer(heading, plain, false)
            || sentence::says_kind(plain)
    };
    if states(heading) || is_general(heading, &block.text.plain) {
        return None;
    }
    let plain = block.text.plain.trim_start();
    let fits = matches!(block.kind, BlockKind::Line)
        && !block.text.is_wholly(|style| style.link.is_some())
        && ![" vs ", " vs. "].iter().any(|versus| plain.contains(versus) && plain.len() < 60)
        // what ends within its sentence only leads to what stands below
        && !plain.ends_with([':', '：', '、', '，', ','])
        && !asks(plain)
        && (!has_own_children(outline, first) || says(plain) && !points_below(plain) && !names_part(heading, plain))
        && (!names_its_own(plain) || names_heading(heading, plain) || is_formula_of(heading, &block.text))
        && !only_counts(heading, plain)
        && !defines_other(heading, plain)
        && !is_about_one_of(heading, plain)
        && !leads_with_other(heading, &block.text)
        && !is_of_bold_other(heading, &block.text)
        && plain.chars().any(is_letter_or_digit)
        && !is_one_of_many(outline, index, first)
        && !parts.next().is_some_and(|next| begins_glossary(plain, &outline.block(next).text.plain));
    fits.then_some(first)
}

/// Whether a few words are all of a heading that stands above (`Upper sails` under `Upper/lower sails`).
fn names_part(heading: &str, plain: &str) -> bool {
    const FEW: usize = 3;
    plain.split_whitespace().nth(FEW).is_none() && plain.split_whitespace().all(|word| heading.contains(word))
}

/// `Ropes come in three kinds.` under `Ropes`: a line that names what the heading names, and says only how many things of
/// it stand below.
fn only_counts(heading: &str, plain: &str) -> bool {
    const SMALL: usize = 8; // characters of particles and articles, and a verb
    let length = |text: &str| key(text).chars().count();
    // `There are, to keep ropes dry, two ways` under `Keeping ropes dry`: all its words, and as many of others
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let names = |before: &str| {
        heading.contains(' ') && heading.split_whitespace().all(|word| is_number(word) || before.contains(word))
    };
    let counts = |several: &str| key(several) == key(&of_plain(heading).name);
    if several(plain).is_some_and(counts) {
        return true;
    }
    before_count(plain).is_some_and(|before| {
        let more = if names(before) { 2 * SMALL } else { SMALL };
        length(before) <= length(heading) + more
    })
}

/// Whether a line and those behind it, or the only other one, which has a colon as it has, begin with one word that the
/// name above does not have: each is one of several things that are said.
fn is_one_of_many(outline: &Outline, index: usize, first: usize) -> bool {
    const SEVERAL: usize = 3;
    const PAIR: usize = 2;
    let word = |part: usize| outline.block(part).text.plain.split_whitespace().next().unwrap_or_default();
    let own = word(first);
    let is_line = |part: &usize| matches!(outline.block(*part).kind, BlockKind::Line);
    let lines: Vec<usize> = parts(outline, index).skip_while(|part| *part != first).take(SEVERAL).collect();
    let told = |part: &usize| outline.block(*part).text.plain.contains(" : ");
    (lines.len() == SEVERAL || lines.len() == PAIR && lines.iter().all(told))
        && lines.iter().all(|part| is_line(part) && word(*part) == own)
        && own.chars().count() > 1
        && !key(&outline.block(index).text.plain)
            .contains(&key(own.trim_end_matches(['은', '는', '이', '가', '을', '를'])))
}

/// `Most ships …` under a heading that says something else: the line leads up to that.
fn is_general(heading: &str, plain: &str) -> bool {
    const STARTS: [&str; 5] = ["Most ", "Many ", "Some ", "Several ", "There are "];
    let named = |name: &str| key(plain).contains(key(&of_plain(name).name).trim_end_matches('s'));
    STARTS.iter().any(|start| plain.starts_with(start)) && !named(heading)
}

/// Whether a heading is itself a sentence that says something (`밧줄은 젖으면 무거워진다`): what stands below is not what it is.
fn states(heading: &str) -> bool {
    let topic = |word: &str| word.chars().count() >= 2 && word.ends_with(['은', '는', '이', '가']);
    let ends = heading.ends_with('다') || heading.ends_with("다.");
    ends && heading.split_whitespace().rev().skip(1).any(topic)
}

/// Whether a line is a question, rather than a remark that ends in a doubt.
fn asks(plain: &str) -> bool {
    is_marked_question(plain) || plain.ends_with(['?', '？']) && sentence::sentences(plain).len() == 1
}

/// A word or two in brackets on a line of their own, a remark behind an asterisk, or an example.
pub(super) fn is_aside(plain: &str) -> bool {
    const MAX_ASIDE: usize = 16;
    const EXAMPLES: [&str; 8] = ["EX)", "Ex)", "ex)", "예)", "예시)", "例)", "例）", "e.g. "];
    plain.starts_with(['*', '※'])
        || EXAMPLES.iter().any(|mark| plain.strip_prefix(mark).is_some_and(|example| !example.trim().is_empty()))
        || plain.starts_with(['(', '（', '['])
            && plain.ends_with([')', '）', ']'])
            && plain.chars().count() <= MAX_ASIDE
}

/// Whether a line is the name above it once more, or a short form, with its long form in brackets: `ABC (A Better Cargo)`.
fn only_names(heading: &str, plain: &str) -> bool {
    let Some((name, gloss)) = plain.split_once(['(', '（']) else { return false };
    let latin = |text: &str| text.is_ascii();
    let (above, own) = (key(heading), key(name));
    plain.ends_with([')', '）'])
        && latin(gloss.trim_end_matches(['）', ')', '、', '，']))
        && !own.is_empty()
        && (above.contains(&own) || (latin(name) && !name.trim().contains(' ')))
}

/// Whether a line right under a heading in another language is only its name in English: a few words, all with capitals.
fn is_translation(heading: &str, plain: &str) -> bool {
    const MAX_WORDS: usize = 4;
    if !plain.is_ascii() {
        return false;
    }
    let words: Vec<&str> = plain.split_whitespace().take(MAX_WORDS + 1).collect();
    (2..=MAX_WORDS).contains(&words.len())
        && heading.chars().any(|c| is_letter(c) && !c.is_ascii())
        && words.iter().all(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// `Yとは…`, `Y란 …` under a heading that is not `Y`: the line says what something else is.
fn defines_other(heading: &str, plain: &str) -> bool {
    const MORE: usize = 4;
    if !plain.contains('란') && !plain.contains('と') {
        return false;
    }
    let name = ["とは", "이란 ", "란 ", "이란?", "란?"].iter().find_map(|mark| Some(&plain[..plain.find(mark)?]));
    let Some(name) = name.map(|name| key(&of_plain(name).name)).filter(|name| (2..=20).contains(&name.chars().count()))
    else {
        return false;
    };
    let heading = key(&of_plain(heading).name);
    let rest = heading.strip_prefix(name.as_str()).or_else(|| name.strip_prefix(heading.as_str()));
    // `X란 무엇일까요?` asks for it
    let asks = |rest: &str| ["란", "이란", "은", "는", "とは"].iter().any(|mark| rest.starts_with(mark));
    rest.is_none_or(|rest| rest.chars().count() > MORE && !asks(rest))
}

/// Whether a section about two things begins with one of them and goes on for long: it is no list of what they are.
pub(in crate::extract) fn takes_one_by_one(outline: &Outline, index: usize) -> bool {
    const LONG: usize = 5; // parts
    let first = parts(outline, index).next().map(|first| outline.block(first).text.plain.as_str());
    let heading = outline.block(index).text.plain.as_str();
    first.is_some_and(|first| is_about_one_of(heading, first)) && parts(outline, index).nth(LONG - 1).is_some()
}

/// `Y는 …` under `X와 Y`: the line says what one of the things is that the heading names.
fn is_about_one_of(heading: &str, plain: &str) -> bool {
    #[allow(clippy::unwrap_used, reason = "a few short strings")]
    static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::new(["와 ", "과 ", " 및 ", " and ", " & ", " / ", "와/과 ", "和", "与", "及"]).unwrap()
    });
    const MARKS: [&str; 10] = ["은 ", "는 ", "이란 ", "란 ", "は", "とは", "是", "指", " is ", " are "];
    let Some(sign) = SIGNS.find(heading) else { return false };
    let (one, other) = (&heading[..sign.start()], &heading[sign.end()..]);
    let other = other.split([',', '의', '간', '的', '及', ':', '(']).next().unwrap_or(other);
    let is_topic = |name: &str| {
        let rest = plain.strip_prefix(name).filter(|_| name.chars().nth(1).is_some());
        let rest = rest
            .map(|rest| if rest.starts_with('(') { rest.split_once(')').map_or(rest, |(_, rest)| rest) } else { rest });
        rest.is_some_and(|rest| MARKS.iter().any(|mark| rest.starts_with(mark)))
    };
    let names = |side: &str| is_topic(of_plain(side).name.as_str());
    names(one) || names(other.trim())
}

/// Whether a line begins with a name in code marks that the heading does not have, and what that is behind a space: in
/// languages with particles a sentence about it would go on without one.
pub(super) fn leads_with_other(heading: &str, text: &Text) -> bool {
    let leads = text.styled().find(|(run, style)| run.start == 0 && style.code);
    leads.is_some_and(|(run, _)| {
        let (name, rest) = text.plain.split_at(run.end);
        let word = rest.strip_prefix(' ').and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        let says = word.starts_with(|c: char| is_letter(c) && !c.is_ascii()) && !PARTICLES.contains(&word);
        let name = key(&of_plain(name).name);
        says && rest.chars().nth(SAYS).is_some() && !name.is_empty() && !key(heading).contains(&name)
    })
}

/// Whether a line says what a bold name is that the heading does not have: `The **halyard** is …`, `**Halyard**- …` under
/// `Parts of a rig`.
fn is_of_bold_other(heading: &str, text: &Text) -> bool {
    const SAYS: [&str; 6] = [" is a", " is the ", " are ", " refers to ", " means ", " is defined as "];
    let subject = text.styled().find(|(run, style)| run.start <= sentence::ARTICLE && style.strong);
    let begins_answer = |rest: &str| ["- ", "– ", "— ", "-- "].iter().any(|sign| rest.starts_with(sign));
    subject.is_some_and(|(run, _)| {
        let name = key(&of_plain(&text.plain[run.clone()]).name);
        let heading = key(heading);
        let article = text.plain[..run.start].trim();
        let apart = |one: &str, other: &str| !one.contains(other.trim_end_matches('s'));
        matches!(article, "" | "The" | "A" | "An")
            && (SAYS.iter().any(|says| text.plain[run.end..].starts_with(says))
                || begins_answer(&text.plain[run.end..]))
            && !name.is_empty()
            && apart(&heading, &name)
            && apart(&name, &heading)
            && !expansion::fits(&of_plain(&text.plain[run.clone()]).name, &heading)
    })
}

/// What goes on from a name, though somebody put a space before it.
const PARTICLES: [&str; 18] = [
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "과",
    "와",
    "의",
    "에",
    "로",
    "으로",
    "도",
    "만",
    "라는",
    "이라는",
    "및",
    "또는",
];
/// Fewer characters behind a name say nothing of it.
const SAYS: usize = 8;
