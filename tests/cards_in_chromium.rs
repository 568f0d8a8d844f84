//! Cards as a telephone and a desktop show them: rendered with Anki's library, laid out by Chromium, by day and by night.
//! Nothing may stick out to be scrolled to. The pictures stay in `target/tmp/cards`.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "support/entries.rs"]
#[allow(unreachable_pub, reason = "a module of each test binary")]
mod entries;
#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use amgi::deck::{Entry, FactKind};
use amgi::export::{AnkiOptions, apkg};
use amgi::media::Media;
use amgi::templates::Templates;
use entries::{cloze, comparison, deck, detailed, expansion};

fn examples() -> Vec<Entry> {
    vec![
        detailed(
            "definition",
            &["컴퓨팅", "EC2", "요금제"],
            FactKind::Definition,
            "Savings Plan",
            "시간당 쓸 ==금액==을 1년이나 3년 동안 약속하고, 그 대가로 온디맨드보다 싸게 쓰는 요금제.",
            Some(
                "- 인스턴스 대수가 아니라 시간당 지출액을 약속해요.\n- Compute 유형은 리전이나 인스턴스 패밀리를 바꿔도 \
                 할인이 따라와요.\n- 약속한 금액을 넘긴 사용량은 온디맨드 단가로 계산돼요.",
            ),
        ),
        detailed(
            "points",
            &["컴퓨팅", "EC2", "Auto Scaling"],
            FactKind::Points,
            "EC2 Auto Scaling 규칙",
            "- 최소·희망·최대 용량을 먼저 정해 둔다. 희망 용량은 언제나 그 사이에 있다.\n- 상태 확인에 떨어진 인스턴스는 \
             빼고 새것으로 채운다.\n- 대상 추적 정책은 지표 하나를 목표값 근처에 붙잡아 둔다.",
            None,
        ),
        detailed(
            "markup",
            &["설계", "가용성"],
            FactKind::Definition,
            "가용성 99 %인 서버를 `n`개 AZ에 하나씩 두면 전체 가용성은?",
            "$A_n = 1-(1-a)^n$ and https://example.com/a/very/long/address/that/does/not/fit/on/a/telephone\n\n```python\n\
             def availability(a, n):\n    return 1 - (1 - a) ** n  # a line much wider than any telephone is\n```\n\n\
             | AZ 수 | 전체 가용성 | 한 해 멈춤 |\n|-|-|-|\n| 1 | 99 % | 87.6시간 |\n| 2 | 99.99 % | 52.6분 |",
            None,
        ),
        expansion("expansion", &["컴퓨팅", "EC2"], "EC2", "Elastic Compute Cloud"),
        comparison(
            "comparison",
            &["네트워킹", "VPC", "엔드포인트"],
            &["Gateway Endpoint", "Interface Endpoint"],
            &[
                ("Purpose", &["S3와 DynamoDB로 가는 길을 VPC 안에서 끝낸다", "대부분의 AWS 서비스를 사설 IP로 부른다"]),
                (
                    "Routing",
                    &["라우팅 테이블에 접두사 목록 경로를 더한다", "서브넷에 생긴 ENI의 사설 IP로 DNS가 이어 준다"],
                ),
                ("Service Support", &["S3, DynamoDB 두 가지", "100개가 넘는 서비스와 파트너 서비스"]),
                ("", &["라우팅 대상(무료)", ""]),
            ],
        ),
        comparison(
            "stacked",
            &["네트워킹", "VPC"],
            &["NAT Gateway", "NAT Instance", "Egress-only"],
            &[
                ("비용", &["시간당과 GB당 요금", "인스턴스 요금", "무료"]),
                ("관리", &["AWS가 한다", "직접 한다", "AWS가 한다"]),
            ],
        ),
        comparison(
            "bare",
            &["네트워킹"],
            &["SG", "NACL"],
            &[("", &["인스턴스에 붙는다", "서브넷에 붙는다"]), ("", &["상태를 기억한다", "기억하지 않는다"])],
        ),
        comparison(
            "tall",
            &["AWS"],
            &["S3", "EBS", "EFS", "FSx", "Instance Store", "Glacier"],
            &[
                ("단위", &["객체", "블록", "파일", "파일", "블록", "객체"]),
                ("연결", &["HTTP", "하나의 인스턴스", "여럿", "여럿", "호스트", "HTTP"]),
            ],
        ),
        detailed(
            "choice1",
            &["컴퓨팅", "EC2"],
            FactKind::Cue,
            "밤마다 두 시간, 끊겨도 이어서 할 수 있는 작업",
            "스팟 인스턴스로 돌린다",
            None,
        ),
        detailed(
            "choice2",
            &["컴퓨팅", "EC2"],
            FactKind::Cue,
            "늘 켜 두는 서버",
            "전용 호스트를 3년 예약해 쓴다",
            None,
        ),
        detailed("choice3", &["컴퓨팅", "EC2"], FactKind::Cue, "한 번 해 보는 실험", "온디맨드 인스턴스를 쓴다", None),
        detailed(
            "choice4",
            &["컴퓨팅", "EC2"],
            FactKind::Cue,
            "해마다 늘어나는 팀",
            "Savings Plan을 새로 약속한다",
            None,
        ),
        cloze(
            "cloze",
            &["스토리지", "S3", "수명 주기"],
            "마지막으로 읽은 뒤 오래 지난 객체는 수명 주기 규칙이 {{Glacier Deep Archive}} 계층으로 옮기고, 꺼낼 때는 \
             {{복원}} 요청을 먼저 보내야 한다.",
        ),
    ]
}

/// Standard output of Chromium, given a page and what to do with it.
fn chromium(program: &Path, page: &Path, size: (u32, u32), what: &str) -> String {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(program)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=10000"])
        .arg("--force-device-scale-factor=0.5")
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--window-size={},{}", size.0, size.1))
        .arg(what)
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("chromium runs");
    support::succeeded(&output, "chromium")
}

/// Lays every card out `width` pixels wide: how many of them there are, and pictures of them by day and by night.
fn laid_out(program: &Path, name: &str, width: u32) -> (usize, [Vec<u8>; 2]) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cards").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let package = folder.join("cards.apkg");
    let bytes = apkg(&deck("AWS", examples()), &Templates::default(), &AnkiOptions::default(), &Media::default());
    std::fs::write(&package, bytes.unwrap()).unwrap();
    support::python_script("anki_pages.py", &[&package, &folder, Path::new(&width.to_string())]);
    let mut sides = 0;
    let pictures = ["day", "night"].map(|time| {
        let page = folder.join(format!("{time}.html"));
        let size = if width < 600 { (8 * 402, 10 * 712) } else { (3 * 1292, 26 * 432) };
        let dom = chromium(program, &page, size, "--dump-dom");
        let widths: Vec<&str> = dom.split("<li>").skip(1).filter_map(|item| item.split("</li>").next()).collect();
        let wide: Vec<_> = widths.iter().filter(|item| !item.ends_with(&format!(" {width}/{width}"))).collect();
        assert!(wide.is_empty(), "wider than the screen: {wide:?}");
        sides = widths.len();
        let picture = folder.join(format!("{time}.png"));
        chromium(program, &page, size, &format!("--screenshot={}", picture.display()));
        std::fs::read(&picture).unwrap()
    });
    (sides, pictures)
}

#[test]
fn cards_fit_a_telephone_and_a_desktop() {
    let Some(program) = support::chromium() else {
        eprintln!("cards_fit_a_telephone_and_a_desktop: left out, there is no Chromium here");
        return;
    };
    for (name, width) in [("telephone", 390), ("desktop", 1280)] {
        let (sides, [day, night]) = laid_out(&program, name, width);
        assert_eq!(
            sides,
            2 * (2 + 1 + 1 + 2 + 4 + 2 + 2 + 2 + 2 + 3 + 4 + 4) + 2 * (1 + 4),
            "front and back of every card, and what is tapped, were laid out"
        );
        for picture in [&day, &night] {
            assert!(picture.starts_with(b"\x89PNG") && picture.len() > 50_000, "a blank picture");
        }
        assert!(day != night, "day and night look the same");
    }
}
