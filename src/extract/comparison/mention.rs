//! What the sentences below a comparison say of its subjects, told by the names in them.

use std::ops::Range;

use super::{Point, Side};
use crate::deck::{Content, Row};
use crate::extract::body::{self, Body};
use crate::extract::term;
use crate::letter::{is_letter_or_digit, is_syllable};
use crate::outline::inline::Text;
use crate::outline::{Outline, sentence};

/// Sentences below that begin with a subject's name and say something of it.
pub(super) fn by_topic(outline: &Outline, index: usize, subjects: &[String], sides: &mut [Side]) {
    for child in outline.children(index).iter().copied().filter(|child| !outline.is_heading(*child)) {
        let text = &outline.block(child).text;
        for range in sentence::sentences(&text.plain) {
            let plain = text.plain[range.clone()].to_lowercase();
            if let Some(which) = subjects.iter().position(|subject| is_topic(&plain, subject)) {
                sides[which].points.push(Point { text: text.markdown(range.clone()), ..Point::default() });
                sides[which].lines.extend(text.lines(&range));
            }
        }
    }
}

/// Sentences below that speak of a subject by its name.
pub(super) fn by_mention(outline: &Outline, index: usize, subjects: &[String], sides: &mut [Side]) {
    let tail = shared_tail(subjects);
    for child in outline.children(index).iter().copied().filter(|child| !outline.is_heading(*child)) {
        let text = &outline.block(child).text;
        if text.is_wholly(|style| style.link.is_some()) {
            continue;
        }
        for Sentence { range, spoken_of } in sentences_with_subjects(text, subjects, tail) {
            let alone = spoken_of.len() == 1 && range.end == text.plain.len();
            for (k, (at, which)) in spoken_of.iter().enumerate() {
                let start = if k == 0 { 0 } else { *at };
                let end = spoken_of.get(k + 1).map_or(range.len(), |next| next.0);
                let range = range.start + start..range.start + end;
                let Some(said) = said_of(text, &range, &subjects[*which]) else { continue };
                let last = k + 1 == spoken_of.len();
                let mut said = if last { said } else { without_joint(&said).to_owned() };
                sides[*which].lines.extend(text.lines(&range));
                // what stands below a line that speaks of one subject is said of that
                let below = if alone { body::below(outline, child) } else { Body::default() };
                if !below.markdown.is_empty() {
                    said = format!("{said}\n\n{}", below.markdown);
                    sides[*which].lines.extend(below.lines);
                }
                sides[*which].points.push(Point { text: said, ..Point::default() });
            }
        }
    }
}

/// A sentence of a paragraph, and which subjects it speaks of, as [`spoken_of`] has it.
struct Sentence {
    range: Range<usize>,
    spoken_of: Vec<(usize, usize)>,
}

/// The sentences of a paragraph that ask nothing and are not about several subjects together. In a paragraph about one of
/// them those that name none go on about that.
fn sentences_with_subjects(text: &Text, subjects: &[String], tail: usize) -> Vec<Sentence> {
    let spoken = |range: Range<usize>| {
        let said = &text.plain[range.clone()];
        let plain = said.to_lowercase();
        let is_said = plain.len() == range.len() && !sentence::asks(said);
        let spoken_of = spoken_of(&plain, subjects, tail).filter(|_| is_said)?;
        Some(Sentence { range, spoken_of })
    };
    let mut sentences: Vec<Sentence> = sentence::sentences(&text.plain).into_iter().filter_map(spoken).collect();
    if let Some((begin, which)) = only_subject(&sentences) {
        let goes_on = |one: &&mut Sentence| one.spoken_of.is_empty() && one.range.start > begin;
        sentences.iter_mut().filter(goes_on).for_each(|one| one.spoken_of.push((0, which)));
    }
    sentences
}

/// The only subject that the sentences of a paragraph speak of, by number, and where the first of these begins.
fn only_subject(sentences: &[Sentence]) -> Option<(usize, usize)> {
    let mut named = sentences.iter().flat_map(|one| one.spoken_of.iter().map(|(_, which)| (one.range.start, *which)));
    let first = named.next()?;
    named.all(|(_, which)| which == first.1).then_some(first)
}

/// Which subjects a sentence speaks of, by number, in the order of their names in it, and where those begin; none where it
/// says something of two together.
fn spoken_of(plain: &str, subjects: &[String], tail: usize) -> Option<Vec<(usize, usize)>> {
    let named = mentions(plain, subjects, tail);
    // the last word of one name may stand in another
    let within = |range: &Range<usize>| {
        let holds = |other: &Range<usize>| other.start <= range.start && range.end <= other.end;
        named.iter().flatten().any(|other| holds(other) && other.len() > range.len())
    };
    let mut said: Vec<(usize, usize)> = (0..)
        .zip(&named)
        .filter_map(|(i, range)| Some((range.clone().filter(|range| !within(range))?.start, i)))
        .collect();
    said.sort_unstable();
    // `A와 B를 …` says of neither what the other is not
    let joints = ["과", "와", "및", "랑", "하고", "and", "&", "と", "和", "与"];
    let joined = |one: usize, at: usize| {
        named[one].as_ref().is_some_and(|name| plain.get(name.end..at).is_some_and(|gap| joints.contains(&gap.trim())))
    };
    if let [(_, first), (at, _)] = said[..]
        && joined(first, at)
    {
        return None;
    }
    // `A는 B와 C의 …` speaks of A alone
    let is_subject = |which: usize, marks: &[&str]| {
        named[which].as_ref().is_some_and(|name| marks.iter().any(|mark| plain[name.end..].starts_with(mark)))
    };
    if let Some((_, first)) = said.first().copied().filter(|(_, first)| is_subject(*first, &["은 ", "는 "])) {
        said.retain(|(_, which)| *which == first || is_subject(*which, &["은", "는", "이", "가", "도"]));
    }
    // a name at the end with nothing said of it is what the first is held against (`Ropes hold more than nets`)
    if let [.., _, (at, last)] = said[..]
        && term::key(&subjects[last]).contains(&term::key(&plain[at..]))
    {
        said.pop();
    }
    Some(said)
}

/// What a part of a text says of a subject; nothing if that is its name alone.
fn said_of(text: &Text, range: &Range<usize>, subject: &str) -> Option<String> {
    let said = text.markdown(range.clone());
    let said = ["A. ", "A: ", "답: ", "답 : "].iter().find_map(|mark| said.strip_prefix(mark)).unwrap_or(&said);
    (!term::key(subject).contains(&term::key(said))).then(|| said.trim_end_matches([',', ' ']).to_owned())
}

/// What a text says of each of two subjects, from one name to the other, if it says something of both.
pub(super) fn within_line(subjects: Vec<String>, said: &Text) -> Option<Content> {
    let plain = said.plain.to_lowercase();
    let [Some(first), Some(second)] = &mentions(&plain, &subjects, shared_tail(&subjects))[..] else { return None };
    // the second may be told first
    let (earlier, later) = if first.start < second.start { (first, second) } else { (second, first) };
    if plain.len() != said.plain.len() || earlier.end > later.start {
        return None;
    }
    let of_earlier = said.markdown(earlier.start..later.start);
    let mut cells = [without_joint(&of_earlier).to_owned(), said.markdown(later.start..plain.len())];
    if earlier != first {
        cells.reverse();
    }
    let says = |(name, cell): (&String, &String)| cell.chars().count() > name.chars().count() + LEAST_SAID;
    let rows = vec![Row { aspect: String::new(), cells: cells.to_vec() }];
    subjects.iter().zip(&cells).all(says).then_some(Content::Comparison { subjects, rows })
}

/// What is said of one thing without the words that lead to the next: `…, while a`.
fn without_joint(mut said: &str) -> &str {
    for words in [[" a", " an", " the", " A"].as_slice(), [" and", " while", " whereas", " but"].as_slice()] {
        said = words.iter().find_map(|word| said.strip_suffix(word)).unwrap_or(said).trim_end();
    }
    said.trim_end_matches([',', '、', '，', ';', '；', '/', ' '])
}

/// So many characters behind a name say something of it.
const LEAST_SAID: usize = 3;

/// Whether a sentence begins with a name and a word that makes it its subject.
fn is_topic(plain: &str, name: &str) -> bool {
    let rest = plain.strip_prefix(name.to_lowercase().as_str());
    let marks =
        ["은 ", "는 ", "은(는) ", "이란 ", "란 ", "は", "とは", "是", " is ", " are ", " has ", " have ", ": ", " : "];
    // `refers to`, `says that`
    let verb = |rest: &str| {
        let word = rest.strip_prefix(' ').and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        word.len() > 2 && word.ends_with('s') && !word.ends_with("ss") && word.bytes().all(|b| b.is_ascii_lowercase())
    };
    rest.is_some_and(|rest| marks.iter().any(|mark| rest.starts_with(mark)) || verb(rest))
}

/// How many words all the names end in.
fn shared_tail(subjects: &[String]) -> usize {
    let words = |name: &String| -> Vec<String> { name.split_whitespace().rev().map(str::to_lowercase).collect() };
    let Some((first, others)) = subjects.split_first() else { return 0 };
    let (first, others): (Vec<String>, Vec<Vec<String>>) = (words(first), others.iter().map(words).collect());
    (0..first.len()).take_while(|at| others.iter().all(|other| other.get(*at) == first.get(*at))).count()
}

/// Where a sentence names the subjects: whole, or by their last words (`Acme X Boat` as `X Boat`). Where all
/// names end in the same words (`tail` of them) it is by the others, in a sentence that has none of them whole.
fn mentions(plain: &str, subjects: &[String], tail: usize) -> Vec<Option<Range<usize>>> {
    let words = |subject: &String| -> Vec<String> { subject.split_whitespace().map(str::to_lowercase).collect() };
    let by = |names: &dyn Fn(Vec<String>) -> Vec<String>| -> Vec<Option<Range<usize>>> {
        subjects.iter().map(|subject| mention(plain, names(words(subject)), tail > 0)).collect()
    };
    if tail == 0 {
        return by(&|words| (0..words.len()).map(|skip| words[skip..].join(" ")).collect());
    }
    let whole = by(&|words| vec![words.join(" ")]);
    if whole.iter().any(Option::is_some) {
        return whole;
    }
    by(&|words| {
        let own = &words[..words.len().saturating_sub(tail)];
        (0..own.len()).map(|skip| own[skip..].join(" ")).collect()
    })
}

/// Whether a name is only what another is held against: `보다`, `과 달리`, `unlike X`.
fn is_held_against(plain: &str, name: &Range<usize>) -> bool {
    let after =
        ["보다", "과 다르", "와 다르", "과 달", "와 달", "과는 ", "와는 ", "에 비해", "에 비하", "과의 ", "와의 "];
    let before = [" than ", "unlike ", "compared to ", "compared with ", "in contrast to "];
    let (of_before, of_after) = (&plain[..name.start], &plain[name.end..]);
    let of_before = [" a ", " an ", " the "]
        .iter()
        .find(|article| of_before.ends_with(**article))
        .map_or(of_before, |article| &of_before[..of_before.len() + 1 - article.len()]);
    after.iter().any(|word| of_after.starts_with(word)) || before.iter().any(|word| of_before.ends_with(word))
}

/// The first of some names that stands in a text. `apart`: not behind a hyphen either (`direct` in `non-direct`).
fn mention(plain: &str, names: Vec<String>, apart: bool) -> Option<Range<usize>> {
    let is_name = |name: &String| name.chars().count() >= 2 || name.chars().any(is_syllable);
    let names: Vec<String> = names.into_iter().filter(is_name).collect();
    let found = names.iter().find_map(|name| stands_in(plain, name, apart));
    let found = found.or_else(|| {
        // `Real-time` is `Real Time`
        let is_gap = |c: char| matches!(c, ' ' | '-');
        let (at, letters): (Vec<usize>, String) = plain.char_indices().filter(|(_, c)| !is_gap(*c)).unzip();
        let of_byte = |byte: usize| letters[..byte].chars().count();
        names.iter().map(|name| name.replace(is_gap, "")).filter(|name| name.len() >= LEAST_CLOSED_UP).find_map(
            |name| {
                let (first, last) =
                    letters.match_indices(&name).map(|(byte, _)| (of_byte(byte), of_byte(byte + name.len()))).next()?;
                let end = at.get(last).copied().unwrap_or(plain.len());
                Some(*at.get(first)?..end).filter(|range| is_spoken_of(plain, range, apart))
            },
        )
    });
    found.or_else(|| names.iter().find_map(|name| begins_with_form_of(plain, name)))
}

/// Where a sentence begins with another form of an English word: `splicing` or `splices` for `splice`.
fn begins_with_form_of(plain: &str, word: &str) -> Option<Range<usize>> {
    const LEAST: usize = 4; // letters
    const ENDS: [&str; 6] = ["ing", "ion", "ation", "ed", "s", "es"];
    let stem = word.strip_suffix('e').unwrap_or(word);
    let rest =
        plain.strip_prefix(stem).filter(|_| stem.len() >= LEAST && stem.bytes().all(|b| b.is_ascii_lowercase()))?;
    // `whipping` of `whip`
    let rest = stem.chars().next_back().and_then(|last| rest.strip_prefix(last)).unwrap_or(rest);
    let behind = ENDS.iter().find_map(|end| rest.strip_prefix(*end).filter(|behind| behind.starts_with(' ')))?;
    Some(0..plain.len() - behind.len())
}

/// A shorter name (bytes) may be part of other words where spaces do not count.
const LEAST_CLOSED_UP: usize = 6;

fn stands_in(plain: &str, name: &str, apart: bool) -> Option<Range<usize>> {
    plain.match_indices(name).map(|(at, _)| at..at + name.len()).find(|range| is_spoken_of(plain, range, apart))
}

/// Whether a name stands for itself: it is no part of a longer word, and more than what another is held against.
fn is_spoken_of(plain: &str, name: &Range<usize>, apart: bool) -> bool {
    is_parted(plain, name, apart) && !is_held_against(plain, name)
}

/// Whether a stretch of Latin letters is no part of a longer word: `HTTP` is not named by `HTTPS`.
fn is_parted(plain: &str, range: &Range<usize>, apart: bool) -> bool {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || apart && c == '-');
    let goes_on = |one: Option<char>, other: Option<char>| is_latin(one) && is_latin(other);
    let name = &plain[range.clone()];
    let (before, after) = (plain[..range.start].chars().next_back(), plain[range.end..].chars().next());
    let single = !name.chars().all(is_syllable) || name.chars().count() > 1 || is_word(plain, range);
    !goes_on(before, name.chars().next()) && !goes_on(name.chars().next_back(), after) && single
}

/// Whether a name of one syllable is a word: nothing stands before it, and no more than a particle behind it.
fn is_word(plain: &str, name: &Range<usize>) -> bool {
    let mut behind = plain[name.end..].chars();
    let particle = |c: char| "은는이가을를의에도과와로".contains(c);
    !plain[..name.start].ends_with(is_letter_or_digit)
        && match behind.next() {
            Some(c) if particle(c) => !behind.next().is_some_and(is_syllable),
            Some(c) => !is_letter_or_digit(c),
            None => true,
        }
}
