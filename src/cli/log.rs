//! The log: a file, and only when it was asked for. Only what this program itself says goes into it:
//! the libraries below print addresses, and a webhook's address holds its secret.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::sync::Mutex;

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Begins to log to a file, after what is in it already. The file is for this user alone.
///
/// # Errors
/// When the file cannot be opened for writing.
pub fn begin(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(file));
    let ours = Targets::new().with_target("b24chat", Level::DEBUG);
    // Fails only when a log was begun already.
    let _ = tracing_subscriber::registry().with(layer).with(ours).try_init();
    Ok(())
}
