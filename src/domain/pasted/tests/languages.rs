use super::*;
use crate::domain::language::tests::lack;

/// One text for every sentence that there is.
fn forms() -> Vec<String> {
    let hook = format!("https://x.bitrix24.com/rest/27/{CODE}/");
    let mut forms: Vec<String> = [
        r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":"DEAL|1","auth":"x"}"#,
        r#"{"ENTITY_TYPE":"CRM"}"#,
        r#"{"ENTITY_ID":"5"}"#,
        r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":null}"#,
        r#"{"ENTITY_TYPE":5,"ENTITY_ID":"1"}"#,
        r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":0}"#,
        "CRM/DYNAMIC_1042|5",
        "D_1663",
        "T80_6",
        "deal 0",
        "chat0",
        "LINES telegrambot|2|209607941|744",
        "LIVECHAT 2|744",
        "MAIL 417",
        "CALL 79001234567",
        "TASKS 8293",
        "curl https://example.com/",
        "see https://acme.bitrix24.com/crm/deal/details/1663/ today",
    ]
    .map(str::to_owned)
    .to_vec();
    for word in ["task", "group", "event", "lead", "deal", "contact", "company", "quote", "order", "invoice"] {
        forms.push(format!("{word} 7"));
    }
    for page in [
        "tasks/task/view/8293/",
        "tasks/task/edit/0/",
        "crm/lead/show/13/",
        "crm/deal/details/1663/",
        "crm/deal/edit/0/",
        "crm/contact/edit/25/",
        "crm/company/details/7/",
        "crm/quote/details/3/",
        "crm/type/31/details/5/",
        "crm/type/36/details/5/",
        "crm/type/39/details/5/",
        "crm/type/1042/details/5/",
        "crm/invoice/show/4/",
        "shop/orders/details/9/",
        "calendar/?EVENT_ID=55",
        "mail/message/5",
        "workgroups/group/7/",
        "spaces/group/5/",
        "online/?IM_DIALOG=sg7",
        "online/?IM_DIALOG=27",
        "online/?IM_DIALOG=imol|a|2",
        "online/?IM_DIALOG=imol|a|2|3|4",
        "rest/im.chat.get",
        "rest/27/profile",
        "rest/27/",
        "rest/x",
        "rest/27/ab1",
        "rest/27/8g9l071eism_9q2l/",
        "rest/27/****/",
        "rest/27/abcdefgh/im.chat.get/more/",
        "rest/%E2%80%8B/abcdefgh/",
        "rest/%ff/abcdefgh/",
        "rest/27/abcdefgh/",
        "rest/ann%40acme.example/abcdefgh/",
        "rest/027/abcdefgh/",
    ] {
        forms.push(format!("http://acme.bitrix24.com/{page}"));
    }
    for tail in ["?ENTITY_TYPE=CRM&ENTITY_ID=0", ""] {
        forms.push(hook.clone() + tail);
    }
    forms.push(format!("curl {hook} -d ENTITY_TYPE=CRM -d ENTITY_ID=0"));
    for front in
        ["ftp://x.bitrix24.com", "https://ann:pw@x.bitrix24.com", "", "https://www.bitrix24.com", "https://[::1"]
    {
        forms.push(hook.replacen("https://x.bitrix24.com", front, 1));
    }
    forms.push("x".repeat(LENGTH_LIMIT + 1));
    forms
}

#[test]
fn whatever_is_said_about_a_text_is_said_in_russian_too() {
    let mut count = 0;
    for text in forms() {
        let of_webhook = webhook(&text).map_or_else(|why| vec![why], |(_, _, notes)| notes);
        let of_root = portal_root(&text).map_or_else(|why| vec![why], |(_, notes)| notes);
        for phrase in [said(understand(&text)), of_webhook, of_root].concat() {
            assert_eq!(lack(&phrase), None, "{text:.80}: {phrase:?}");
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn a_page_is_named_in_the_case_that_russian_asks_for() {
    for (text, how) in [
        ("https://acme.bitrix24.com/crm/deal/details/5/", "страница сделки: CRM DEAL|5"),
        ("/crm/type/1042/details/5/", "страница элемента смарт-процесса: CRM DYNAMIC_1042|5"),
        ("/workgroups/group/7/", "страница группы: SONET_GROUP 7"),
        ("task 8293", "задача 8293: TASKS_TASK 8293"),
        ("D_1663", "код привязки CRM D_1663: CRM DEAL|1663"),
    ] {
        assert_eq!(said(understand(text))[0].get(Language::Ru), how, "{text}");
    }
}
