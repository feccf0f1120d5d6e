//! From the Hub's first answer with channels to the first rows on the screen.

use std::time::Duration;

use crate::app::App;
use crate::bench::desk::{Effort, Scene};
use crate::bench::figures::{Figures, Milliseconds};
use crate::bench::relay::Exchange;

/// Opens the desk anew in each round.
pub async fn measure(scene: &Scene, effort: Effort) {
    let mut figures = Vec::new();
    for round in 0..effort.rounds {
        let app = scene.open(&format!("first-rows-{round}")).await;
        let earlier = scene.relay.passed().len();
        app.run("bench.watchForRows()", vec![]).await;
        scene.sign_in(&app).await;
        let drawn = drawn(&app).await;
        let passed = scene.relay.passed();
        let first = passed[earlier..].iter().find(|exchange| has_channels(exchange));
        figures.push(drawn - first.expect("channels were asked for").answered_at);
        app.kill();
    }
    println!(
        "- the Hub's first answer with channels to the first rows drawn: {}",
        Milliseconds(&Figures::of(figures))
    );
}

/// When the first rows were drawn.
async fn drawn(app: &App) -> f64 {
    app.see("[data-test=desk-row][data-id]").await;
    loop {
        if let Some(at) = app.run("return bench.first", vec![]).await.as_f64() {
            return at;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

fn has_channels(exchange: &Exchange) -> bool {
    let path = exchange.asked.split('?').next().unwrap_or_default();
    path.starts_with("GET /api/v2/partners/") && path.ends_with("/channels")
}
