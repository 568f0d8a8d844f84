//! Reads packs. Everything that is wrong with one is said at once; what is right still loads.

use std::collections::HashSet;

use serde::Deserialize;

use super::{AnswerFrom, Layout, Letters, Pattern, Patterns, Rule, RuleForm, Rules, Target, Under};
use crate::deck::Kind;
use crate::diagnostic::{Diagnostic, Place};

/// The packs in the program: name and text, in the order their rules are tried.
const BUILT_IN: [(&str, &str); 5] = [
    ("ko.yaml", include_str!("../../templates/rules/ko.yaml")),
    ("en.yaml", include_str!("../../templates/rules/en.yaml")),
    ("ja.yaml", include_str!("../../templates/rules/ja.yaml")),
    ("zh.yaml", include_str!("../../templates/rules/zh.yaml")),
    ("neutral.yaml", include_str!("../../templates/rules/neutral.yaml")),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    /// What the pack is for.
    #[allow(dead_code, reason = "for whoever reads the pack")]
    about: String,
    /// Letters that a text must have for the rules of the pack to look at it.
    #[serde(default)]
    letters: Option<Letters>,
    #[serde(default)]
    vague: Vec<String>,
    #[serde(default)]
    chatter: Vec<String>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    rules: Vec<serde_yaml::Value>,
}

/// The built-in packs, as name and text.
pub fn built_in() -> &'static [(&'static str, &'static str)] {
    &BUILT_IN
}

/// Loads packs (name as shown, text) in order. A rule with the id of an earlier one replaces it in its place; a
/// new rule of the user's is tried before the built-in ones.
pub fn load(packs: &[(String, String)], diagnostics: &mut Vec<Diagnostic>) -> Rules {
    let mut rules = Rules::default();
    let built_in = BUILT_IN.len();
    let mut own = Vec::new();
    for (number, (name, text)) in packs.iter().enumerate() {
        let pack: Pack = match serde_yaml::from_str(text) {
            Ok(pack) => pack,
            Err(error) => {
                diagnostics.push(misfit(name, text, &error));
                continue;
            }
        };
        let lists = [
            (&pack.vague, &mut rules.vague),
            (&pack.chatter, &mut rules.chatter),
            (&pack.examples, &mut rules.examples),
            (&pack.kinds, &mut rules.kinds),
        ];
        for (patterns, into) in lists {
            let mut sound = Vec::new();
            for pattern in patterns {
                match compile(pattern, number < built_in) {
                    Ok(pattern) => sound.push(pattern),
                    Err(why) => diagnostics.push(bad_rule(name, text, pattern, &why)),
                }
            }
            into.add(sound);
        }
        let mut seen = HashSet::new();
        for value in pack.rules {
            let id = value.get("id").and_then(|id| id.as_str()).unwrap_or("").to_owned();
            let rule = serde_yaml::from_value::<RuleForm>(value)
                .map_err(|e| e.to_string())
                .and_then(|form| rule(form, name, pack.letters, number < built_in));
            match rule {
                Ok(_) if !seen.insert(id.clone()) => {
                    diagnostics.push(bad_rule(name, text, &id, "another rule of the pack has its id"));
                }
                Ok(rule) => place(rule, number >= built_in, &mut rules, &mut own),
                Err(why) => diagnostics.push(bad_rule(name, text, &id, &why)),
            }
        }
    }
    own.append(&mut rules.rules);
    rules.with(own)
}

fn place(rule: Rule, users: bool, rules: &mut Rules, own: &mut Vec<Rule>) {
    if let Some(same) = rules.rules.iter_mut().chain(own.iter_mut()).find(|same| same.form.id == rule.form.id) {
        *same = rule;
    } else if users {
        own.push(rule);
    } else {
        rules.rules.push(rule);
    }
}

fn rule(form: RuleForm, pack: &str, letters: Option<Letters>, built_in: bool) -> Result<Rule, String> {
    if form.matches.is_empty() || form.leaves.is_empty() {
        return Err("a rule needs examples: at least one under `matches` and one under `leaves`".to_owned());
    }
    let pattern = compile(&form.pattern, built_in)?;
    let needed: &[&str] = match form.emits {
        _ if form.on.contains(&Target::Table) => &[],
        Kind::Definition | Kind::Points | Kind::Cue if form.answer == AnswerFrom::Captured => &["term", "answer"],
        Kind::Definition | Kind::Points | Kind::Cue => &["term"],
        // of a pattern with one of the two, the name above is the other
        Kind::Expansion if pattern.has_capture("term") => &["term"],
        Kind::Expansion => &["full"],
        // a heading may leave it to the sections under it what it compares
        Kind::Comparison if form.on == [Target::Heading] => &[],
        Kind::Comparison => &["a"],
        Kind::Cloze => &[],
    };
    if let Some(missing) = needed.iter().find(|name| !pattern.has_capture(name)) {
        return Err(format!("its pattern has no capture `(?P<{missing}>…)`"));
    }
    if form.on.contains(&Target::Table) != form.layout.is_some() {
        return Err("`layout` is for rules on tables, and they need it".to_owned());
    }
    if form.beside && form.emits != Kind::Comparison || !form.opposites.is_empty() && !form.beside {
        return Err("`beside` is for comparisons, and `opposites` needs it".to_owned());
    }
    let tells_kin = form.layout.is_some() || form.beside || form.on == [Target::Sentence];
    if form.under == Under::Choices && form.answer != AnswerFrom::Below {
        return Err("`under: choices` needs `answer: below`".to_owned());
    }
    if form.values && form.layout.is_none() || form.kin && !tells_kin {
        return Err("`values` is for tables, and `kin` for tables, sentences and `beside`".to_owned());
    }
    if (form.names_above || form.small_letters) && form.emits != Kind::Expansion {
        return Err("`names-above` and `small-letters` are for expansions".to_owned());
    }
    if form.marks && form.layout.is_none() || form.layout == Some(Layout::Names) && form.emits != Kind::Points {
        return Err("`marks` is for tables, and `layout: names` for points".to_owned());
    }
    let all = |patterns: &[String]| {
        patterns.iter().map(|p| compile(p, built_in)).collect::<Result<_, _>>().map(Patterns::new)
    };
    let captures_both = ["term", "full"].iter().all(|name| pattern.has_capture(name));
    let names_above = form.emits == Kind::Expansion && (!captures_both || form.names_above);
    let above = form.above.as_deref().map(|above| compile(above, built_in)).transpose()?;
    let ends = form.ends.as_deref().map(|ends| compile(&format!(r"(?:{ends})[\s.。]*$"), built_in)).transpose()?;
    let mut opposite_heads: Vec<[u8; 2]> =
        form.opposites.iter().flatten().filter_map(|word| super::head(word)).collect();
    opposite_heads.sort_unstable();
    Ok(Rule {
        opposite_heads,
        above,
        names_above,
        ends,
        letters,
        pattern,
        pack: pack.to_owned(),
        reject_term: all(&form.reject.term)?,
        reject_answer: all(&form.reject.answer)?,
        reject_text: all(&form.reject.text)?,
        form,
    })
}

fn compile(pattern: &str, built_in: bool) -> Result<Pattern, String> {
    if built_in { Ok(Pattern::trusted(pattern)) } else { Pattern::checked(pattern) }
}

fn misfit(name: &str, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let place =
        error.location().map_or_else(|| Place::file(name), |at| Place::in_text(name, text, at.line(), at.column()));
    Diagnostic::error("rule-pack", format!("the rule pack does not fit: {error}")).at(place)
}

/// `near`: the rule's id or the pattern, to find the line by.
fn bad_rule(name: &str, text: &str, near: &str, why: &str) -> Diagnostic {
    let found = text.lines().enumerate().find(|(_, line)| !near.is_empty() && line.contains(near));
    let place = found.map_or_else(
        || Place::file(name),
        |(i, line)| {
            let start = line.find(near).unwrap_or(0);
            Place::marked(name, i + 1, line, start..start + near.len())
        },
    );
    let what = if near.is_empty() { "a rule".to_owned() } else { format!("the rule `{near}`") };
    Diagnostic::error("rule", format!("{what} does not load: {why}"))
        .at(place)
        .hint("`amgi rules show ID` prints a rule that works")
}
