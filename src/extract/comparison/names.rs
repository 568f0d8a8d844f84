//! Which side of a comparison a name names.

use crate::extract::{fact, term};
use crate::letter::is_letter;
use crate::outline::{Outline, sentence};
use crate::rule::Rules;

/// `Real vs Nominal Load` over a line that speaks of the `Real Load`: the first name is without what both end in.
pub(super) fn share_tail_below(outline: &Outline, index: usize, subjects: &mut [String]) {
    const NEAR: usize = 8; // blocks
    let [first, last] = subjects else { return };
    let Some((_, tail)) = last.split_once(' ').filter(|_| !first.contains(' ')) else { return };
    let whole = format!("{first} {tail}");
    let lower = whole.to_lowercase();
    let names = |child: &usize| outline.block(*child).text.plain.to_lowercase().starts_with(&lower);
    if outline.children(index).iter().take(NEAR).any(names) {
        *first = whole;
    }
}

/// What the sections under a heading that compares are called; none unless all are names of things.
pub(super) fn of_sections(outline: &Outline, rules: &Rules, index: usize) -> Vec<String> {
    const MOST: usize = 5;
    const MAX_NAME: usize = 5; // words
    let sections = outline.children(index).iter().filter(|child| outline.is_heading(**child));
    let names: Vec<String> = sections.map(|section| fact::name_of(&outline.block(*section).text)).collect();
    let is_name = |name: &String| {
        (1..=MAX_NAME).contains(&name.split_whitespace().count())
            && !rules.is_vague(name)
            && !name.ends_with(['?', '？'])
    };
    if names.len() <= MOST && names.iter().all(is_name) { names } else { Vec::new() }
}

/// The sections under a heading that names things in Latin letters where they have none, or the other way round: as many as
/// there are names, and so the same in their order (`Sloop vs Ketch` over `외돛배` and `쌍돛배`).
pub(super) fn in_other_letters(outline: &Outline, rules: &Rules, index: usize, subjects: &[String]) -> Vec<usize> {
    let has = |name: &str, latin: bool| name.chars().any(|c| is_letter(c) && c.is_ascii() == latin);
    let is_all = |name: &str, latin: bool| has(name, latin) && !has(name, !latin);
    let sections: Vec<usize> =
        outline.children(index).iter().copied().filter(|child| outline.is_heading(*child)).collect();
    let names = |section: &usize, latin: bool| {
        let name = fact::name_of(&outline.block(*section).text);
        is_all(&name, latin) && !rules.is_vague(&name)
    };
    let differ = |latin: bool| {
        subjects.iter().all(|subject| is_all(subject, latin)) && sections.iter().all(|section| names(section, !latin))
    };
    let same = sections.len() == subjects.len() && [true, false].into_iter().any(differ);
    if same { sections } else { Vec::new() }
}

/// The subject a name names: the same, or the only one that the name or that is within the name.
/// `keys` are those of the subjects.
pub(super) fn which_subject(name: &str, subjects: &[String], keys: &[String], taken: &[bool]) -> Option<usize> {
    let whole = name;
    let name = term::key(name);
    if name.is_empty() || sentence::sentences(whole).len() > 1 {
        return None; // sentences name nothing
    }
    if let Some(same) = keys.iter().position(|key| *key == name) {
        return Some(same);
    }
    // where one name is within another, only the other may be told by a part of it
    let is_part = |i: usize| keys.iter().enumerate().any(|(j, key)| i != j && key.contains(&keys[i]));
    if let Some(which) = by_initials(whole, subjects, taken) {
        return Some(which);
    }
    let near: Vec<usize> = (0..keys.len())
        .filter(|i| {
            !taken[*i]
                && !is_part(*i)
                && keys[*i].chars().count() >= 2
                && (name.starts_with(&keys[*i])
                    || name.ends_with(&keys[*i])
                    || ((keys[*i].ends_with(&name) || keys[*i].starts_with(&name))
                        && name.chars().count() >= if name.is_ascii() { 3 } else { 2 }))
        })
        .filter(|_| name.chars().count() <= MAX_KEY)
        .collect();
    match near.as_slice() {
        [only] => Some(*only),
        [] => by_own_word(&keys_of(whole), subjects, taken).or_else(|| misspelt(&name, keys, taken)),
        _ => None,
    }
}

/// The subject that has a short form or a number that a name has too, where each subject has one of its own (`A1 sloops
/// and B2 sloops` over `A1 sloop rig`).
fn by_own_word(words: &[String], subjects: &[String], taken: &[bool]) -> Option<usize> {
    let of: Vec<Vec<String>> = subjects.iter().map(|subject| keys_of(subject)).collect();
    let is_own = |word: &String| of.iter().filter(|other| other.contains(word)).count() == 1;
    let tells = |word: &String| word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(is_letter) && is_own(word);
    let own: Vec<Vec<&String>> = of.iter().map(|words| words.iter().filter(|word| tells(word)).collect()).collect();
    if words.len() > MAX_SIDE_WORDS || own.iter().any(Vec::is_empty) {
        return None;
    }
    let shares = |which: &usize| !taken[*which] && own[*which].iter().any(|word| words.contains(word));
    let mut found = (0..own.len()).filter(shares);
    found.next().filter(|_| found.next().is_none())
}

/// The only subject whose words begin with the one to three capitals that a name is (`U` for `Utilitarianism`).
fn by_initials(name: &str, subjects: &[String], taken: &[bool]) -> Option<usize> {
    let name = name.trim();
    if !(1..=3).contains(&name.len()) || !name.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let fits = |subject: &String| {
        let initials: String = subject.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
        initials.to_uppercase() == name
    };
    let mut fitting = (0..subjects.len()).filter(|which| fits(&subjects[*which]));
    fitting.next().filter(|which| fitting.next().is_none() && !taken[*which])
}

/// The only subject that a name is but for a letter or two (`Gaff Rigs` over `Gaf Rig`).
fn misspelt(name: &str, keys: &[String], taken: &[bool]) -> Option<usize> {
    const ALIKE: f64 = 0.87;
    const LEAST: usize = 6;
    let length = |key: &str| key.chars().count();
    if !(LEAST..=MAX_KEY).contains(&length(name)) {
        return None;
    }
    // what begins otherwise or has another number is another thing
    let digits = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    let alike = |which: &usize| {
        length(&keys[*which]).abs_diff(length(name)) <= 2
            && keys[*which].chars().next() == name.chars().next()
            && digits(&keys[*which]) == digits(name)
            && strsim::normalized_levenshtein(name, &keys[*which]) >= ALIKE
    };
    let mut near = (0..keys.len()).filter(alike);
    near.next().filter(|which| near.next().is_none() && !taken[*which])
}

/// A side's key is no longer (characters).
const MAX_KEY: usize = 40;

/// A side's name is no longer (words).
const MAX_SIDE_WORDS: usize = 5;

fn keys_of(name: &str) -> Vec<String> {
    name.split_whitespace().map(term::key).collect()
}

/// `inner and outer ropes`: what stands behind the second name belongs to the first one too, if both are words of one make;
/// behind short forms it only says what they are (`QR and VLR ropes`).
pub(super) fn share_tail(subjects: &mut [String]) {
    const LEAST: usize = 5; // letters
    const END: usize = 2; // of them
    let [first, last] = subjects else { return };
    let Some((head, tail)) = last.split_once(' ') else { return };
    if first.contains(' ') || !first.is_ascii() || !last.is_ascii() {
        return;
    }
    let is_short_form = |word: &str| word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let (a, b) = (first.to_ascii_lowercase(), head.to_ascii_lowercase());
    let ends_alike = a.len().min(b.len()) >= LEAST && a[a.len() - END..] == b[b.len() - END..];
    if is_short_form(first) && is_short_form(head) {
        *last = head.to_owned();
    } else if ends_alike {
        *first = format!("{first} {tail}");
    }
}
