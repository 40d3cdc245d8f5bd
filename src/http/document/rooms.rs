//! All rooms as one API: operations of one path that stand in two rooms are one path in the
//! document, and where nobody logs in a query parameter nobody knows is refused before the
//! handler. Elsewhere the guard does it, after it knows who is calling.

use std::collections::{BTreeMap, HashMap};

use poem::endpoint::BoxEndpoint;
use poem::http::Method;
use poem::{Endpoint, EndpointExt, Request, Response, Result};
use poem_openapi::OpenApi;
use poem_openapi::registry::{MetaApi, MetaParamIn, MetaPath, Registry};

use crate::error::{Error, Fault};
use crate::http::problem::Problem;
use crate::http::routes;
use crate::language::Text;

/// The rooms of `T`, joined.
#[derive(Debug, Clone)]
pub struct Rooms<T>(pub T);

impl<T: OpenApi> OpenApi for Rooms<T> {
    /// poem-openapi writes a path once per `#[OpenApi]` block, so a JSON key could stand twice.
    fn meta() -> Vec<MetaApi> {
        let mut joined: BTreeMap<String, MetaPath> = BTreeMap::new();
        for path in T::meta().into_iter().flat_map(|api| api.paths) {
            match joined.get_mut(&path.path) {
                Some(known) => known.operations.extend(path.operations),
                None => {
                    joined.insert(path.path.clone(), path);
                }
            }
        }
        vec![MetaApi { paths: joined.into_values().collect() }]
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn add_routes(self, table: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {
        let mut open = open_operations::<T>();
        let mut own = HashMap::new();
        self.0.add_routes(&mut own);
        for (pattern, methods) in own {
            let entry = table.entry(pattern.clone()).or_default();
            for (method, inner) in methods {
                let endpoint = match open.remove(&(pattern.clone(), method.clone())) {
                    Some(names) => KnownQuery { inner, names }.boxed(),
                    None => inner,
                };
                entry.insert(method, endpoint);
            }
        }
    }
}

/// The names of the query parameters of every open operation, by poem's pattern and method.
fn open_operations<T: OpenApi>() -> HashMap<(String, Method), Vec<String>> {
    let mut all = HashMap::new();
    for path in T::meta().into_iter().flat_map(|api| api.paths) {
        let (pattern, _) = routes::pattern(&path.path);
        for operation in path.operations.into_iter().filter(|it| it.security.is_empty()) {
            let query = operation.params.into_iter().filter(|it| it.in_type == MetaParamIn::Query);
            let names = query.map(|it| it.name).collect();
            all.insert((pattern.clone(), operation.method), names);
        }
    }
    all
}

/// Refuses query parameters the operation does not have: a misspelt filter would show
/// everything.
struct KnownQuery {
    inner: BoxEndpoint<'static>,
    names: Vec<String>,
}

impl Endpoint for KnownQuery {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        refuse_unknown_parameters(&request, &self.names).map_err(Problem)?;
        self.inner.call(request).await
    }
}

/// Refuses a query parameter whose name is not among `known`.
pub fn refuse_unknown_parameters(request: &Request, known: &[String]) -> Result<(), Error> {
    if request.uri().query().is_none_or(str::is_empty) {
        return Ok(());
    }
    let sent: Vec<(String, String)> = request.params().unwrap_or_default();
    let unknown: Vec<Fault> = sent
        .iter()
        .filter(|(name, _)| !known.contains(name))
        .map(|(name, _)| unknown(name, known))
        .collect();
    if unknown.is_empty() { Ok(()) } else { Err(Error::Invalid(unknown)) }
}

fn unknown(name: &str, known: &[String]) -> Fault {
    let all = known.join(", ");
    let detail = if all.is_empty() {
        Text::new("此接口没有查询参数。", "This operation has no query parameters.")
    } else {
        Text::new(
            format!("没有此查询参数，可用的有：{all}。"),
            format!("There is no such query parameter; there are: {all}."),
        )
    };
    Fault::new(format!("?{name}"), "unknown_parameter", detail)
}
