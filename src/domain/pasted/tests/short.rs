use super::*;

#[test]
fn every_short_notation_gives_its_pair() {
    for (text, expected, how) in [
        ("deal 1663", "CRM DEAL|1663", "deal 1663: CRM DEAL|1663"),
        ("Deal  1663", "CRM DEAL|1663", "deal 1663: CRM DEAL|1663"),
        ("deal:1663", "CRM DEAL|1663", "deal 1663: CRM DEAL|1663"),
        ("deal: 1663", "CRM DEAL|1663", "deal 1663: CRM DEAL|1663"),
        ("DEAL|1663", "CRM DEAL|1663", "deal 1663: CRM DEAL|1663"),
        ("deal|1663", "CRM DEAL|1663", "deal 1663: CRM DEAL|1663"),
        ("«DEAL|1663»", "CRM DEAL|1663", "deal 1663: CRM DEAL|1663"),
        ("CRM DEAL|1663", "CRM DEAL|1663", "deal 1663: CRM DEAL|1663"),
        ("CRM/DEAL|1663", "CRM DEAL|1663", "deal 1663: CRM DEAL|1663"),
        ("crm/dynamic_1042|5", "CRM DYNAMIC_1042|5", "item 5 of smart process 1042: CRM DYNAMIC_1042|5"),
        ("SMART_INVOICE|5", "CRM SMART_INVOICE|5", "smart invoice 5: CRM SMART_INVOICE|5"),
        ("L_13", "CRM LEAD|13", "the CRM binding code L_13: CRM LEAD|13"),
        ("D_1663", "CRM DEAL|1663", "the CRM binding code D_1663: CRM DEAL|1663"),
        ("C_25", "CRM CONTACT|25", "the CRM binding code C_25: CRM CONTACT|25"),
        ("CO_7", "CRM COMPANY|7", "the CRM binding code CO_7: CRM COMPANY|7"),
        ("Q_3", "CRM QUOTE|3", "the CRM binding code Q_3: CRM QUOTE|3"),
        ("I_3", "CRM INVOICE|3", "the CRM binding code I_3: CRM INVOICE|3"),
        ("O_3", "CRM ORDER|3", "the CRM binding code O_3: CRM ORDER|3"),
        ("SI_5", "CRM SMART_INVOICE|5", "the CRM binding code SI_5: CRM SMART_INVOICE|5"),
        ("DO_2", "CRM SMART_DOCUMENT|2", "the CRM binding code DO_2: CRM SMART_DOCUMENT|2"),
        ("SBD_2", "CRM SMART_B2E_DOC|2", "the CRM binding code SBD_2: CRM SMART_B2E_DOC|2"),
        ("T80_6", "CRM DYNAMIC_128|6", "the CRM binding code T80_6: CRM DYNAMIC_128|6"),
        ("T1f_6", "CRM SMART_INVOICE|6", "the CRM binding code T1f_6: CRM SMART_INVOICE|6"),
        ("task 8293", "TASKS_TASK 8293", "task 8293: TASKS_TASK 8293"),
        ("group 103", "SONET_GROUP 103", "group 103: SONET_GROUP 103"),
        ("event 55", "CALENDAR 55", "event 55: CALENDAR 55"),
        ("lead 13", "CRM LEAD|13", "lead 13: CRM LEAD|13"),
        ("TASKS 8293", "TASKS 8293", "task 8293: TASKS 8293"),
    ] {
        let (found, words, warnings) = pair(text);
        assert_eq!((found.as_str(), words.as_str()), (expected, how), "{text}");
        assert!(warnings.is_empty(), "{text}");
    }
}

#[test]
fn a_pair_copied_from_the_screen_is_the_same_pair() {
    for (kind, id) in [
        ("LINES", "telegrambot|2|209607941|744"),
        ("LIVECHAT", "2|744"),
        ("MAIL", "417"),
        ("CALL", "79001234567"),
        ("CRM", "DYNAMIC_1042|5"),
    ] {
        let shown = EntityPair::new(kind, id).unwrap();
        assert_eq!(pair(&shown.to_string()).0, shown.to_string());
    }
}

#[test]
fn a_chats_number_is_a_chat_and_nothing_to_look_up() {
    for text in ["chat1437", "CHAT1437", "chat 1437", "<chat1437>"] {
        assert_eq!(understand(text), Pasted::Chat { id: ChatId(1437), host: None }, "{text}");
    }
}

#[test]
fn number_zero_is_refused_with_what_to_type_instead() {
    for text in ["deal 0", "task:0", "D_0", "DEAL|0", "CRM DEAL|0"] {
        assert!(refused(text).contains("1 or more"), "{text}");
    }
    assert!(refused("chat0").contains("from 1"));
    assert!(
        refused("chat9999999999999999999").contains("from 1")
            || understand("chat99999999999999999999") == Pasted::Plain
    );
}
