//! Quoting: any text as a literal of a language, one file each. What a person could not see is escaped
//! wherever the language has escapes, so that code looks like what it does. A text never holds NUL: neither
//! a shell's word nor a portal's column could.

mod go;
mod js;
pub mod json;
mod php;
mod powershell;
mod python;
mod sh;

pub use go::go;
pub use js::js;
pub use php::php;
pub use powershell::powershell;
pub use python::python;
pub use sh::sh;

#[cfg(test)]
pub mod hostile;
