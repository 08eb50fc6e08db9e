//! For the tests of quoting: texts made of everything that has ever ended a literal, and a reader of the
//! escapes that most languages share.

use proptest::prelude::*;

/// What ends literals, comments, scripts and templates, begins variables, or cannot be seen.
pub const PIECES: [&str; 50] = [
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
    "@'",
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
    "{",
    "}",
    "\\'",
    "\\\"",
    "'''",
    "\"\"\"",
    "EOF",
    "«id»",
    "Сделка №5",
    "会議",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{202e}",
    "\u{200b}",
    "\u{2028}",
    "\u{feff}",
    "\u{e0041}",
    "‘’‚‛",
    "DEAL|1663",
];

/// Hostile pieces and anything else, without NUL.
pub fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_filter("NUL is in no word", |c| *c != '\0').prop_map(String::from),
        1 => "[ -~]{1,3}",
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// What a literal means: `\n`, `\x41`, `\u0041`, `\u{41}`, `\U00000041`; any other escaped character is itself.
/// In PHP's single quotes only the quote and the backslash are ever escaped.
pub fn unescape(literal: &str, quote: char) -> String {
    let inside =
        literal.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)).expect("a literal in its quotes");
    let (mut units, mut chars) = (Vec::new(), inside.chars());
    let push = |c: char, units: &mut Vec<u16>| units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
    while let Some(c) = chars.next() {
        assert!(c != quote, "an unescaped quote in {literal}");
        assert!(c != '\n' && c != '\r', "a line break in {literal}");
        if c != '\\' {
            push(c, &mut units);
            continue;
        }
        let hex = |chars: &mut std::str::Chars, count: usize| {
            u32::from_str_radix(&chars.take(count).collect::<String>(), 16).expect("hexadecimal digits")
        };
        match chars.next().expect("a backslash has something after it") {
            'n' => push('\n', &mut units),
            'r' => push('\r', &mut units),
            't' => push('\t', &mut units),
            'x' => units.push(u16::try_from(hex(&mut chars, 2)).unwrap()),
            'U' => push(char::from_u32(hex(&mut chars, 8)).unwrap(), &mut units),
            'u' if chars.as_str().starts_with('{') => {
                let digits: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                push(char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap(), &mut units);
            }
            'u' => units.push(u16::try_from(hex(&mut chars, 4)).unwrap()),
            c => push(c, &mut units),
        }
    }
    String::from_utf16(&units).expect("whole characters")
}
