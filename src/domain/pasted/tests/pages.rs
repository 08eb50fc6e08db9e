use super::*;

const SITE: &str = "https://acme.bitrix24.com";

#[test]
fn every_page_of_the_portal_gives_its_pair() {
    for (path, expected, how) in [
        ("/company/personal/user/27/tasks/task/view/8293/", "TASKS_TASK 8293", "a task's page"),
        ("/workgroups/group/7/tasks/task/view/8293/?ta_sec=x", "TASKS_TASK 8293", "a task's page"),
        ("/company/personal/user/27/tasks/task/edit/8293/", "TASKS_TASK 8293", "a task's page"),
        ("/crm/deal/details/1663/", "CRM DEAL|1663", "a deal's page"),
        ("/crm/deal/details/1663/?IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER#tab", "CRM DEAL|1663", "a deal's page"),
        ("/crm/deal/details/1663", "CRM DEAL|1663", "a deal's page"),
        ("/crm/lead/show/13/", "CRM LEAD|13", "a lead's page"),
        ("/crm/contact/edit/25/", "CRM CONTACT|25", "a contact's page"),
        ("/crm/company/details/7/", "CRM COMPANY|7", "a company's page"),
        ("/crm/quote/details/3/", "CRM QUOTE|3", "a quote's page"),
        ("/crm/type/1/details/13/", "CRM LEAD|13", "a lead's page"),
        ("/crm/type/2/details/1663/", "CRM DEAL|1663", "a deal's page"),
        ("/crm/type/3/details/25/", "CRM CONTACT|25", "a contact's page"),
        ("/crm/type/4/details/7/", "CRM COMPANY|7", "a company's page"),
        ("/crm/type/7/details/3/", "CRM QUOTE|3", "a quote's page"),
        ("/crm/type/31/details/5/", "CRM SMART_INVOICE|5", "a smart invoice's page"),
        ("/crm/type/36/details/5/", "CRM SMART_DOCUMENT|5", "a smart document's page"),
        ("/crm/type/39/details/5/", "CRM SMART_B2E_DOC|5", "a document for signing's page"),
        ("/crm/type/1042/details/5/", "CRM DYNAMIC_1042|5", "a smart process item's page"),
        ("/page/sales/boilers/type/128/details/6/", "CRM DYNAMIC_128|6", "a smart process item's page"),
        ("/crm/invoice/show/4/", "CRM INVOICE|4", "an invoice's page"),
        ("/shop/orders/details/9/", "CRM ORDER|9", "an order's page"),
        ("/company/personal/user/27/calendar/?EVENT_ID=55", "CALENDAR 55", "a calendar event's page"),
        ("/calendar/?event_id=55", "CALENDAR 55", "a calendar event's page"),
        ("/mail/message/417?IFRAME=Y", "MAIL 417", "a mail message's page"),
        ("/workgroups/group/103/", "SONET_GROUP 103", "a group's page"),
        ("/spaces/group/103/", "SONET_GROUP 103", "a group's page"),
        ("/online/?IM_DIALOG=sg103", "SONET_GROUP 103", "a group chat's page"),
        ("/online/?IM_DIALOG=imol%7Ctelegrambot%7C2%7C5%7C744", "LINES telegrambot|2|5|744", "an open line's page"),
    ] {
        let text = format!("{SITE}{path}");
        let (found, words, _) = pair(&text);
        assert_eq!((found.as_str(), words), (expected, format!("{how}: {expected}")), "{path}");
        // The same in a portal that lives in a folder, without a scheme, and as the portal's own links are.
        assert_eq!(pair(&format!("intra.example:8443/office{path}")).0, expected, "{path}");
        assert_eq!(pair(path).0, expected, "{path}");
    }
}

#[test]
fn a_messenger_page_gives_its_chat() {
    for text in [
        "https://acme.bitrix24.com/online/?IM_DIALOG=chat1437",
        "https://acme.bitrix24.com/stream/?any=1&im_dialog=CHAT1437#x",
        "<https://ACME.bitrix24.com:443/?IM_DIALOG=chat1437>",
    ] {
        let expected = Pasted::Chat { id: ChatId(1437), host: Some("acme.bitrix24.com".into()) };
        assert_eq!(understand(text), expected, "{text}");
    }
}

#[test]
fn the_first_rule_wins_over_later_ones() {
    assert_eq!(pair("https://a.example/workgroups/group/7/tasks/task/view/5/").0, "TASKS_TASK 5");
    assert_eq!(pair("https://a.example/crm/deal/details/5/?IM_DIALOG=chat9").0, "CRM DEAL|5");
}

#[test]
fn a_page_that_may_mislead_comes_with_a_warning() {
    let warning = |text: &str| pair(text).2.join("; ");
    assert!(warning("/tasks/task/view/5/").contains("ask for TASKS"));
    assert!(warning("/calendar/?EVENT_ID=5").contains("every attendee's copy"));
    assert!(warning("/mail/message/5").contains("not documented"));
    assert!(warning("/spaces/group/5/").contains("not documented"));
    assert!(warning("/?IM_DIALOG=imol|a|2|3|4").contains("not documented"));
    assert_eq!(warning("/crm/deal/details/5/"), "");
}

#[test]
fn the_host_is_handed_back_as_a_profile_has_it() {
    let host = |text: &str| match understand(text) {
        Pasted::Pair { host, .. } => host,
        other => panic!("{other:?}"),
    };
    assert_eq!(host("https://ACME.Bitrix24.com:443/crm/deal/details/5/").as_deref(), Some("acme.bitrix24.com"));
    assert_eq!(host("http://acme.bitrix24.com:80/crm/deal/details/5/").as_deref(), Some("acme.bitrix24.com"));
    assert_eq!(host("http://127.0.0.1:8024/crm/deal/details/5/").as_deref(), Some("127.0.0.1:8024"));
    assert_eq!(host("/crm/deal/details/5/"), None);
    assert_eq!(host("\\/crm\\/deal\\/details\\/5\\/"), None);
    assert_eq!(host("deal 5"), None);
}

#[test]
fn a_card_that_is_not_saved_yet_is_refused_with_what_to_do() {
    for path in ["/crm/deal/details/0/", "/crm/deal/edit/0/", "/crm/type/2/details/0/?x=1"] {
        let sentence = refused(&format!("{SITE}{path}"));
        assert!(sentence.contains("a new deal that has no id yet: save it"), "{sentence}");
    }
    assert!(refused(&format!("{SITE}/tasks/task/edit/0/")).contains("a new task"));
    assert!(refused(&format!("{SITE}/online/?IM_DIALOG=chat0")).contains("from 1"));
    assert!(refused(&format!("{SITE}/online/?IM_DIALOG=27")).contains("between two people"));
    assert!(refused(&format!("{SITE}/online/?IM_DIALOG=imol|a|2")).contains("four parts"));
}

#[test]
fn a_page_inside_other_text_is_found_and_the_rest_is_said_to_be_left_out() {
    let (found, _, warnings) = pair("Look: https://acme.bitrix24.com/crm/deal/details/1663/, it is urgent");
    assert_eq!((found.as_str(), warnings.len()), ("CRM DEAL|1663", 1));
    assert!(warnings[0].contains("left out"));
}

proptest! {
    #[test]
    fn the_pair_of_any_page_is_that_of_its_parts(
        object in prop::sample::select(&["deal", "lead", "contact", "company", "quote"][..]),
        page in prop::sample::select(&["details", "show", "edit"][..]),
        host in "[a-z][a-z0-9]{0,9}\\.(bitrix24\\.(com|ru|com\\.br)|example\\.org)",
        folder in "(/[a-z]{1,5}){0,2}",
        noise in "(\\?IFRAME=Y|\\?any=[a-z0-9]{0,9}&IFRAME_TYPE=SIDE_SLIDER|#tab_main)?",
        id in 1..u64::from(u32::MAX),
    ) {
        prop_assume!(!folder.contains("/rest"));
        let pasted = understand(&format!("https://{host}{folder}/crm/{object}/{page}/{id}/{noise}"));
        let Pasted::Pair { pair, host: found, warnings, .. } = pasted else { panic!("{pasted:?}") };
        prop_assert_eq!(pair, EntityPair::new("CRM", format!("{}|{id}", object.to_uppercase())).unwrap());
        prop_assert_eq!(found, Some(host));
        prop_assert!(warnings.is_empty());
    }

    #[test]
    fn any_smart_process_page_gives_its_number(kind in 128..=192_u64, id in 1..u64::from(u32::MAX)) {
        let text = format!("https://acme.bitrix24.com/crm/type/{kind}/details/{id}/");
        prop_assert_eq!(pair(&text).0, format!("CRM DYNAMIC_{kind}|{id}"));
    }
}
