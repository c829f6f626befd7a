//! What a product looks like: set, shown small and large, kept by browsers, removed.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use crate::support::app::Shop;
use crate::support::requests::{Browser, Reply};

pub fn drawn(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, Rgb([20, 90, 160]))
        .write_to(&mut bytes, format)
        .expect("it is drawn");
    bytes.into_inner()
}

async fn uploads(manager: &Browser, path: &str, file: &[u8]) -> Reply {
    let page = manager.page(path).await;
    let form = page.form(&format!("form[action='{path}/picture']"));
    let key = form.fields.iter().find(|(name, _)| name == "key");
    let key = key.map(|(_, value)| value.as_str()).expect("it has a key");
    let action = format!("{path}/picture");
    manager
        .upload(&action, &[("key", key)], ("file", "mug.png", file))
        .await
}

#[actix_web::test]
async fn a_product_is_shown_by_its_picture_small_in_lists_and_large_on_its_page() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let manager = shop.manager().await;

    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let saved = uploads(&manager, &mug.path(), &drawn(1_200, 600, format)).await;
        assert_eq!(saved.location(), Some(mug.path()), "{format:?}");
    }

    let user = shop.user().await;
    let list = user.page("/products").await;
    let small = list.attribute("img.thumb", "src").expect("it is shown");
    let page = user.page(&mug.path()).await;
    let large = page.attribute("img.picture", "src").expect("it is shown");
    for (src, size) in [(small, (96, 48)), (large, (960, 480))] {
        let reply = user.get(&src).await;
        assert_eq!(reply.header("Content-Type"), Some("image/jpeg"));
        let kept = reply.header("Cache-Control").expect("it may be kept");
        assert!(
            kept.starts_with("private") && kept.ends_with("immutable"),
            "{kept}"
        );
        let picture = image::load_from_memory(reply.bytes()).expect("a picture");
        assert_eq!((picture.width(), picture.height()), size);
        let bare = src.split('?').next().expect("a path");
        assert_eq!(
            user.get(bare).await.header("Cache-Control"),
            Some("private, no-cache")
        );
    }
    assert!(page.says("Picture set"));
}

#[actix_web::test]
async fn a_picture_is_removed_and_its_place_is_empty() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let manager = shop.manager().await;
    uploads(&manager, &mug.path(), &drawn(9, 9, ImageFormat::Png)).await;

    let page = manager.page(&mug.path()).await;
    let removal = page.form("form[action$=removal]");
    let bare = manager.submit_form(&removal).await;

    assert!(bare.says("The picture was removed."));
    assert!(!bare.has("img.picture"));
    let gone = manager.get(&format!("{}/picture/small", mug.path())).await;
    assert_eq!(gone.status(), 404);
}

#[actix_web::test]
async fn a_file_that_is_no_picture_is_refused_in_words() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let manager = shop.manager().await;

    for (file, why) in [
        (
            &b"%PDF-1.7 something else"[..],
            "This file cannot be read as a picture. PNG, JPEG and WebP can.",
        ),
        (
            &vec![0; 9 * 1024 * 1024],
            "The file has 9 MB; a picture may have 8 MB.",
        ),
        (b"", "Choose a picture: PNG, JPEG or WebP."),
    ] {
        let refused = uploads(&manager, &mug.path(), file).await;
        assert_eq!(refused.status(), 422, "{why}");
        assert_eq!(refused.page().text("#error-picture"), why);
    }
}
