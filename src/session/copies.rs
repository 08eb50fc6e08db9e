//! Texts that were to be copied, on their way to the disk: looked through for every secret that this program
//! keeps, and written for this user alone into the folder of exports.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;

use jiff::Timestamp;

use super::opening::known_secrets;
use crate::domain::diagnosis::check_report;
use crate::store::Places;

/// Writes a text under a name of its own. Says where it is.
///
/// # Errors
/// Words: a secret was in it, or the disk failed. Nothing was written then, or not all of it.
pub fn save(places: &Places, name: &str, text: &str) -> Result<String, String> {
    if check_report(text, &known_secrets(places)).is_err() {
        return Err("A secret was found in the text, so it was not saved. This is a bug in b24chat.".to_owned());
    }
    places.make_data_dir().map_err(|error| error.to_string())?;
    let folder = places.data_dir.join("exports");
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let path = folder.join(format!("{}-{name}", Timestamp::now().strftime("%Y%m%d-%H%M%S")));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = builder
        .create(&folder)
        .and_then(|()| options.open(&path))
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    match written {
        Ok(()) => Ok(format!("It is in {}.", path.display())),
        Err(error) => Err(format!("It could not be written to {}: {error}.", path.display())),
    }
}
