//! Pairs that hold everything that has ever ended a literal.

use b24chat::domain::entity::EntityPair;

const PIECES: [&str; 44] = [
    "'",
    "\"",
    "`",
    "\\",
    "$",
    "${x}",
    "$(id)",
    "%",
    "%s",
    "%PATH%",
    "!",
    "!!",
    "\n",
    "\r\n",
    "\t",
    "\u{7}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{9b}",
    "'@",
    "\"@",
    "*/",
    "/*",
    "//",
    "#",
    "?>",
    "<?php",
    "</script>",
    "<!--",
    "{{x}}",
    "{$x}",
    "\\'",
    "'''",
    "\"\"\"",
    "EOF",
    "«id»",
    "Сделка №5",
    "会議",
    "\u{202e}",
    "\u{200b}",
    "\u{2028}",
    "\u{feff}",
    "‘’‚‛",
    "DEAL|1663",
];

/// The same hostile pairs each time; the number makes each of them another pair.
pub(super) fn pairs(count: usize) -> Vec<EntityPair> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
    };
    let mut text = move |most: usize| (0..=next(most)).map(|_| PIECES[next(PIECES.len())]).collect::<String>();
    (0..count).map(|number| EntityPair::new(text(3), format!("{}|{number}", text(9))).unwrap()).collect()
}

/// One pair with every piece in it, in two halves.
pub(super) fn everything() -> EntityPair {
    let all: String = PIECES.concat();
    EntityPair::new("CUSTOM ' \" \\ $x", all.chars().take(255).collect::<String>()).unwrap()
}

pub(super) fn with_everything(count: usize) -> Vec<EntityPair> {
    pairs(count).into_iter().chain([everything()]).collect()
}
