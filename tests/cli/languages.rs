//! The language of words: which one is chosen, and that it never reaches what machines read.

use serde_json::Value;

use super::support::{User, portal};

const SAYS_RUSSIAN: &str = "Портал отвечает одинаково";
const SAYS_ENGLISH: &str = "The portal answers the same";

/// One lookup that finds no chat, in the words it is told in.
fn told(user: &User, more: &[&str]) -> String {
    user.run(&[&["get", "CRM", "DEAL|1"], more].concat()).expect(1).without_data().words()
}

#[test]
fn lang_speaks_russian_and_keeps_the_portals_own_words() {
    let portal = portal();
    let said = told(&User::of(portal.webhook()), &["--lang", "ru"]);
    assert!(said.contains(SAYS_RUSSIAN) && said.contains("Пара выглядит верной (сделка 1)."), "{said}");
    let refused = User::of(portal.scenario("noscope")).run(&["get", "CRM", "1", "--lang", "ru"]).expect(3).words();
    assert!(refused.contains("Отказ: insufficient_scope (статус 401): \"The request requires"), "{refused}");
    assert!(
        refused.contains("Не хватает права на чаты") && refused.contains("Приложения › Разработчикам"),
        "{refused}"
    );
}

#[test]
fn the_asked_language_wins_over_the_locale_and_the_first_variable_that_says_anything_over_the_rest() {
    let portal = portal();
    for (variables, more, words) in [
        (&[][..], &[][..], SAYS_ENGLISH),
        (&[("LANG", "ru_RU.UTF-8")], &[], SAYS_RUSSIAN),
        (&[("LANG", "de_DE.UTF-8")], &[], SAYS_ENGLISH),
        (&[("LANG", "ru_RU.UTF-8"), ("LC_ALL", "C")], &[], SAYS_ENGLISH),
        (&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "ru_RU.UTF-8")], &[], SAYS_RUSSIAN),
        (&[("LANG", "ru_RU.UTF-8"), ("LC_ALL", ""), ("LC_MESSAGES", "")], &[], SAYS_RUSSIAN),
        (&[("LANG", "ru_RU.UTF-8")], &["--lang", "en"], SAYS_ENGLISH),
        (&[("LANG", "en_US.UTF-8")], &["--lang", "RU"], SAYS_RUSSIAN),
    ] {
        let user = variables.iter().fold(User::of(portal.webhook()), |user, (name, value)| user.with(name, *value));
        let said = told(&user, more);
        assert!(said.contains(words), "{variables:?} {more:?}: {said}");
    }
}

#[test]
fn the_settings_win_over_the_locale_and_lose_to_lang() {
    let portal = portal();
    for (settings, more, words) in [
        ("# ours\nlang = \"ru\"", &[][..], SAYS_RUSSIAN),
        ("lang = \"ru\"", &["--lang", "en"], SAYS_ENGLISH),
        ("", &[], SAYS_ENGLISH),
    ] {
        let user = User::of(portal.webhook()).with("LANG", "en_US.UTF-8").with_settings(settings);
        let said = told(&user, more);
        assert!(said.contains(words) && !said.contains("settings.toml"), "{settings} {more:?}: {said}");
        let kept = user.every_file().into_iter().find(|(path, _)| path.ends_with("settings.toml")).unwrap();
        assert_eq!(kept.1, settings.as_bytes(), "the file stays as its writer left it");
    }
}

#[test]
fn settings_that_are_not_understood_are_told_with_their_line_and_stop_nothing() {
    let portal = portal();
    let user = User::of(portal.webhook()).with_settings("lang = \"ru\"\nlanguage = \"ru\"\n");
    let said = told(&user, &[]);
    assert!(said.contains("settings.toml, строка 2: настройки language нет, есть lang."), "{said}");
    assert!(said.contains(SAYS_RUSSIAN), "{said}");
    let user = User::of(portal.webhook()).with_settings("lang = \"de\"\n");
    let said = told(&user, &[]);
    assert!(said.contains("settings.toml, line 1: the languages are") && said.contains(SAYS_ENGLISH), "{said}");
}

#[test]
fn a_pair_that_cannot_be_asked_about_and_a_failure_are_told_in_russian() {
    let said = User::new().run(&["get", "CRM", "0", "--lang", "ru"]).expect(2).words();
    assert!(said.contains("id 0 портал считает пустым") && said.contains("Ничего не отправлено."), "{said}");
    let portal = portal();
    let said = User::of(portal.scenario("close")).run(&["get", "CRM", "1", "--lang", "ru"]).expect(4).words();
    assert!(said.starts_with("Ответа нет: соединение закрылось до ответа"), "{said}");
}

#[test]
fn what_was_made_of_a_pasted_text_is_told_in_russian() {
    let portal = portal();
    let user = User::of(portal.webhook());
    let ran = user.run(&["get", "https://acme.bitrix24.com/crm/deal/details/1663/", "--lang", "ru"]).expect(0);
    let said = ran.words();
    assert!(said.starts_with("Страница сделки: CRM DEAL|1663.\nСтраница находится на acme.bitrix24.com"), "{said}");
    for (pasted, words) in [
        ("hello", "Один аргумент должен называть и тип, и id"),
        ("deal 0", "Объекта с номером 0 не бывает: введите id сохранённого, от 1. Ничего не отправлено."),
        ("https://acme.bitrix24.com/rest/im.chat.get", "Это адрес портала, объекта он не называет."),
        ("https://acme.bitrix24.com/rest/27/canary7f3a0123bc/", "В аргументе есть секрет."),
    ] {
        let said = user.run(&["get", pasted, "--lang", "ru"]).expect(2).without_data().words();
        assert!(said.starts_with(words) && !said.contains("canary"), "{pasted}: {said}");
    }
    let said = user.run(&["--lang=ru", "profile", "add", "a", "--token=canary7f3a0123bc"]).expect(2).words();
    assert!(said.contains("поэтому ничего не сохранено") && !said.contains("canary"), "{said}");
}

#[test]
fn the_doctor_closes_in_russian() {
    let portal = portal();
    let healthy = User::of(portal.webhook()).run(&["doctor", "--lang", "ru"]).expect(0).out();
    assert!(healthy.contains("\nВсё в порядке. Запросов: 3, "), "{healthy}");
    let broken = User::of(portal.scenario("noscope")).run(&["doctor", "--lang", "ru"]).expect(3).out();
    assert!(broken.contains("\nСломано: scopes. Запросов: "), "{broken}");
}

#[test]
fn a_language_that_is_not_spoken_is_refused_in_words() {
    let ran = User::new().run(&["get", "CRM", "1", "--lang", "de"]).expect(2).without_data();
    assert!(ran.words().contains("the languages are en and ru"), "{}", ran.words());
}

/// Without what differs from one request to the next.
fn timeless(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            members.retain(|name, _| !["time", "phases_ms", "took_ms", "total_ms"].contains(&name.as_str()));
            members.values_mut().for_each(|member| *member = timeless(member.take()));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = timeless(item.take())),
        _ => {}
    }
    value
}

#[test]
fn what_machines_read_is_the_same_in_every_language() {
    let portal = portal();
    for (code, arguments) in [
        ("found", &["get", "CRM", "DEAL|1663", "--json"][..]),
        ("noscope", &["get", "CRM", "DEAL|1663", "--json"]),
        ("login", &["get", "CRM", "DEAL|1663", "--json"]),
        ("close", &["get", "CRM", "DEAL|1663", "--json"]),
        ("noscope", &["doctor", "--json"]),
    ] {
        let webhook = if code == "found" { portal.webhook() } else { portal.scenario(code) };
        let in_language = |language: &str| {
            let ran = User::of(&webhook).with("LANG", "ru_RU.UTF-8").run(&[arguments, &["--lang", language]].concat());
            timeless(ran.json()).to_string()
        };
        let russian = in_language("ru");
        assert_eq!(russian, in_language("en"), "{code} {arguments:?}");
        assert!(!russian.contains(|c| ('а'..='я').contains(&c)), "{russian}");
    }
}

#[test]
fn no_record_keeps_a_translation() {
    let portal = portal();
    let user = User::of(portal.scenario("noscope")).with("LANG", "ru_RU.UTF-8");
    user.run(&["get", "CRM", "DEAL|1663"]).expect(3);
    for (file, bytes) in user.every_file() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(|c| ('а'..='я').contains(&c)), "{}", file.display());
    }
}

#[test]
fn the_doctor_and_its_report_speak_the_same_language() {
    let portal = portal();
    let user = User::of(portal.scenario("noscope")).with("LANG", "ru_RU.UTF-8");
    let ladder = user.run(&["doctor"]).expect(3).out();
    let report = user.run(&["doctor", "--report", "-"]).expect(3).out();
    for text in [ladder, report] {
        assert!(text.contains("Не хватает права на чаты"), "{text}");
        assert!(text.contains("crm, task: не хватает «im»"), "{text}");
        assert!(text.contains("Ann Admin (1), администратор"), "{text}");
        assert!(text.contains("Если вы не администратор: Попросите того, кто создал вебхук"), "{text}");
    }
}
