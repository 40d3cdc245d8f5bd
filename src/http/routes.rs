//! What poem's router does not tell: the names of the parameters of a matched path and the
//! methods it knows. Read once from the metadata of the rooms.

use std::collections::HashMap;

use poem_openapi::OpenApi;

/// One path of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    path: String,
    parameters: Vec<String>,
    allow: String,
}

impl Route {
    /// The path as the document writes it, with `{name}`: also the label of the metrics.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The name of poem's `param0`, `param1`, … in this path.
    pub fn parameter(&self, position: &str) -> Option<&str> {
        let index: usize = position.strip_prefix("param")?.parse().ok()?;
        self.parameters.get(index).map(String::as_str)
    }

    /// The methods, as the header `Allow` lists them.
    pub fn allow(&self) -> &str {
        &self.allow
    }
}

/// Every path, by poem's pattern of it.
#[derive(Debug, Clone, Default)]
pub struct Routes(HashMap<String, Route>);

impl Routes {
    /// The paths of `T`, mounted at `prefix`.
    pub fn of<T: OpenApi>(prefix: &str) -> Self {
        let mut found: HashMap<String, Vec<String>> = HashMap::new();
        for path in T::meta().into_iter().flat_map(|api| api.paths) {
            let methods = found.entry(format!("{prefix}{}", path.path)).or_default();
            methods.extend(path.operations.iter().map(|it| it.method.to_string()));
        }
        let described = found.into_iter().map(|(path, mut methods)| {
            if methods.iter().any(|it| it == "GET") {
                methods.push("HEAD".to_owned());
            }
            methods.sort();
            methods.dedup();
            let (pattern, parameters) = pattern(&path);
            (pattern, Route { path, parameters, allow: methods.join(", ") })
        });
        Self(described.collect())
    }

    pub fn get(&self, pattern: &str) -> Option<&Route> {
        self.0.get(pattern)
    }
}

/// `/cases/{case_id}` as poem has it, `/cases/:param0`, and the names.
pub(crate) fn pattern(path: &str) -> (String, Vec<String>) {
    let mut names = Vec::new();
    let segments: Vec<String> = path
        .split('/')
        .map(|segment| match segment.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
            Some(name) => {
                names.push(name.to_owned());
                format!(":param{}", names.len() - 1)
            }
            None => segment.to_owned(),
        })
        .collect();
    (segments.join("/"), names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_by_the_pattern_poem_reports() {
        let (found, names) = pattern("/api/v1/cases/{case_id}/parties/{party_id}");
        assert_eq!(found, "/api/v1/cases/:param0/parties/:param1");
        assert_eq!(names, ["case_id", "party_id"]);
    }
}
