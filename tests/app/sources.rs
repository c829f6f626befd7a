//! The sources of the program, read by the tests that check how it is built.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the project.
pub struct Source {
    /// From the top of the project, such as `src/stock/plan.rs`.
    pub path: String,
    pub text: String,
}

impl Source {
    /// Without what follows `//` on a line.
    pub fn code(&self) -> String {
        let lines = self.text.lines();
        lines
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| line.split(" // ").next().unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The module at the top of `src` it belongs to.
    pub fn module(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let first = below.split('/').next().unwrap_or(below);
        first.strip_suffix(".rs").unwrap_or(first)
    }
}

/// Every file below `folder` whose name ends in `.` and `extension`, by path.
pub fn sources(folder: &str, extension: &str) -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![];
    collect(&top.join(folder), extension, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| Source {
            text: fs::read_to_string(&path).expect("a source is text"),
            path: path
                .strip_prefix(top)
                .expect("it lies below the top")
                .display()
                .to_string(),
        })
        .collect()
}

fn collect(folder: &Path, extension: &str, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, extension, paths);
        } else if path.extension().is_some_and(|found| found == extension) {
            paths.push(path);
        }
    }
}

/// What stands between each `start` and the next `end`.
pub fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start)
        .skip(1)
        .filter_map(|rest| rest.split_once(end))
        .map(|(found, _)| found)
        .collect()
}
