//! The house stays as it is drawn in `src/lib.rs`: imports go down only, the lower floors and the machine
//! of the explorer know no clock, disk, network or terminal, files are small and say whose room they are.

mod floors {
    pub mod house;
    pub mod paths;

    mod snippets;
}

use std::fs;
use std::path::Path;

use floors::house;

#[test]
fn the_house_is_as_it_is_drawn() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    assert!(files.len() > 50, "only {} files were found below {}", files.len(), src.display());
    let faults: Vec<String> = files.iter().flat_map(|(file, text)| house::faults(file, text)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Every Rust file below a folder, named as seen from `src`.
fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
            let name = name.to_str().unwrap().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}
