//! The small things panes share: the theme, the layout, text that fits, a text field, folding JSON.
//! Nothing here knows the machine.

pub mod field;
pub mod fold;
pub mod layout;
pub mod pane;
pub mod rows;
pub mod text;
pub mod theme;
pub mod when;
