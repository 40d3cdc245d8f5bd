//! The key file of the vault: how it is read, made once, and changed all or nothing. Nothing
//! here seals; what is written never leaves the file's owner.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::{ZeroizeOnDrop, Zeroizing};

const FILE_VERSION: u8 = 1;
/// A key file is far smaller; whatever is larger is another file.
const LARGEST_FILE: u64 = 256 * 1024;

/// Why the key file could not be used, in a sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error(
        "The key file {} does not exist. Restore it from its backup: without it no personal \
         data in the database can be read.", .0.display()
    )]
    Missing(PathBuf),
    #[error(
        "The key file {} may be used by others than its owner (mode {mode:03o}). Run \
         `chmod 600` on it; if others may have read it, rotate the keys.", .path.display()
    )]
    Exposed { path: PathBuf, mode: u32 },
    #[error("{} is not a key file: it is not a regular file or is too large.", .0.display())]
    NotAKeyFile(PathBuf),
    // The parser's own message may quote a key, so only the position is told.
    #[error(
        "The key file {} is damaged at line {line}, column {column}: a field is missing, \
         unknown, or not a base64 key of 32 bytes. Restore it from its backup.", .path.display()
    )]
    Malformed { path: PathBuf, line: usize, column: usize },
    #[error("The key file {} has version {version}; this program reads version 1.", .path.display())]
    Version { path: PathBuf, version: u8 },
    #[error("The key file {} names {number} as its active key but does not hold it.", .path.display())]
    ActiveKeyMissing { path: PathBuf, number: u16 },
    #[error(
        "{} exists: another change of the keys is under way or was interrupted. If none is \
         under way, delete that file and try again.", .0.display()
    )]
    Busy(PathBuf),
    #[error("There is no data key {0} to retire.")]
    UnknownKey(u16),
    #[error("Data key {0} is the active one. Rotate first, seal everything again, then retire it.")]
    ActiveKey(u16),
    #[error("There are no more key numbers.")]
    NumbersExhausted,
    #[error("Could not {doing} {}: {cause}.", .path.display())]
    Io { doing: &'static str, path: PathBuf, cause: std::io::Error },
}

pub fn fill_random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

/// A key of 256 bits; base64 in the file.
#[derive(ZeroizeOnDrop)]
pub struct Key(pub [u8; 32]);

impl Key {
    pub fn fresh() -> Self {
        let mut key = Self([0; 32]);
        fill_random(&mut key.0);
        key
    }
}

impl Serialize for Key {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Zeroizing::new([0; 44]);
        STANDARD.encode_slice(self.0, &mut text[..]).expect("32 bytes make 44 letters");
        serializer.serialize_str(std::str::from_utf8(&text[..]).expect("base64 is ASCII"))
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        let bytes = Zeroizing::new(STANDARD.decode(text.as_bytes()).unwrap_or_default());
        match <[u8; 32]>::try_from(&bytes[..]) {
            Ok(key) => Ok(Self(key)),
            Err(_) => Err(serde::de::Error::custom("not a key")),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFile {
    version: u8,
    /// The number of the data key new values are sealed with.
    pub active: u16,
    pub keys: BTreeMap<u16, Key>,
    /// Changing it would make every stored blind index useless; it does not rotate.
    pub index_key: Key,
}

impl KeyFile {
    pub fn fresh() -> Self {
        let keys = BTreeMap::from([(1, Key::fresh())]);
        Self { version: FILE_VERSION, active: 1, keys, index_key: Key::fresh() }
    }

    pub fn read(path: &Path) -> Result<Self, VaultError> {
        let failed = |cause: std::io::Error| match cause.kind() {
            ErrorKind::NotFound => VaultError::Missing(path.into()),
            _ => VaultError::Io { doing: "read", path: path.into(), cause },
        };
        let mut file = File::open(path).map_err(failed)?;
        let facts = file.metadata().map_err(failed)?;
        if !facts.is_file() || facts.len() > LARGEST_FILE {
            return Err(VaultError::NotAKeyFile(path.into()));
        }
        if facts.mode() & 0o077 != 0 {
            return Err(VaultError::Exposed { path: path.into(), mode: facts.mode() & 0o777 });
        }
        // Room for all of it at once, so that growing leaves no copies behind.
        let mut text =
            Zeroizing::new(Vec::with_capacity(usize::try_from(facts.len()).unwrap_or(0) + 1));
        file.read_to_end(&mut text).map_err(failed)?;
        let this: Self = serde_json::from_slice(&text).map_err(|fault| VaultError::Malformed {
            path: path.into(),
            line: fault.line(),
            column: fault.column(),
        })?;
        if this.version != FILE_VERSION {
            return Err(VaultError::Version { path: path.into(), version: this.version });
        }
        if !this.keys.contains_key(&this.active) {
            return Err(VaultError::ActiveKeyMissing { path: path.into(), number: this.active });
        }
        Ok(this)
    }

    /// Writes the file where there is none. False if another process was first: its keys stay.
    pub fn create(&self, path: &Path) -> Result<bool, VaultError> {
        let mut tail = [0; 8];
        fill_random(&mut tail);
        let draft = Draft::new(beside(path, &hex::encode(tail)))?;
        draft.write(self)?;
        // A hard link never replaces a file and never shows half of one.
        match fs::hard_link(&draft.path, path) {
            Ok(()) => sync_directory(path).map(|()| true),
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(cause) => Err(VaultError::Io { doing: "create", path: path.into(), cause }),
        }
    }

    /// Replaces the file with a changed one, all or nothing. The draft's fixed name keeps two
    /// processes from changing it at once.
    pub fn change(
        path: &Path,
        change: impl FnOnce(&mut Self) -> Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        let failed = |cause| VaultError::Io { doing: "replace", path: path.into(), cause };
        // Where the path is a link, its target is replaced and not the link.
        let path = &fs::canonicalize(path).map_err(|_| VaultError::Missing(path.into()))?;
        let draft = Draft::new(beside(path, "new"))?;
        let mut file = Self::read(path)?;
        change(&mut file)?;
        // An operator may run this as root: the service must still own its file.
        let owner = fs::metadata(path).map_err(failed)?;
        let own = draft.file.metadata().map_err(failed)?;
        if (owner.uid(), owner.gid()) != (own.uid(), own.gid()) {
            fchown(&draft.file, Some(owner.uid()), Some(owner.gid())).map_err(failed)?;
        }
        draft.write(&file)?;
        fs::rename(&draft.path, path).map_err(failed)?;
        // The name is free for the next one now: it is no longer ours to delete.
        draft.keep();
        sync_directory(path)
    }
}

/// A file of ours beside the key file, readable by its owner only; deleted when dropped.
struct Draft {
    path: PathBuf,
    file: File,
    kept: bool,
}

impl Draft {
    fn new(path: PathBuf) -> Result<Self, VaultError> {
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(file) => Ok(Self { path, file, kept: false }),
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Err(VaultError::Busy(path)),
            Err(cause) => Err(VaultError::Io { doing: "create", path, cause }),
        }
    }

    fn write(&self, keys: &KeyFile) -> Result<(), VaultError> {
        let mut text = Zeroizing::new(Vec::with_capacity(512 + 128 * keys.keys.len()));
        serde_json::to_writer_pretty(&mut *text, keys).expect("keys and numbers always serialize");
        text.push(b'\n');
        (&self.file)
            .write_all(&text)
            .and_then(|()| self.file.sync_all())
            .map_err(|cause| VaultError::Io { doing: "write", path: self.path.clone(), cause })
    }

    fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.kept {
            // What stays behind is unused keys that only the owner can read.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn beside(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(tail);
    name.into()
}

/// Makes a new name in a directory survive a power cut.
fn sync_directory(path: &Path) -> Result<(), VaultError> {
    let directory = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    File::open(directory).and_then(|it| it.sync_all()).map_err(|cause| VaultError::Io {
        doing: "save the directory",
        path: directory.into(),
        cause,
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn written(text: &str, mode: u32) -> (tempfile::TempDir, PathBuf) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("keys.json");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        (directory, path)
    }

    #[test]
    fn a_file_others_may_use_is_refused_with_what_to_do() {
        for mode in [0o644, 0o640, 0o604, 0o620, 0o660, 0o777] {
            let (_directory, path) = written("{}", mode);
            let sentence = KeyFile::read(&path).err().unwrap().to_string();
            assert!(sentence.contains("chmod 600"), "{sentence}");
            assert!(sentence.contains(&format!("{mode:o}")), "{sentence}");
        }
    }

    #[test]
    fn a_damaged_file_is_refused_without_quoting_it() {
        let key = STANDARD.encode([7; 32]);
        let whole = format!(
            r#"{{"version": 1, "active": 1, "keys": {{"1": "{key}"}}, "index_key": "{key}"}}"#
        );
        let (_directory, path) = written(&whole, 0o600);
        assert!(KeyFile::read(&path).is_ok());
        for (from, to) in [
            (r#""version": 1"#, r#""version": 2"#),
            (r#""version": 1"#, &format!(r#""version": "{key}""#)),
            (r#""active": 1"#, r#""active": 3"#),
            (r#""active": 1"#, r#""active": 1, "extra": 1"#),
            (r#""active": 1,"#, ""),
            (r#""1": "B"#, r#""1": "B="#),
            (r#""1": "B"#, r#""1": "BBBB"#),
            (r#""1": "#, r#""one": "#),
            (r#""index_key""#, r#""indexkey""#),
        ] {
            let (_directory, path) = written(&whole.replace(from, to), 0o600);
            let sentence = KeyFile::read(&path).err().unwrap().to_string();
            assert!(!sentence.contains("BwcH"), "{from} -> {to}: {sentence}");
        }
    }

    #[test]
    fn what_is_no_file_or_not_there_is_told_apart() {
        let (directory, path) = written("{}", 0o600);
        assert!(matches!(KeyFile::read(directory.path()), Err(VaultError::NotAKeyFile(_))));
        fs::remove_file(&path).unwrap();
        assert!(matches!(KeyFile::read(&path), Err(VaultError::Missing(_))));
        assert!(matches!(KeyFile::change(&path, |_| Ok(())), Err(VaultError::Missing(_))));
    }

    #[test]
    fn an_existing_file_is_never_replaced_by_a_new_one() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("keys.json");
        assert!(KeyFile::fresh().create(&path).unwrap());
        let before = fs::read(&path).unwrap();
        assert!(!KeyFile::fresh().create(&path).unwrap());
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_change_waits_for_no_other_and_a_failed_one_changes_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("keys.json");
        KeyFile::fresh().create(&path).unwrap();
        let before = fs::read(&path).unwrap();
        let nested = KeyFile::change(&path, |_| KeyFile::change(&path, |_| Ok(())));
        assert!(matches!(nested, Err(VaultError::Busy(_))));
        assert_eq!(fs::read(&path).unwrap(), before);
        KeyFile::change(&path, |_| Ok(())).unwrap();
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_linked_key_file_stays_linked() {
        let directory = tempfile::tempdir().unwrap();
        let (path, link) = (directory.path().join("keys.json"), directory.path().join("link"));
        KeyFile::fresh().create(&path).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        KeyFile::change(&link, |file| {
            file.keys.insert(7, Key::fresh());
            Ok(())
        })
        .unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(KeyFile::read(&path).unwrap().keys.contains_key(&7));
    }
}
