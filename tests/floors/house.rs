//! The rules of the house, and what breaks them in one file.

use super::paths::{self, Named};

/// A file longer than this holds two ideas.
const LINES: usize = 450;

/// What the pure floors know nothing of: threads, the network, the disk, the terminal, the environment
/// and clocks. An address of the network is a value and may be known.
const OUTSIDE: [&[&str]; 15] = [
    &["tokio"],
    &["reqwest"],
    &["hyper"],
    &["crossterm"],
    &["rusqlite"],
    &["std", "fs"],
    &["std", "net"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "env"],
    &["Instant", "now"],
    &["SystemTime", "now"],
    &["Timestamp", "now"],
    &["Zoned", "now"],
    &["TimeZone", "system"],
];
const VALUES: [&[&str]; 3] = [&["std", "net", "IpAddr"], &["std", "net", "Ipv4Addr"], &["std", "net", "Ipv6Addr"]];

/// A floor by the beginning of its modules, whether it is pure, and what it may import besides itself.
struct Floor {
    at: &'static str,
    is_pure: bool,
    imports: &'static [&'static str],
}

const FLOORS: [Floor; 13] = [
    Floor { at: "domain", is_pure: true, imports: &[] },
    Floor { at: "portal", is_pure: false, imports: &["domain"] },
    Floor { at: "store", is_pure: false, imports: &["domain"] },
    Floor { at: "session", is_pure: false, imports: &["domain", "portal", "store"] },
    Floor { at: "demo", is_pure: false, imports: &["domain"] },
    Floor { at: "tui::keys", is_pure: true, imports: &["domain"] },
    Floor { at: "tui::ui", is_pure: true, imports: &["domain", "tui::keys"] },
    Floor { at: "tui::panes", is_pure: true, imports: &["domain", "tui::keys", "tui::ui"] },
    Floor { at: "tui::app", is_pure: true, imports: &["domain", "tui::keys", "tui::ui", "tui::panes"] },
    Floor { at: "tui::runtime", is_pure: false, imports: &["domain", "portal", "store", "demo", "session", "tui"] },
    Floor { at: "tui", is_pure: true, imports: &[] },
    Floor { at: "cli", is_pure: false, imports: &["domain", "portal", "store", "demo", "session", "tui"] },
    Floor { at: "", is_pure: false, imports: &["cli"] },
];

/// The demo portal must not read replies the way the client does: one checks the other.
const NOT_FOR_THE_DEMO: &str = "domain::reply";

/// What is wrong with a file, named as seen from `src`: one line each, with the place.
pub fn faults(file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let is_test = file.ends_with("/tests.rs") || file.contains("/tests/");
    if !is_test && !text.starts_with("//! ") {
        faults.push(format!("src/{file}:1: begins without a word about whose room it is (//! …)"));
    }
    if text.lines().count() > LINES {
        faults.push(format!("src/{file}: {} lines; at most {LINES}", text.lines().count()));
    }
    let module = module_of(file);
    let here = floor_of(&module[1..].join("::"));
    for path in paths::named(&module, text) {
        if let Some(why) = fault(here, &path, is_test) {
            faults.push(format!("src/{file}:{}: {}: {why}", path.line, path.segments.join("::")));
        }
    }
    faults
}

/// Tests may look at a clock, but import no more than the room they are in.
fn fault(here: &Floor, path: &Named, is_test: bool) -> Option<String> {
    if let Some((first, rest)) = path.segments.split_first()
        && first == "crate"
    {
        let to = rest.join("::");
        if begins(&to, here.at) || here.imports.iter().any(|floor| begins(&to, floor)) {
            return (here.at == "demo" && begins(&to, NOT_FOR_THE_DEMO))
                .then(|| "the demo portal shares no reply-reading code with the client".to_owned());
        }
        return Some(format!("{} may import only {:?} besides itself", here.name(), here.imports));
    }
    let is_value = VALUES.iter().any(|value| path.holds(value));
    let outside =
        OUTSIDE.iter().find(|outside| path.holds(outside)).filter(|_| here.is_pure && !is_test && !is_value)?;
    Some(format!("{} is pure and knows nothing of {}", here.name(), outside.join("::")))
}

impl Floor {
    fn name(&self) -> &str {
        if self.at.is_empty() { "the root" } else { self.at }
    }
}

fn floor_of(module: &str) -> &'static Floor {
    FLOORS.iter().find(|floor| begins(module, floor.at)).expect("the root is a floor for everything else")
}

/// Whether a path is a floor or within it. Nothing but the root itself is within the root.
fn begins(path: &str, floor: &str) -> bool {
    match path.strip_prefix(floor) {
        _ if floor.is_empty() => true,
        Some(rest) => rest.is_empty() || rest.starts_with("::"),
        None => false,
    }
}

/// `tui/app/mod.rs` is `["crate", "tui", "app"]`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    let path = if matches!(path, "lib" | "main") { "" } else { path };
    ["crate"].into_iter().chain(path.split('/')).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
