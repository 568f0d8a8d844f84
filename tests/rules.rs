//! The examples of the built-in rules, alone and within the whole pack.

use amgi::rule::{built_in, examples, load};

#[test]
fn every_example_of_every_rule_comes_out() {
    let packs: Vec<(String, String)> =
        built_in().iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let mut diagnostics = Vec::new();
    let rules = load(&packs, &mut diagnostics);
    assert_eq!(diagnostics, [], "every pack loads");
    assert!(rules.rules.len() > 40);
    let outcomes = examples::test(&rules);
    let failed: Vec<String> = outcomes
        .iter()
        .filter(|outcome| outcome.verdict != examples::Verdict::Pass)
        .map(|outcome| outcome.diagnostic().message)
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_built_in_pattern_compiles() {
    // loaded as a user's packs are, patterns are compiled at once and what does not is said
    let packs: Vec<(String, String)> = (0..built_in().len())
        .map(|i| (format!("empty{i}"), "about: nothing\n".to_owned()))
        .chain(built_in().iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
        .collect();
    let mut diagnostics = Vec::new();
    load(&packs, &mut diagnostics);
    assert_eq!(diagnostics, []);
}
