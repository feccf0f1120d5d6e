//! The commands and the types that the pages see, collected once: the window serves them, and a test writes them
//! to `ui/src/host/bindings.ts` and fails when that file says otherwise.

use tauri::Wry;
use tauri_specta::{Builder, collect_commands, collect_events};

use crate::commands::{
    around, channels, checking, desk, goals, key_files, keys, linking, page_visit, practice, remembering,
    request, session, settings, tasks, webhooks,
};
use crate::view::{
    ClipboardChanged, CloseRefused, CloseWaits, ClosingAsks, DeskChanged, KeyChecked, KeychainNamed,
    LinkCame, PageVisitEnded, ProgramLocked, TasksStopped,
};

/// All commands, with their types.
pub fn commands() -> Builder<Wry> {
    Builder::<Wry>::new()
        .disable_serde_phases()
        .events(collect_events![
            CloseRefused,
            CloseWaits,
            TasksStopped,
            ClipboardChanged,
            KeychainNamed,
            ProgramLocked,
            DeskChanged,
            LinkCame,
            KeyChecked,
            ClosingAsks,
            PageVisitEnded
        ])
        .commands(collect_commands![
            session::app::<Wry>,
            session::sign_in,
            session::sign_in_again,
            session::keep_session,
            session::resume,
            session::open_here::<Wry>,
            session::name_client,
            session::choose_client,
            session::sign_out::<Wry>,
            session::lock::<Wry>,
            session::somebody_here,
            tasks::dismiss_stopped_tasks,
            tasks::dismiss_records_aside,
            practice::enter_practice::<Wry>,
            practice::leave_practice::<Wry>,
            practice::practice_accounts,
            practice::practice_sign_in,
            channels::channels,
            channels::channel,
            channels::change_permission,
            desk::open_desk_with_key::<Wry>,
            desk::desk,
            desk::read_desk::<Wry>,
            desk::check_desk::<Wry>,
            desk::stop_checking,
            desk::desk_lines,
            desk::desk_channel,
            desk::ask_channel::<Wry>,
            desk::by_key::ask_by_keys::<Wry>,
            desk::permission::ask_for_permission,
            desk::permission::partner_return_address,
            desk::permission::explain_return,
            desk::permission::check_client::<Wry>,
            desk::writing::desk_mode,
            desk::writing::set_desk_mode,
            desk::writing::desk_keys,
            desk::writing::hand_key_over::<Wry>,
            desk::writing::desk_key_list,
            desk::watching::set_watched,
            linking::link,
            linking::put_link_away,
            request::read_request,
            request::request,
            request::put_request_away,
            request::tell_partner::<Wry>,
            page_visit::visit_page::<Wry>,
            page_visit::visit_page_again::<Wry>,
            page_visit::take_page_return,
            page_visit::after_page,
            page_visit::end_page_visit,
            desk::history::desk_changes,
            desk::notes::desk_notes,
            desk::notes::add_desk_note,
            desk::notes::change_desk_note,
            desk::notes::remove_desk_note,
            desk::columns::desk_columns,
            desk::columns::set_desk_columns,
            desk::bulk::pick_channel,
            desk::bulk::pick_between,
            desk::bulk::pick_shown,
            desk::bulk::pick_none,
            desk::bulk::picked,
            desk::bulk::check_picked::<Wry>,
            desk::bulk::stop_bulk,
            desk::bulk::resume_bulk::<Wry>,
            desk::bulk::retry_bulk::<Wry>,
            desk::bulk::close_bulk,
            desk::bulk::rechecks,
            desk::bulk::export_board::<Wry>,
            desk::diagnosis::diagnosis_choice,
            desk::diagnosis::copy_diagnosis::<Wry>,
            keys::before_making::<Wry>,
            keys::make_key::<Wry>,
            keys::is_storing,
            keys::unlock_keychain,
            keys::show_key::<Wry>,
            keys::shown_key::<Wry>,
            keys::hide_key::<Wry>,
            keys::copy_key::<Wry>,
            keys::copy_shown_key::<Wry>,
            keys::keep_key,
            keys::let_key_go::<Wry>,
            keys::done_with_key::<Wry>,
            keys::test_key,
            keys::key_list_says,
            keys::waiting_keys,
            keys::keys,
            keys::found_keys,
            keys::find_pasted::<Wry>,
            keys::take_pasted,
            keys::forget_pasted,
            key_files::save_key_as_file::<Wry>,
            key_files::show_file_words::<Wry>,
            key_files::forget_file_words::<Wry>,
            key_files::choose_key_file::<Wry>,
            key_files::open_key_file,
            keys::move_key,
            keys::rename_key,
            keys::set_places,
            keys::webhook,
            webhooks::webhook_stands,
            webhooks::set_webhook_again,
            webhooks::let_webhook_go,
            goals::begin_goal,
            goals::goal,
            goals::goals,
            goals::mark_step,
            goals::put_goal_away,
            checking::check_keys::<Wry>,
            checking::key_checks,
            checking::set_reminders,
            checking::stay_open,
            checking::close_program::<Wry>,
            checking::stay_in_background::<Wry>,
            remembering::history,
            remembering::export_history::<Wry>,
            remembering::what_is_here,
            remembering::forget_everything::<Wry>,
            settings::settings,
            settings::set_settings,
            around::copy_text::<Wry>,
            around::clear_clipboard::<Wry>,
            around::open_page::<Wry>,
        ])
}

#[cfg(test)]
mod tests {
    use super::commands;
    use specta_typescript::Typescript;
    use std::path::Path;

    #[test]
    fn no_command_holds_up_the_window_s_thread() {
        fn look(folder: &Path) -> usize {
            let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
            let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
            let mut found = 0;
            for file in files {
                let text = std::fs::read_to_string(&file).expect("it is text");
                for command in text.split("#[tauri::command").skip(1) {
                    let head = command.split('{').next().unwrap_or_default();
                    let is_async = head.contains("pub async fn") || head.starts_with("(async)");
                    assert!(is_async, "{}: {head}", file.display());
                    found += 1;
                }
            }
            found + folders.iter().map(|folder| look(folder)).sum::<usize>()
        }
        // One that is not async runs on the window's thread, and most wait for a disk, a lock or a network.
        assert!(look(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/src/commands")) > 100);
    }

    #[test]
    fn the_committed_bindings_are_those_of_the_commands() {
        let folder = tempfile::tempdir().expect("a folder");
        let fresh = folder.path().join("bindings.ts");
        commands().export(Typescript::default(), &fresh).expect("they can be written");
        let fresh = std::fs::read_to_string(fresh).expect("they were written");
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/host/bindings.ts");
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            std::fs::write(&committed, &fresh).expect("they can be updated");
        }
        let committed = std::fs::read_to_string(committed).unwrap_or_default();
        assert!(committed == fresh, "ui/src/host/bindings.ts is out of date: run `cargo xtask bindings`");
    }
}
