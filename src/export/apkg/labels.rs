//! What a card asks, in the language of its entry. It travels in the fields, so that one note type serves every language.

use crate::deck::FactKind;

/// The language cards are labelled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Korean,
    Japanese,
    Chinese,
}

impl Language {
    /// By script: any Hangul is Korean, else any kana Japanese, else any Han Chinese.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut kana, mut han) = (false, false);
        for c in texts.into_iter().flat_map(str::chars) {
            match c {
                '가'..='힣' | 'ㄱ'..='ㆎ' | '\u{1100}'..='\u{11ff}' => return Language::Korean,
                'ぁ'..='ヿ' => kana = true,
                '一'..='鿿' => han = true,
                _ => {}
            }
        }
        match (kana, han) {
            (true, _) => Language::Japanese,
            (_, true) => Language::Chinese,
            _ => Language::English,
        }
    }

    /// BCP 47.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Korean => "ko",
            Language::Japanese => "ja",
            Language::Chinese => "zh",
        }
    }

    /// Above a term whose answer is asked. `points` is how many things the answer names.
    pub(super) fn ask_answer(self, kind: FactKind, points: usize) -> String {
        use Language::*;
        match (kind, self) {
            (FactKind::Definition, English) => "What is it?".to_owned(),
            (FactKind::Definition, Korean) => "무슨 뜻일까요?".to_owned(),
            (FactKind::Definition, Japanese) => "どういう意味？".to_owned(),
            (FactKind::Definition, Chinese) => "是什么意思？".to_owned(),
            (FactKind::Points, English) if points == 1 => "Recall · <b>1 point</b>".to_owned(),
            (FactKind::Points, English) => format!("Recall · <b>{points} points</b>"),
            (FactKind::Points, Korean) => format!("떠올려 보세요 · <b>{points}가지</b>"),
            (FactKind::Points, Japanese) => format!("思い出そう · <b>{points}項目</b>"),
            (FactKind::Points, Chinese) => format!("回忆 · <b>{points}点</b>"),
            (FactKind::Cue, English) => "What does this cue point to?".to_owned(),
            (FactKind::Cue, Korean) => "이 단서가 가리키는 것은?".to_owned(),
            (FactKind::Cue, Japanese) => "この手がかりが指すものは？".to_owned(),
            (FactKind::Cue, Chinese) => "这个线索指向什么？".to_owned(),
        }
    }

    /// Above a term that is a question itself.
    pub(super) fn ask_question(self) -> &'static str {
        match self {
            Language::English => "What is the answer?",
            Language::Korean => "답은 무엇일까요?",
            Language::Japanese => "答えは？",
            Language::Chinese => "答案是什么？",
        }
    }

    /// Above an answer whose term is asked.
    pub(super) fn ask_term(self, kind: FactKind) -> &'static str {
        use Language::*;
        match (kind, self) {
            (FactKind::Definition, English) => "Which term is this?",
            (FactKind::Definition, Korean) => "이것을 뜻하는 용어는?",
            (FactKind::Definition, Japanese) => "この意味の用語は？",
            (FactKind::Definition, Chinese) => "这是哪个术语？",
            (FactKind::Points, English) => "What is this about?",
            (FactKind::Points, Korean) => "무엇에 대한 것일까요?",
            (FactKind::Points, Japanese) => "何についての内容？",
            (FactKind::Points, Chinese) => "这是关于什么的？",
            (FactKind::Cue, English) => "Which cue points to this?",
            (FactKind::Cue, Korean) => "이것을 가리키는 단서는?",
            (FactKind::Cue, Japanese) => "これを指す手がかりは？",
            (FactKind::Cue, Chinese) => "哪个线索指向它？",
        }
    }

    /// Above a short form.
    pub(super) fn ask_long(self) -> &'static str {
        match self {
            Language::English => "What does it stand for?",
            Language::Korean => "줄이기 전 이름은?",
            Language::Japanese => "正式名称は？",
            Language::Chinese => "全称是什么？",
        }
    }

    /// Above a long form.
    pub(super) fn ask_short(self) -> &'static str {
        match self {
            Language::English => "What is the short form?",
            Language::Korean => "줄인 이름은?",
            Language::Japanese => "略称は？",
            Language::Chinese => "简称是什么？",
        }
    }

    /// Above the row asked of a comparison.
    pub(super) fn ask_row(self) -> &'static str {
        match self {
            Language::English => "How do they differ?",
            Language::Korean => "무엇이 다를까요?",
            Language::Japanese => "何が違う？",
            Language::Chinese => "有什么区别？",
        }
    }

    /// Above a comparison that is asked for as a whole, of so many rows.
    pub(super) fn ask_rows(self, rows: usize) -> String {
        match self {
            Language::English => format!("How do they differ? <b>{rows} points</b>"),
            Language::Korean => format!("무엇이 다를까요? <b>{rows}가지</b>"),
            Language::Japanese => format!("何が違う？ <b>{rows}項目</b>"),
            Language::Chinese => format!("有什么区别？ <b>{rows}点</b>"),
        }
    }

    /// Above a term whose answer is to be chosen.
    pub(super) fn ask_choice(self, kind: FactKind) -> &'static str {
        use Language::*;
        match (kind, self) {
            (FactKind::Cue, English) => "Which one does this cue point to?",
            (FactKind::Cue, Korean) => "이 단서가 가리키는 것을 고르세요",
            (FactKind::Cue, Japanese) => "この手がかりが指すものを選ぼう",
            (FactKind::Cue, Chinese) => "选出这个线索指向的一项",
            (_, English) => "Choose the right one",
            (_, Korean) => "맞는 설명을 고르세요",
            (_, Japanese) => "正しい説明を選ぼう",
            (_, Chinese) => "选出正确的说明",
        }
    }

    /// What a multiple-choice card says, parted by `|`: the answer was right; was wrong, before the right one's number;
    /// on the right choice; on the chosen one.
    pub(super) fn verdicts(self) -> &'static str {
        match self {
            Language::English => "Right|Not this one. It is |answer|yours",
            Language::Korean => "맞았어요|아니에요. 정답은 |정답|내 답",
            Language::Japanese => "正解|違います。正解は |正解|あなたの答え",
            Language::Chinese => "答对了|不对。正确答案是 |正确|你的答案",
        }
    }

    /// On what a tap shows of a list.
    pub(super) fn tap(self) -> &'static str {
        match self {
            Language::English => "Tap to see",
            Language::Korean => "눌러서 보기",
            Language::Japanese => "タップして見る",
            Language::Chinese => "点按查看",
        }
    }

    /// Above a sentence with something hidden.
    pub(super) fn ask_hidden(self) -> &'static str {
        match self {
            Language::English => "Fill in the blank",
            Language::Korean => "빈칸을 채워 보세요",
            Language::Japanese => "空欄を埋めよう",
            Language::Chinese => "填空",
        }
    }

    /// On the fold that opens to the details.
    pub(super) fn more(self) -> &'static str {
        match self {
            Language::English => "More",
            Language::Korean => "자세히",
            Language::Japanese => "くわしく",
            Language::Chinese => "详细",
        }
    }
}
