//! Names the program's commands to Tauri's access list, so that each needs a grant of its own.

/// One name a line, in the order of `src/bindings.rs`; a test holds the two together.
const COMMANDS: &[&str] = &[
    "app",
    "sign_in",
    "sign_in_again",
    "keep_session",
    "resume",
    "open_here",
    "name_client",
    "choose_client",
    "sign_out",
    "lock",
    "somebody_here",
    "enter_practice",
    "leave_practice",
    "practice_accounts",
    "practice_sign_in",
    "channels",
    "channel",
    "change_permission",
    "before_making",
    "make_key",
    "is_storing",
    "show_key",
    "shown_key",
    "hide_key",
    "copy_key",
    "keep_key",
    "let_key_go",
    "done_with_key",
    "test_key",
    "key_list_says",
    "waiting_keys",
    "keys",
    "found_keys",
    "paste_key",
    "move_key",
    "rename_key",
    "set_places",
    "webhook",
    "history",
    "export_history",
    "what_is_here",
    "forget_everything",
    "settings",
    "set_settings",
    "copy_text",
    "clear_clipboard",
    "open_page",
];

fn main() {
    let attributes = tauri_build::Attributes::new()
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS))
        .capabilities_path_pattern("./src-tauri/capabilities/**/*");
    tauri_build::try_build(attributes).expect("manifest, capabilities and icons fit together");
}
