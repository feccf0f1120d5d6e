app-name = Channel Keys
start-profile-in-use = Channel Keys is running already with this profile. Its window is open; nothing was started.
start-profile-not-writable = Channel Keys can't write to its folder, so it can't remember what it does. Make the folder writable, or name another one with --profile.
start-records-newer = A later version of Channel Keys wrote { $file }. Start that version, or name another folder with --profile.
start-records-unreadable = Channel Keys can't read { $file }. It is damaged or not readable. Nothing was changed. Move the file away to start afresh, or name another folder with --profile.
start-no-window = Channel Keys can't open a window here. It needs a desktop: a screen, or a virtual one such as Xvfb.
