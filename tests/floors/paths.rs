//! Every path that a source file names, without reading Rust any deeper than that: comments, texts and
//! characters are passed over, `use` trees are written out, and `self` and `super` are followed.

use std::collections::VecDeque;

/// A path and the line it begins in. What is ours begins with `crate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub segments: Vec<String>,
    pub line: usize,
}

impl Named {
    /// Whether these segments stand in it side by side.
    pub fn holds(&self, wanted: &[&str]) -> bool {
        self.segments.windows(wanted.len()).any(|some| some == wanted)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    /// `::`
    Into,
    Sign(char),
}

/// The paths in the file of a module, such as `["crate", "tui", "app"]` for `tui/app/mod.rs`.
pub fn named(module: &[String], text: &str) -> Vec<Named> {
    let mut tokens: VecDeque<(Token, usize)> = tokens(text).into();
    let mut found = Vec::new();
    // The inline modules that the reader is inside of, each with the depth of braces outside of it.
    let mut inside: Vec<(String, usize)> = Vec::new();
    let mut depth = 0;
    let mut words_before = [String::new(), String::new()];
    while let Some((token, line)) = tokens.pop_front() {
        match token {
            Token::Word(word) => {
                let here: Vec<String> =
                    module.iter().cloned().chain(inside.iter().map(|(name, _)| name.clone())).collect();
                if matches!(tokens.front(), Some((Token::Into, _))) {
                    let mut paths = Vec::new();
                    tree(vec![word.clone()], line, &mut tokens, &mut paths);
                    found.extend(paths.into_iter().filter_map(|path| followed(&here, path)));
                }
                words_before = [std::mem::take(&mut words_before[1]), word];
            }
            Token::Sign('{') => {
                if words_before[0] == "mod" {
                    inside.push((words_before[1].clone(), depth));
                }
                depth += 1;
                words_before = Default::default();
            }
            Token::Sign('}') => {
                depth -= 1;
                inside.pop_if(|(_, outside)| *outside == depth);
                words_before = Default::default();
            }
            _ => words_before = Default::default(),
        }
    }
    found
}

/// Reads on after a word: `::b`, `::{b, c::d}`, `::*`.
fn tree(begun: Vec<String>, line: usize, tokens: &mut VecDeque<(Token, usize)>, paths: &mut Vec<Named>) {
    let mut segments = begun;
    while tokens.front().is_some_and(|(token, _)| *token == Token::Into) {
        tokens.pop_front();
        match tokens.front().cloned() {
            Some((Token::Word(word), _)) => {
                tokens.pop_front();
                segments.push(word);
            }
            Some((Token::Sign('{'), _)) => {
                tokens.pop_front();
                while let Some((token, line)) = tokens.pop_front() {
                    match token {
                        Token::Sign('}') => return,
                        Token::Word(word) if word == "self" => {
                            paths.push(Named { segments: segments.clone(), line });
                        }
                        Token::Word(word) => {
                            tree(segments.iter().cloned().chain([word]).collect(), line, tokens, paths);
                        }
                        _ => {}
                    }
                }
                return;
            }
            _ => break,
        }
    }
    paths.push(Named { segments, line });
}

/// The same path from the root, where it is one of ours.
fn followed(here: &[String], path: Named) -> Option<Named> {
    let mut from = here.to_vec();
    let mut rest = path.segments.iter().peekable();
    match rest.peek()?.as_str() {
        "self" => drop(rest.next()),
        "super" => {
            while rest.next_if(|word| *word == "super").is_some() {
                from.pop();
            }
        }
        "b24chat" => {
            rest.next();
            from = vec!["crate".to_owned()];
        }
        _ => from.clear(),
    }
    Some(Named { segments: from.into_iter().chain(rest.cloned()).collect(), line: path.line })
}

fn tokens(text: &str) -> Vec<(Token, usize)> {
    let chars: Vec<char> = text.chars().collect();
    let (mut at, mut line, mut tokens) = (0, 1, Vec::new());
    let next = |at: usize| chars.get(at).copied().unwrap_or('\0');
    while at < chars.len() {
        let began = at;
        match chars[at] {
            '/' if next(at + 1) == '/' => at = until(&chars, at, |rest| rest[0] == '\n'),
            '/' if next(at + 1) == '*' => at = after_comment(&chars, at),
            '"' => at = after_text(&chars, at),
            '\'' if is_character(&chars, at) => at = after_character(&chars, at),
            'r' | 'b' | 'c' if raw_hashes(&chars, at).is_some() => at = after_raw(&chars, at),
            c if c == '_' || c.is_alphabetic() => {
                at = until(&chars, at, |rest| !(rest[0] == '_' || rest[0].is_alphanumeric()));
                tokens.push((Token::Word(chars[began..at].iter().collect()), line));
            }
            ':' if next(at + 1) == ':' => {
                tokens.push((Token::Into, line));
                at += 2;
            }
            c => {
                if !c.is_whitespace() {
                    tokens.push((Token::Sign(c), line));
                }
                at += 1;
            }
        }
        line += chars[began..at].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

fn until(chars: &[char], from: usize, is_end: impl Fn(&[char]) -> bool) -> usize {
    (from..chars.len()).find(|at| is_end(&chars[*at..])).unwrap_or(chars.len())
}

/// Comments of this kind stand inside each other.
fn after_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match chars[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn after_text(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn is_character(chars: &[char], at: usize) -> bool {
    chars.get(at + 1) == Some(&'\\') || chars.get(at + 2) == Some(&'\'')
}

fn after_character(chars: &[char], from: usize) -> usize {
    let first = if chars[from + 1] == '\\' { from + 3 } else { from + 2 };
    until(chars, first, |rest| rest[0] == '\'') + 1
}

/// How many hashes stand before the text of `r"…"`, `br#"…"#`; `None` where it is none.
fn raw_hashes(chars: &[char], at: usize) -> Option<usize> {
    let r = if chars[at] == 'r' { at } else { at + 1 };
    if at > 0 && (chars[at - 1] == '_' || chars[at - 1].is_alphanumeric()) || chars.get(r) != Some(&'r') {
        return None;
    }
    let hashes = chars[r + 1..].iter().take_while(|c| **c == '#').count();
    (chars.get(r + 1 + hashes) == Some(&'"')).then_some(hashes)
}

fn after_raw(chars: &[char], from: usize) -> usize {
    let hashes = raw_hashes(chars, from).unwrap_or(0);
    let text = until(chars, from, |rest| rest[0] == '"') + 1;
    let closes = |rest: &[char]| rest[0] == '"' && rest[1..].iter().take_while(|c| **c == '#').count() >= hashes;
    until(chars, text, closes) + 1 + hashes
}
