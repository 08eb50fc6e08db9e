//! Takes the arguments and hands over.

use std::process::ExitCode;

fn main() -> ExitCode {
    b24chat::cli::run(std::env::args_os()).into()
}
