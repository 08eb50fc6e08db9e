//! Explanations in Russian: what a person reads follows the language, the frame and the portal's own words stay.

use b24chat::domain::language::{Language, Phrase};
use b24chat::tui::app::Message;

use crate::support::{Explorer, NO_CHAT, REFUSED, reply};

fn russian(columns: u16, rows: u16) -> Explorer {
    let mut explorer = Explorer::new(columns, rows);
    explorer.model.language = Language::Ru;
    explorer
}

#[test]
fn a_refusal_is_explained_in_russian_beside_the_portals_own_words() {
    for (columns, rows) in [(120, 36), (80, 24), (60, 16)] {
        let mut explorer = russian(columns, rows);
        explorer.look_up("DEAL|1663", reply(401, REFUSED));
        explorer.screen().shows(&["insufficient_scope  401", "“The request requires", "Не хватает права"]);
    }
}

#[test]
fn no_chat_is_explained_in_russian() {
    let mut explorer = russian(120, 36);
    explorer.look_up("DEAL|1", reply(200, NO_CHAT));
    explorer.screen().shows(&["Портал отвечает одинаково", "(сделка 1)", "Откройте карточку объекта"]);
}

#[test]
fn the_id_field_and_the_list_of_types_teach_in_russian() {
    let mut explorer = russian(80, 24);
    explorer.keys("DEAL-1663");
    explorer.screen().shows(&["! между DEAL и 1663 нужна черта |"]);
    explorer.keys("<shift-tab> <down>");
    for kind in b24chat::domain::entity_types::all().iter().take(8) {
        explorer.screen().shows(&[kind.meaning.get(Language::Ru)]);
    }
}

#[test]
fn settings_are_read_after_the_first_frame_and_the_screen_follows() {
    let mut explorer = Explorer::new(120, 36);
    explorer.look_up("DEAL|1", reply(200, NO_CHAT));
    explorer.screen().shows(&["The portal answers the same"]);
    explorer.tell(Message::SettingsRead { language: Some(Language::Ru), troubles: Vec::new() });
    explorer.screen().shows(&["Портал отвечает одинаково"]);
    let trouble = Phrase::new("There is no setting colour.", "Настройки colour нет.");
    explorer.tell(Message::SettingsRead { language: None, troubles: vec![trouble] });
    explorer.screen().shows(&["Портал отвечает одинаково", "Настройки colour нет."]);
}

#[test]
fn an_id_that_cannot_be_sent_is_refused_in_russian() {
    let mut explorer = russian(80, 24);
    explorer.keys("0 <enter>");
    explorer.screen().shows(&["id 0 портал считает пустым"]);
}

#[test]
fn a_pasted_page_is_explained_in_russian_until_the_language_changes() {
    let mut explorer = russian(120, 36);
    explorer.paste("https://other.example/tasks/task/view/8293/");
    assert_eq!(explorer.model.entity_id.value(), "8293");
    explorer.screen().shows(&["страница задачи: TASKS_TASK 8293", "спросите о TASKS с тем же id"]);
    explorer.screen().shows(&["страница на other.example, а запрос пойдёт к"]);
    // What was understood is kept in every language.
    explorer.model.language = Language::En;
    explorer.screen().shows(&["a task's page: TASKS_TASK 8293"]);
}

#[test]
fn what_cannot_be_taken_from_a_paste_is_refused_in_russian() {
    let mut explorer = russian(120, 36);
    for (text, words) in [
        ("https://acme.bitrix24.com/crm/deal/details/0/", "это страница сделки, но id ещё нет"),
        ("https://acme.bitrix24.com/online/?IM_DIALOG=chat1437", "Это уже сам чат 1437"),
        ("https://x.bitrix24.com/rest/27/****/", "код скрыт звёздочками"),
        ("https://x.bitrix24.com/rest/im.chat.get?auth=8g9l071eismy9q2l", "В этом адресе есть токен доступа"),
        ("one\ntwo", "переводы строк во вставленном тексте стали пробелами"),
    ] {
        explorer.paste(text);
        explorer.screen().shows(&[words]);
    }
}

#[test]
fn a_pasted_webhook_is_taken_with_russian_words() {
    let mut explorer = russian(120, 36);
    explorer.paste("https://x.bitrix24.com/rest/027/8g9l071eismy9q2l/");
    explorer.screen().shows(&["номер пользователя начинается с нуля", "В адресе есть секрет, он не показан."]);
}
