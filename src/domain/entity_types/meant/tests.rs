use proptest::prelude::*;

use super::*;
use crate::domain::entity_types::{Level, hint};

fn texts(entity_type: &str, id: &str) -> Vec<String> {
    meant(&EntityPair::new(entity_type, id).unwrap()).iter().map(|it| it.pair.to_string()).collect()
}

#[test]
fn what_was_meant_comes_first() {
    for (entity_type, id, expected) in [
        ("CRM", "deal-1663", "CRM DEAL|1663"),
        ("CRM", "DEAL 1663", "CRM DEAL|1663"),
        ("CRM", "DEAL1663", "CRM DEAL|1663"),
        ("CRM", "DEAL_1663", "CRM DEAL|1663"),
        ("CRM", "DEAL||1663", "CRM DEAL|1663"),
        ("CRM", "D_1663", "CRM DEAL|1663"),
        ("CRM", "D|1663", "CRM DEAL|1663"),
        ("CRM", "CO_7", "CRM COMPANY|7"),
        ("CRM", "T80_6", "CRM DYNAMIC_128|6"),
        ("CRM", "DEAL | 1663", "CRM DEAL|1663"),
        ("CRM", "DEAL\u{ff5c}1663", "CRM DEAL|1663"),
        ("CRM", "D\u{415}AL|1663", "CRM DEAL|1663"),
        ("CRM", "DEAL|1663\u{200b}", "CRM DEAL|1663"),
        ("CRM", "1663|DEAL", "CRM DEAL|1663"),
        ("CRM", "2|1663", "CRM DEAL|1663"),
        ("CRM", "1663", "CRM DEAL|1663"),
        ("CRM", "DEAL|01663", "CRM DEAL|1663"),
        ("CRM", "DEALS|1663", "CRM DEAL|1663"),
        ("CRM", "companies|7", "CRM COMPANY|7"),
        ("CRM", "DYNAMIC_31|31", "CRM SMART_INVOICE|31"),
        ("CRM", "DYNAMIC_2|1663", "CRM DEAL|1663"),
        ("CRM", "DYNAMIC1042|5", "CRM DYNAMIC_1042|5"),
        ("CRM", "DYNAMIC-1042-5", "CRM DYNAMIC_1042|5"),
        ("CRM ", "DEAL|1663", "CRM DEAL|1663"),
        ("\u{421}RM", "DEAL|1663", "CRM DEAL|1663"),
        ("DEAL", "1663", "CRM DEAL|1663"),
        ("CRM_DEAL", "1663", "CRM DEAL|1663"),
        ("deal", "DEAL|1663", "CRM DEAL|1663"),
        ("DYNAMIC_31", "31", "CRM SMART_INVOICE|31"),
        ("TASK", "8293", "TASKS_TASK 8293"),
        ("TASKS", "8293", "TASKS_TASK 8293"),
        ("TASKS_TASK", "#8293", "TASKS_TASK 8293"),
        ("TASKS_TASK", "DEAL|1663", "CRM DEAL|1663"),
        ("TASKS_TASK", "deal-1663", "CRM DEAL|1663"),
        ("SONET_GROUP", "sg103", "SONET_GROUP 103"),
        ("GROUP", "103", "SONET_GROUP 103"),
        ("CALENDAR", "055", "CALENDAR 55"),
        ("LINES", "imol|telegrambot|2|209607941|744", "LINES telegrambot|2|209607941|744"),
        ("LINES", "2|744", "LIVECHAT 2|744"),
        ("LIVECHAT", "livechat|2|5|744", "LIVECHAT 2|744"),
        ("CALL", "+7 (900) 123-45-67", "CALL 79001234567"),
    ] {
        assert_eq!(texts(entity_type, id).first().map(String::as_str), Some(expected), "{entity_type} {id}");
    }
}

#[test]
fn a_pair_that_can_be_nothing_else_has_no_other() {
    for (entity_type, id) in [
        ("CRM", "DEAL|1663"),
        ("SONET_GROUP", "103"),
        ("WAREHOUSE_BIN", "A-17"),
        ("ORDER_ROOM", "Заказ №5"),
        ("TASKS_TASK", "chat"),
        ("CRM", "DEAL|0"),
    ] {
        assert_eq!(texts(entity_type, id), Vec::<String>::new(), "{entity_type} {id}");
    }
    assert_eq!(texts("SONET_GROUP", "chat1440"), Vec::<String>::new());
}

#[test]
fn a_phone_number_is_tried_in_the_forms_it_may_be_stored_in() {
    assert_eq!(texts("CALL", "89001234567"), ["CALL +89001234567", "CALL 79001234567", "CALL +79001234567"]);
}

/// The hint says in words what this says in pairs.
#[test]
fn what_is_meant_looks_right_to_the_hint() {
    for (entity_type, id) in
        [("CRM", "D_1663"), ("crm", "deal 1663"), ("DEAL", "7"), ("TASK", "task 5"), ("LINES", "imol|a|2|3|4")]
    {
        for it in meant(&EntityPair::new(entity_type, id).unwrap()) {
            assert_eq!(hint(it.pair.entity_type(), it.pair.entity_id()).level, Level::Fine, "{}", it.pair);
        }
    }
}

proptest! {
    #[test]
    fn no_pair_panics_and_none_means_itself(a in "\\PC{1,12}", b in "\\PC{1,24}", known in 0usize..12) {
        for entity_type in [a.as_str(), &all()[known].name] {
            let Ok(pair) = EntityPair::new(entity_type, b.as_str()) else { continue };
            let meant = meant(&pair);
            prop_assert!(meant.len() <= 16);
            prop_assert!(meant.iter().all(|it| it.pair != pair && !it.slips.is_empty()));
        }
    }

    #[test]
    fn ascii_soup_panics_nowhere(id in "[ -~\u{ff5c}\u{415}\u{200b}]{1,20}", known in 0usize..12) {
        if let Ok(pair) = EntityPair::new(all()[known].name.as_str(), id) {
            let _ = meant(&pair);
        }
    }
}
