//! What is packed into a kit is offered as long as the kit is.

use super::Bench;

#[actix_web::test]
async fn a_part_of_a_kit_that_is_offered_is_not_archived() {
    let bench = Bench::open().await;
    let admin = bench.shop.admin().await;
    bench.packs(&admin).await;
    let archive = |path: String| format!("{path}/archive");

    let refused = admin.post(&archive(bench.mug.path()), &[]).await;
    let kit = admin.submit(&archive(bench.set.path()), &[]).await;
    let part = admin.submit(&archive(bench.mug.path()), &[]).await;
    let back = admin
        .post(&format!("{}/restoration", bench.set.path()), &[])
        .await;

    assert_eq!(refused.status(), 409);
    assert!(
        refused
            .page()
            .says("This product cannot be archived: it is a part of GIFT-SET.")
    );
    assert!(kit.says("GIFT-SET is archived.") && part.says("MUG is archived."));
    assert_eq!(back.status(), 409);
    assert!(back.page().says("Restore its parts first: MUG."));
}
