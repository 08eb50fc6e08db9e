//! Filling a template: `«name»` stands for what goes there. What was put in is never looked at again, so a
//! pair that holds a slot's name stays a pair.

/// The template with its slots filled. A slot that nobody knows stays, where a test finds it.
pub fn fill(template: &str, slot: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len() + 256);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('«') {
        filled.push_str(before);
        match after.split_once('»').and_then(|(name, after)| Some((slot(name)?, after))) {
            Some((text, after)) => {
                filled.push_str(&text);
                rest = after;
            }
            None => {
                filled.push('«');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_not_filled_again() {
        let slot = |name: &str| (name == "id").then(|| "«id»".to_owned());
        assert_eq!(fill("a «id» b «id»", slot), "a «id» b «id»");
        assert_eq!(fill("«other» «id", slot), "«other» «id");
    }
}
