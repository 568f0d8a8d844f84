fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mut d = Vec::new();
    let packs: Vec<(String,String)> = amgi::rule::built_in().iter().map(|(a,b)|(a.to_string(),b.to_string())).collect();
    let rules = amgi::rule::load(&packs, &mut d);
    for x in &d { eprintln!("{x:?}"); }
    let path = std::path::PathBuf::from(&args[2]);
    let name = path.file_name().unwrap().to_str().unwrap().to_string();
    let note = amgi::source::decode(name.clone(), name.clone(), &std::fs::read(&path).unwrap(), &mut d).unwrap();
    let outline = amgi::outline::Outline::read(&note);
    let c = amgi::extract::extract(&outline, &rules);
    let nd = amgi::deck::assemble::assemble(&note, &outline, c);
    let mut deck = amgi::deck::Deck { title: nd.title.clone(), notes: vec![nd] };
    amgi::deck::identity::give_ids(&mut deck, Default::default());
    let out = std::path::PathBuf::from(&args[4]).join("cards");
    std::fs::create_dir_all(&out).unwrap();
    std::fs::write(out.join(format!("{}.yaml", path.file_stem().unwrap().to_str().unwrap())), amgi::deck::yaml::write(&deck.notes[0]).unwrap()).unwrap();
}
