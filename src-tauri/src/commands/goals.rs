//! Goals of several steps.

use channel_keys_core::channel::ChannelId;

use super::{Answer, App};
use crate::view::{GoalView, GoalWord, StepWord};

/// Begins a goal for a number, in the place of another one. Changes nothing at the Hub.
#[tauri::command]
#[specta::specta]
pub async fn begin_goal(shell: App<'_>, channel_id: String, goal: GoalWord) -> Answer<GoalView> {
    Ok(GoalView::of(shell.app.begin_goal(&ChannelId(channel_id), goal.into()).await?))
}

/// The goal of a number, as it stands by what was last read.
#[tauri::command]
#[specta::specta]
pub async fn goal(shell: App<'_>, channel_id: String) -> Answer<Option<GoalView>> {
    Ok(shell.app.goal(&ChannelId(channel_id)).await?.map(GoalView::of))
}

/// All goals that were begun and not put away.
#[tauri::command]
#[specta::specta]
pub async fn goals(shell: App<'_>) -> Answer<Vec<GoalView>> {
    Ok(shell.app.goals().await?.into_iter().map(GoalView::of).collect())
}

/// The person says that a step is done or not wanted, or takes that back.
#[tauri::command]
#[specta::specta]
pub async fn mark_step(
    shell: App<'_>,
    channel_id: String,
    step: StepWord,
    by_hand: bool,
) -> Answer<Option<GoalView>> {
    let goal = shell.app.mark_step(&ChannelId(channel_id), step.into(), by_hand).await?;
    Ok(goal.map(GoalView::of))
}

/// The goal is reached, or nobody wants it any more. What was done stays done.
#[tauri::command(async)]
#[specta::specta]
pub fn put_goal_away(shell: App<'_>, channel_id: String) -> Answer<()> {
    Ok(shell.app.put_goal_away(&ChannelId(channel_id))?)
}
