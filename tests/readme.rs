//! The README says what is so: its table of keys is made from the table that the program uses.
//! `B24CHAT_BLESS=1 cargo test --test readme` writes it anew.

use b24chat::tui::keys::{Binding, Place, bindings};

const BEGIN: &str = "<!-- keys: made from assets/keymap.toml -->\n";
const END: &str = "<!-- end of keys -->\n";

#[test]
fn the_table_of_keys_in_the_readme_is_the_programs_own() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).expect("the README has a place for the keys");
    let (shown, after) = rest.split_once(END).expect("the place for the keys ends");
    let table = table();
    if std::env::var_os("B24CHAT_BLESS").is_some() {
        return std::fs::write(path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    }
    assert_eq!(shown, table, "B24CHAT_BLESS=1 cargo test --test readme writes the table anew");
}

fn table() -> String {
    let mut table = "| where | keys | what they do |\n|---|---|---|\n".to_owned();
    let mut told: Vec<*const Binding> = Vec::new();
    let places = [
        ("everywhere", Place::Anywhere),
        ("outside text fields", Place::Outside),
        ("entity type", Place::EntityType),
        ("list of types", Place::Types),
        ("entity id", Place::EntityId),
        ("result", Place::Result),
        ("response", Place::Response),
        ("history", Place::History),
        ("filter of the history", Place::Filter),
        ("text to find", Place::Search),
        ("palette", Place::Palette),
    ];
    for (name, place) in places {
        for binding in bindings(place).filter(|binding| binding.places.contains(&place)) {
            // A row that holds for several places stands once, at the first of them.
            if told.contains(&std::ptr::from_ref(binding)) {
                continue;
            }
            told.push(std::ptr::from_ref(binding));
            let others = binding.places.iter().filter(|other| **other != place);
            let others: Vec<&str> = others
                .filter_map(|other| places.iter().find(|(_, known)| known == other))
                .map(|(name, _)| *name)
                .collect();
            let name = [&[name], others.as_slice()].concat().join(", ");
            let chords: Vec<String> = binding.chords.iter().map(|chord| format!("`{chord}`")).collect();
            table.push_str(&format!("| {name} | {} | {} |\n", chords.join(" "), binding.help));
        }
    }
    table
}
