//! The picture of a product: shown, set, removed.

use actix_web::http::header;
use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};

use super::ShowProduct;
use crate::catalog::{self, NoPicture, Picture, picture, queries};
use crate::error::Error;
use crate::sheet::Unreadable;
use crate::types::{FieldErrors, Fields, ProductId, RecordRef};
use crate::web::upload;
use crate::web::{Desk, Go, Manager, Result, SignedIn};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(set).service(remove);
}

/// Kept by the reader's browser alone, and forever where the URL names the content.
#[get("/products/{id:\\d+}/picture/{size}")]
async fn show(
    desk: Desk<SignedIn>,
    path: Path<(ProductId, String)>,
    request: HttpRequest,
) -> Result {
    let (id, size) = path.into_inner();
    if size != "small" && size != "large" {
        return Err(Error::NotFound);
    }
    let known = request.headers().get(header::IF_NONE_MATCH);
    let known = known.and_then(|tag| tag.to_str().ok()).unwrap_or_default();
    let known = known.trim_matches('"').to_owned();
    let read =
        desk.read(move |conn| Ok(queries::picture_unless(conn, id, size == "small", &known)?));
    let (mark, content) = read.await?;
    let is_named = request.query_string() == format!("v={mark}");
    let kept = if is_named {
        "private, max-age=31536000, immutable"
    } else {
        "private, no-cache"
    };
    let headers = [
        (header::CACHE_CONTROL, kept.to_owned()),
        (header::ETAG, format!("\"{mark}\"")),
    ];
    let mut answer = match content {
        Some(_) => HttpResponse::Ok(),
        None => HttpResponse::NotModified(),
    };
    for header in headers {
        answer.insert_header(header);
    }
    Ok(match content {
        Some(jpeg) => answer
            .insert_header((header::CONTENT_TYPE, "image/jpeg"))
            .body(jpeg),
        None => answer.finish(),
    })
}

#[post("/products/{id:\\d+}/picture")]
async fn set(desk: Desk<Manager>, id: Path<ProductId>, parts: upload::Arriving) -> Result {
    let id = *id;
    let (form, file) = upload::read(parts, &[]).await?;
    let form = form.with("sent", file.print());
    let made = made(file.bytes()).await?;
    desk.once(form, move |act, _| {
        let picture = made
            .clone()
            .map_err(|why| FieldErrors::one("picture", why.to_string()))?;
        catalog::set_picture(act, id, &picture)?;
        Ok(Go::from(RecordRef::Product(id)).saying("The picture was saved."))
    })
    .or_again(move |conn, sheet| ShowProduct::load(conn, sheet, id, None))
    .await
}

/// Read where waiting hurts nobody.
async fn made(content: Result<Vec<u8>, Unreadable>) -> Result<Result<Picture, NoPicture>> {
    let bytes = match content {
        Err(Unreadable::TooLarge(length)) => return Ok(Err(NoPicture::TooLarge(length))),
        Err(_) => return Ok(Err(NoPicture::None)),
        Ok(bytes) if bytes.is_empty() => return Ok(Err(NoPicture::None)),
        Ok(bytes) if bytes.len() > catalog::MOST_PICTURE_BYTES => {
            return Ok(Err(NoPicture::TooLarge(bytes.len())));
        }
        Ok(bytes) => bytes,
    };
    let made = actix_web::web::block(move || picture(&bytes)).await;
    made.map_err(|failure| Error::Failure(failure.to_string()))
}

#[post("/products/{id:\\d+}/picture/removal")]
async fn remove(desk: Desk<Manager>, id: Path<ProductId>) -> Result {
    let id = *id;
    desk.act(Fields::default(), move |act, _| {
        catalog::remove_picture(act, id)?;
        Ok(Go::from(RecordRef::Product(id)).saying("The picture was removed."))
    })
    .await
}
