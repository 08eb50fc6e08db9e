//! Why null in a real terminal: listed, asked in one request, the pair that was found loaded.

use super::support::*;

#[test]
fn w_explains_a_lookup_without_a_chat_in_one_request() {
    let portal = Portal::start();
    let home = Home::new();
    let mut tty = home.explore(&portal, "allscopes");
    tty.press("D_1663");
    tty.press(ENTER);
    tty.see(&["no chat for CRM D_1663"]);
    assert_eq!(portal.requests(), 1);
    tty.press("\t");
    tty.press("w");
    tty.see(&["Why null", "CRM DEAL|1663 was meant", "nothing was sent yet", "im.chat.get (scope im)"]);
    assert_eq!(portal.requests(), 1);
    tty.press(ENTER);
    tty.see(&["found instead: CRM DEAL|1663", "chat 1437", "1 request"]);
    assert_eq!(portal.requests(), 2);
    tty.press(ENTER);
    tty.see(&["The pair that was found is in the form"]);
    assert_eq!(portal.requests(), 2);
    tty.press(ENTER);
    tty.see(&["● chat 1437", "Found. That proves"]);
}
