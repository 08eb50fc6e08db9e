//! The panes, one file each, and the overlays beside them. A pane owns its small state and draws it; it
//! knows no other pane. What a key means in it is decided by the machine.

pub mod card;
pub mod copy_menu;
pub mod doctor;
pub mod entity_id;
pub mod entity_type;
pub mod header;
pub mod help;
pub mod hints;
pub mod history;
pub mod moved;
pub mod my_chats;
pub mod new_profile;
pub mod palette;
pub mod profiles;
pub mod report;
pub mod response;
pub mod result;
pub mod why;
