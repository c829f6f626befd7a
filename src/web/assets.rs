//! Static files, inside the program, each under a URL that carries a hash of its content.

use std::hash::{DefaultHasher, Hasher};
use std::sync::OnceLock;

use actix_web::http::header;
use actix_web::{HttpResponse, get, web};

use super::Result;
use crate::error::Error;

struct Asset {
    name: &'static str,
    content_type: &'static str,
    content: &'static [u8],
}

macro_rules! assets {
    ($($name:literal: $content_type:literal),* $(,)?) => {
        &[$(Asset {
            name: $name,
            content_type: $content_type,
            content: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/static/", $name)),
        }),*]
    };
}

const ASSETS: &[Asset] = assets! {
    "css/reset.css": "text/css; charset=utf-8",
    "css/tokens.css": "text/css; charset=utf-8",
    "css/base.css": "text/css; charset=utf-8",
    "css/components/controls.css": "text/css; charset=utf-8",
    "css/components/data.css": "text/css; charset=utf-8",
    "css/components/surfaces.css": "text/css; charset=utf-8",
    "css/components/notes.css": "text/css; charset=utf-8",
    "css/components/floor.css": "text/css; charset=utf-8",
    "css/pages.css": "text/css; charset=utf-8",
    "theme.js": "text/javascript; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "forms.js": "text/javascript; charset=utf-8",
    "keys.js": "text/javascript; charset=utf-8",
    "turns.js": "text/javascript; charset=utf-8",
    "notes.js": "text/javascript; charset=utf-8",
    "offers.js": "text/javascript; charset=utf-8",
    "live.js": "text/javascript; charset=utf-8",
    "scan.js": "text/javascript; charset=utf-8",
    "vendor/htmx-2.0.11.min.js": "text/javascript; charset=utf-8",
    "icons.svg": "image/svg+xml",
    "favicon.svg": "image/svg+xml",
};

/// Whose content a URL stands for: the same name with other content has another URL.
fn hashes() -> &'static [String] {
    static HASHES: OnceLock<Vec<String>> = OnceLock::new();
    HASHES.get_or_init(|| {
        ASSETS
            .iter()
            .map(|asset| {
                let mut hasher = DefaultHasher::new();
                hasher.write(asset.content);
                format!("{:016x}", hasher.finish())
            })
            .collect()
    })
}

/// The URL of a file of `static/`, for templates; it may be cached for ever.
pub fn url(name: &str) -> String {
    let at = ASSETS.iter().position(|asset| asset.name == name);
    let hash = at.map_or("unknown", |at| hashes()[at].as_str());
    format!("/static/{hash}/{name}")
}

/// Every file served, for a test to compare with what templates ask for.
pub fn names() -> impl Iterator<Item = &'static str> {
    ASSETS.iter().map(|asset| asset.name)
}

#[get("/static/{hash}/{name:.*}")]
async fn serve(path: web::Path<(String, String)>) -> Result {
    let (hash, name) = path.into_inner();
    let at = ASSETS
        .iter()
        .position(|asset| asset.name == name)
        .ok_or(Error::NotFound)?;
    let cache = if hashes()[at] == hash {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, ASSETS[at].content_type))
        .insert_header((header::CACHE_CONTROL, cache))
        .body(ASSETS[at].content))
}

/// What browsers ask for by themselves where nothing names an icon, such as beside a mail that is
/// shown alone.
#[get("/favicon.ico")]
async fn favicon() -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, url("favicon.svg")))
        .finish()
}

/// Where the files are served.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(serve).service(favicon);
}
