//! What the check finds stands where the work is done: beside the figures of the register, and on the page of
//! each recommendation.

use journal::testing::engines;
use serde_json::json;

use crate::hands::Desk;

#[tokio::test]
async fn the_register_counts_what_the_check_finds_and_a_recommendation_shows_its_own() {
    for t in engines().await {
        let desk = Desk::of(&t.journal);
        let manager = desk.person("audit_manager").await;
        let member = desk.person("committee_member").await;
        let [inspection, r1, r14] = manager.registers_domestic_abuse().await;
        manager.registers_a_paper("1").await;
        let without_risk = json!({ "inspection": inspection, "reference": "R15", "text": "Do this too.",
            "owner_post": "Head of Public Protection" });
        let r15 = manager.post("/recommendations/new", without_risk).await.id();

        let check = manager.data("/check").await.json();
        let [faults, warnings] = ["faults", "warnings"].map(|kind| check["summary"][kind].as_u64().unwrap());
        assert!(faults > 0, "{check}");
        let register = manager.data("/recommendations").await.json();
        assert_eq!(register["check"], check["summary"]);
        let page = manager.page("/recommendations").await.body;
        let figure = |severity: &str, number: u64, words: &str| {
            format!("<a href=\"/check?severity={severity}\"><b>{number}</b> <span>{words}</span>")
        };
        assert!(page.contains(&figure("fault", faults, "Faults")), "{page}");
        assert!(page.contains(&figure("warning", warnings, "Warnings")), "{page}");
        let past = manager.page("/recommendations?as_at=1").await.body;
        assert!(!past.contains("/check?severity="), "nothing of the past can be mended");

        let own = manager.data(&format!("/recommendations/{r15}")).await.json();
        let own = own["findings"].as_array().unwrap();
        let sentences: Vec<&str> = own.iter().map(|one| one["sentence"].as_str().unwrap()).collect();
        assert!(!own.is_empty() && own.iter().all(|one| one["subject"] == *r15), "{own:?}");
        let page = manager.page(&format!("/recommendations/{r15}")).await.body;
        assert!(page.contains("What the check finds") && page.contains("Accept with a reason"), "{page}");
        let mend = own.iter().find(|one| one["mend"] != *format!("/recommendations/{r15}")).unwrap();
        let mend = mend["mend"].as_str().unwrap();
        assert!(page.contains(&format!("href=\"{mend}\">Mend it")), "{mend} is not offered: {page}");
        let read_only = member.page(&format!("/recommendations/{r15}")).await.body;
        assert!(read_only.contains(sentences[0]), "{read_only}");
        assert!(!read_only.contains("Mend it") && !read_only.contains("Accept with a reason"));
        for id in [r1, r14] {
            let other = manager.page(&format!("/recommendations/{id}")).await.body;
            assert!(
                !sentences.iter().any(|sentence| other.contains(sentence)),
                "a finding of another is shown"
            );
        }

        // Accepted, it is counted no more, and the page says why.
        let finding = &own[0];
        let of_it = |name: &str| finding[name].as_str().unwrap();
        let accept =
            format!("/check/{}/{}/{}/acceptance", of_it("subject"), of_it("check"), of_it("fingerprint"));
        manager.post(&accept, json!({ "reason": "It is looked at elsewhere." })).await;
        let after = manager.data("/recommendations").await.json();
        assert_eq!(after["check"]["accepted"], 1);
        let page = manager.page(&format!("/recommendations/{r15}")).await.body;
        assert!(page.contains("It is looked at elsewhere."), "{page}");
    }
}
