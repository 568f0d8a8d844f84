//! Sentences that announce what stands below them: a list, several of something, what somebody offers.

use std::sync::LazyLock;

use regex::Regex;

/// What points to the list below it and says nothing without: `다음과 같다`, `the following …`, `以下の…`, `如下`.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static POINTS_BELOW: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        r"(?:다음|아래|이하)(?:과|와)? ?같|(?:다음|아래)의\s",
        r"(?:^|\s)다음(?:\s\S*)?[을를]\s(?:\S+\s)?(?:고려|평가|확인|포함|검토|참고|충족|준수|만족|수행)\S*$",
        r"(?i:(?-u:\b)(?:following|as follows)(?-u:\b)|(?:divided|classified|split|grouped|separated|broken down) (?:in)?to(?: [a-z]+){0,3}$)",
        r"(?:以下|次)の|以下|下列|下面(?:几|幾|的|[两兩二三四五六七八九])|如下",
    ];
    Regex::new(&parts.join("|")).unwrap()
});

/// What counts the things below it: `세 가지로 나뉜다`, `three kinds of …`, `三つに…`, `分为三类`.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static COUNTS: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        r"(?:두|세|네|다섯|여섯|일곱|여러|몇|\d)\s?(?:가지|개|종류|단계)\S*\s\S+(?:\s수 있\S+)?$",
        concat!(
            r"(?i:(?-u:\b)(?:two|three|four|five|six|seven|eight|nine|ten|several|\d+) (?:[a-z-]+ ){0,2}",
            r"(?:types|kinds|ways|steps|parts|methods|reasons|factors|categories|stages|forms|components|levels|models",
            r"|elements|principles|options|phases|approaches|classes|groups|features|properties|conditions|things|points|questions)(?-u:\b))"
        ),
        r"[2-9２-９二三四五六七八九](?:つ|種類)(?:の|に|が|ある|あり|存在)",
        r"[两兩二三四五六七八九](?:种|種|类|類|个|個|大)",
    ];
    Regex::new(&parts.join("|")).unwrap()
});

/// Whether a line is one sentence that announces what stands below it.
pub(crate) fn announces_list(plain: &str) -> bool {
    one_sentence(plain).is_some_and(|one| POINTS_BELOW.is_match(one) || COUNTS.is_match(one))
}

/// The same of a line that names nothing: `Note: if one of these six …` is a remark on the list.
pub(super) fn announces_below(plain: &str) -> bool {
    announces_list(plain) && !super::sentence::names_something(plain)
}

/// What one sentence says before it counts the things below it.
pub(crate) fn before_count(plain: &str) -> Option<&str> {
    let one = one_sentence(plain)?;
    COUNTS.find(one).map(|count| &one[..count.start()])
}

/// Whether a short Korean line only says that a heading's thing is offered somewhere: `여기서는 밧줄을 제공합니다` under `밧줄`.
pub(crate) fn only_offers(heading: &str, plain: &str) -> bool {
    const LONGEST: usize = 30; // characters
    #[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
    static OFFERS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^\S*(?:에서|에)는?\s(.+?)[을를]\s(?:제공|지원)(?:한다|합니다|하고 있다|하고 있습니다|해준다|해줍니다)$",
        )
        .unwrap()
    });
    plain.chars().count() <= LONGEST
        && one_sentence(plain)
            .and_then(|one| OFFERS.captures(one))
            .is_some_and(|offered| offered.get(1).is_some_and(|name| name.as_str().ends_with(heading)))
}

/// What one sentence says that there are several of, and no more: `There are several kinds of rope`.
pub(crate) fn several(plain: &str) -> Option<&str> {
    #[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
    static SEVERAL: LazyLock<Regex> = LazyLock::new(|| {
        let parts = [
            r"(?:いくつか|いくつも|複数|様々|さまざま|多く)[のな](\S+?)が(?:ある|あります|存在する|存在します)$",
            r"(?:여러|다양한|많은|여러 ?가지|몇 ?가지)\s(\S+?)[이가]\s?(?:있다|있습니다|있음|존재한다|존재합니다)$",
            r"^There (?:are|exist) (?:many|several|various|multiple|some|different)(?: different)? ([^,]+)$",
        ];
        Regex::new(&parts.join("|")).unwrap()
    });
    let captures = SEVERAL.captures(one_sentence(plain)?)?;
    captures.iter().skip(1).flatten().next().map(|several| several.as_str())
}

/// Whether a line is one sentence that says nothing without the list below it.
pub(crate) fn points_below(plain: &str) -> bool {
    one_sentence(plain).is_some_and(|one| POINTS_BELOW.is_match(one))
}

/// A text without its full stop, unless it has several sentences.
fn one_sentence(plain: &str) -> Option<&str> {
    // a source in brackets behind it
    const SOURCES: [&str; 6] = ["(출처)", "(참고)", "(참조)", "(링크)", "(source)", "(出典)"];
    let plain = SOURCES.iter().find_map(|source| plain.strip_suffix(source)).unwrap_or(plain);
    let one = plain.trim_end_matches(['.', '。', ' ']);
    (!one.contains(". ") && !one.contains('。')).then_some(one)
}
