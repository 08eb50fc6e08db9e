//! Where files live: one folder for data, one for configuration. Two variables of the environment win;
//! otherwise it is as the XDG rules have it, also on macOS, and as Windows has it there.

use std::env;
use std::ffi::OsString;
use std::fs::DirBuilder;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::StoreError;

/// Names the folder of the history.
pub const DATA_DIR: &str = "B24CHAT_DATA_DIR";
/// Names the folder of profiles and settings.
pub const CONFIG_DIR: &str = "B24CHAT_CONFIG_DIR";

/// The folder's name below the user's own folders.
const FOLDER: &str = "b24chat";

/// The two folders, absolute. Neither needs to exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    pub data_dir: PathBuf,
    pub config_dir: PathBuf,
}

impl Places {
    /// The places of this user. Makes nothing.
    ///
    /// # Errors
    /// [`StoreError::NoHome`] when a folder is neither named nor to be derived from a home folder.
    pub fn from_env() -> Result<Self, StoreError> {
        Self::resolve(|name| env::var_os(name))
    }

    fn resolve(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, StoreError> {
        let named = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        Ok(Self {
            data_dir: absolute(match named(DATA_DIR) {
                Some(folder) => folder,
                None => usual()?.data_dir().join(FOLDER),
            }),
            config_dir: absolute(match named(CONFIG_DIR) {
                Some(folder) => folder,
                None => usual()?.config_dir().join(FOLDER),
            }),
        })
    }

    /// The file of the history.
    pub fn history_file(&self) -> PathBuf {
        self.data_dir.join("history.sqlite3")
    }

    /// The file of profiles.
    pub fn profiles_file(&self) -> PathBuf {
        self.config_dir.join("profiles.toml")
    }

    /// The file of the person's settings.
    pub fn settings_file(&self) -> PathBuf {
        self.config_dir.join("settings.toml")
    }

    /// The file of secrets, which is used where no keyring answers.
    pub fn secrets_file(&self) -> PathBuf {
        self.data_dir.join("secrets.json")
    }

    /// Makes the data folder, for this user alone, when it is missing; one that is there stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when it cannot be made.
    pub fn make_data_dir(&self) -> Result<(), StoreError> {
        make_private_dir(&self.data_dir)
    }
}

/// Makes a folder and the folders above it, mode 0700, where they are missing.
pub(super) fn make_private_dir(path: &Path) -> Result<(), StoreError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| StoreError::Folder { path: path.to_owned(), source })
}

fn usual() -> Result<impl BaseStrategy, StoreError> {
    etcetera::choose_base_strategy().map_err(|_| StoreError::NoHome)
}

/// A relative folder is meant from where the program was started, and keeps that meaning.
fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(variables: &[(&str, &str)]) -> Places {
        Places::resolve(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
            .unwrap()
    }

    #[test]
    fn the_environment_names_the_folders() {
        let places = places(&[(DATA_DIR, "/srv/data"), (CONFIG_DIR, "/srv/config")]);
        assert_eq!(places.data_dir, absolute("/srv/data".into()));
        assert_eq!(places.config_dir, absolute("/srv/config".into()));
        assert_eq!(places.history_file(), places.data_dir.join("history.sqlite3"));
    }

    #[test]
    fn an_empty_variable_is_as_good_as_none_and_the_rest_is_below_the_users_own_folders() {
        let usual_places = places(&[]);
        assert_eq!(usual_places, places(&[(DATA_DIR, ""), (CONFIG_DIR, "")]));
        assert!(usual_places.data_dir.is_absolute() && usual_places.data_dir.ends_with(FOLDER));
        assert!(usual_places.config_dir.ends_with(FOLDER));
        assert_ne!(usual_places.data_dir, usual_places.config_dir);
    }

    #[test]
    fn a_relative_folder_is_meant_from_here() {
        let here = env::current_dir().unwrap();
        assert_eq!(places(&[(DATA_DIR, "data")]).data_dir, here.join("data"));
    }

    #[cfg(unix)]
    #[test]
    fn the_data_folder_is_made_for_this_user_alone_and_only_when_missing() {
        use std::fs::{self, Permissions};
        use std::os::unix::fs::PermissionsExt;

        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let home = tempfile::tempdir().unwrap();
        let data_dir = home.path().join("share/b24chat");
        let places = Places { config_dir: data_dir.clone(), data_dir };
        places.make_data_dir().unwrap();
        assert_eq!(mode(&places.data_dir), 0o700);
        fs::set_permissions(&places.data_dir, Permissions::from_mode(0o750)).unwrap();
        places.make_data_dir().unwrap();
        assert_eq!(mode(&places.data_dir), 0o750);
    }
}
