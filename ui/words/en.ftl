## The program itself

app-name = Channel Keys
start-not = Channel Keys does not start
start-profile-in-use = Channel Keys is running already with this profile and does not answer. Nothing was started or opened. Wait a moment and try again, or end the program that runs.
start-brought-forward = Channel Keys is running already with this profile. Its window was asked to come to the front; nothing was started.
start-profile-not-ours = The folder { $file } holds other files or belongs to another user, so Channel Keys keeps nothing there. Nothing was changed. Name an empty or a new folder with --profile.
start-profile-no-folder = Channel Keys finds no folder for its data: this user has no home folder. Name a folder with --profile.
start-profile-not-writable = Channel Keys can't write to its folder { $file }, so it can't remember what it does. Make the folder writable, or name another one with --profile.
start-records-newer = A newer Channel Keys wrote { $file }, and this one can't read it. Nothing was changed. Start the newer one, or name another folder with --profile.
start-records-unreadable = Channel Keys can't read { $file }. It is not readable, its path is too long, or it is damaged and can't be set aside. It was not changed. Make it readable and its folder writable, or name another folder with --profile.
start-disk-full = Channel Keys can't keep { $file }: the disk is full. Nothing was changed. Make room on it, or name a folder on another disk with --profile.
start-certificates = Channel Keys can't read certificates from { $file }: it is not a file. The variable SSL_CERT_FILE names it. Name a file there, or nothing.
start-no-window = Channel Keys can't open a window here. It needs a desktop: a screen, or a virtual one such as Xvfb. If DISPLAY, WAYLAND_DISPLAY or GDK_BACKEND is set, check that it is right.
start-not-a-file = Channel Keys can't use { $file }. It is not a file, or it can't be read. Nothing was changed. Move it away, or name another folder with --profile.
start-few-files = This computer lets Channel Keys have too few files open at once. It needs 256. Raise the limit, for example with "ulimit -n 256", and start again.
start-no-practice = Channel Keys can't start the practice Hub. Probably it can't use { $file }. Nothing was changed. Move that away, or start without --practice.

## The window stopped showing anything, again and again: in a dialog

page-stopped-lead = The window of Channel Keys stopped several times. Open it again, or quit and start Channel Keys later.
page-stopped-key = The window of Channel Keys stopped several times. If you quit now, you lose a key that is saved nowhere. Open the window again to save or copy it.
page-stopped-making = The window of Channel Keys stopped several times, and a key is being made. Open the window again to see it. If you quit, Channel Keys saves the key first and then ends.
page-stopped-open = Open again
page-stopped-quit = Quit

## In the browser, on the page that leads back here

door-thanks-title = Thank you
door-thanks = You can close this page and go back to Channel Keys. It asks 360dialog what holds now.
door-refused-title = Nothing was taken
door-refused = Channel Keys takes no such address, or not any more. Go back to Channel Keys: there you can check what holds now.

## On every page

page-title = { $page }: Channel Keys
practice-banner = Practice: nothing here is real
header-sign-out = Sign out
header-leave-here = Close this account
header-change-client = Change client
header-who = Account: { $email }
nav-main = Main places
nav-numbers = Numbers
nav-keys = Keys
nav-history = History
nav-help = Help
menu-partner = Partner
menu-partner-named = Partner: { $name }
menu-settings = Settings
menu-lock = Lock
menu-desk-returned = Explain a return address
menu-desk-keys = Keys made here
menu-desk-history = History
menu-forget = Forget everything on this computer
menu-forget-quiet = What is remembered on this computer
side-client = Client
side-client-owner = Client, Owner
side-client-member = Client, Member
side-partner = Partner
side-partner-owner = Partner, Owner
side-partner-member = Partner, Member
side-partner-key = Partner, by its API key
side-here = Not signed in
your-partner = your partner
your-partner-start = Your partner
keychain-mac = Keychain
keychain-windows = Credential Manager
keychain-linux = Passwords and Keys
keychain-keepassxc = KeePassXC
keychain-kde = KDE Wallet
try-again = Try again
sign-in-again = Sign in again
signed-in-again = You are signed in again.
put-away = Put this away
open-hub = Open app.360dialog.com
go-back = Back
not-told = not told
show = Show
hide = Hide
show-password = Show password
hide-password = Hide password
time-today = today, { $time }
span-today = { $time } today
age-now = just now
age-seconds = { $count } s ago
age-minutes = { $count } min ago
age-hours =
    { $count ->
        [one] an hour ago
       *[other] { $count } hours ago
    }
age-days = { $count } days ago
day-today = Today
day-yesterday = Yesterday

## Signing in

sign-in-title = Sign in to 360dialog
sign-in-lead = See who can make API keys for your WhatsApp numbers, and make one yourself.
field-missing = { $label } is missing.
field-full = No more than { $count } characters fit here.
sign-in-email = E-mail
sign-in-password = Password
sign-in-button = Sign in
sign-in-busy = Signing in
sign-in-host = Connects to { $host }. Your password goes there and nowhere else.
sign-in-other-hub-title = This is not 360dialog's own Hub.
sign-in-other-hub = The program was started with another Hub: { $host }. Sign in only if you know whose it is.
sign-in-looking-title = Just looking?
sign-in-looking = Practise with an invented business. Nothing is real.
sign-in-try = Try it
sign-in-try-busy = Opening
keep-session = Keep me signed in on this computer
keep-session-hint = For at most 24 hours. The session lies in { $keychain }.
keep-not = You are signed in. The session is not kept, so the next start asks for your password.
forgot-password = Forgot my password
forgot-password-hint = Opens app.360dialog.com, where you can ask for a new one.

resume-title = Taking up the session of { $email }
resume-busy = Asking 360dialog whether it still goes on
resume-instead = Sign in instead
records-aside-title = What this program remembered was damaged, and it begins anew.
records-aside = The damaged file was set aside, and nothing of it was changed: { $file }. The history, the names of keys and the list as last seen are in it and no longer here. It stays until you forget everything on this computer.
records-aside-keys = No key was deleted.
records-aside-none = In { $keychain } no key of this program was found.
records-aside-found =
    { $count ->
        [one] One key is still in { $keychain } and was found again. You have it back under its number when you are signed in.
       *[other] { $count } keys are still in { $keychain } and were found again. You have them back under their numbers when you are signed in.
    }
cant-look-locked = { $keychain } is locked. Keys in it that this program doesn't know of are found once it is unlocked and you look again.
cant-look-not-set-up = { $keychain } was never set up here, so no key is in it.
cant-look-absent = { $keychain } doesn't answer, so it is not known which keys are in it.
cant-look-not-offered = { $keychain } can't be looked through by this program. To have a key from there here again, copy it there and paste it under its number.
session-stays = The kept session could not be taken out of { $keychain }. This program does not use it any more, and it ends by itself within 24 hours.

again-title = Enter your password to go on
again-lead = 360dialog ended the session. What you were doing stays as it is.

accounts-title = On this computer
accounts-lead = The numbers as last seen and the keys kept here, without signing in. Nothing can be changed at 360dialog that way.
accounts-keys =
    { $count ->
        [0] No key kept here
        [one] One key kept here
       *[other] { $count } keys kept here
    }
accounts-read = list read { $age }
accounts-not-read = list never read
accounts-open = Open without signing in
accounts-open-of = Open without signing in: { $client }, { $email }
notices = Notices
here-title = You are not signed in.
here-lead = You see what was last seen. Keys kept here can be used; nothing can be changed at 360dialog.

practice-title = Choose who you want to be
practice-lead = Each of these people is invented. Sign in as one, make keys, break things: no real number changes.
practice-aside-title = What was practised here could not be read, and begins anew.
practice-aside = The damaged file was set aside, and nothing of it was changed: { $file }. Nothing real is concerned.
practice-list = Practice accounts
practice-sign-in-as = Sign in as { $name }
practice-by-hand = Sign in by hand
practice-by-hand-lead = To see what a wrong password does, for example.
practice-leave = Leave practice
practice-wait = Fetching the practice accounts

client-id-title = Which client is this for?
client-id-lead = You are signed in as { $email }. The Hub did not say which client this account belongs to, so it needs the client's id.
client-id-label = Client id
client-id-hint = It ends in CL. You find it in 360dialog's Hub, in the address of your dashboard.
client-id-button = Go on
client-id-busy = Asking the Hub

choose-title = Choose a client
choose-lead = { $email } belongs to several clients of 360dialog.
choose-list = Your clients
choose-rank-owner = Owner
choose-rank-member = Member
choose-rank-other = { $rank }
choose-nameless = Name not told

partner-key-link = I work at a partner and have its API key
partner-key-title = Open the support desk with an API key
partner-key-lead = For whoever works at a 360dialog partner and has the partner's API key. It takes the place of e-mail and password.
partner-key-id = Partner id
partner-key-id-hint = It ends in PA. You find it in 360dialog's Hub, in the address of the partner's pages.
partner-key-key = Partner API key
partner-key-show = Show the key
partner-key-hide = Hide the key
partner-key-can = Whoever has this key can read all of the partner's clients and channels, and make keys where a client shared the permission. Treat it like a password.
partner-key-goes = The desk only reads with it, until you let it make keys. It goes to { $host } and nowhere else, stays in memory until the desk is closed, and is never written to this computer.
partner-key-open = Open the desk
partner-key-busy = Asking 360dialog

## The support desk

desk-title = Support desk
desk-title-of = { $partner }, support desk
desk-read-only = Read-only
desk-read-only-more = This desk only reads. It can't change anything at 360dialog.
desk-opening = Opening the support desk

## Making keys at the desk

desk-let-write = Let it make keys
desk-may-write = May make keys
desk-may-write-more = Where a client shared a number, this desk can make a key for it.
desk-only-read = Only read
may-write-title = Let this desk make keys?
may-write-dies = A key that you make stops the client's software at once.
may-write-dies-more = Today's key dies with it, wherever it is used, and there is no way back.
may-write-each = Each key is asked about first.
may-write-each-more = Only numbers that a client shared can get one. You read what stops and whom to tell, and “Not now” is chosen for you.
may-write-member = You are a Member.
may-write-member-more = Whether a Member of { $partner } may make keys is for 360dialog to decide. That the desk only read was where this program begins, no answer of 360dialog's.
may-write-rank = What you may do at { $partner } is not told.
may-write-rank-more = 360dialog decides whether you may make keys. That the desk only read was where this program begins.
may-write-key = Nobody signed in by name.
may-write-key-more = The partner's API key opened this desk, for whoever was handed it. What you make is kept under { $partner }, not under your name.
may-write-until = It lasts until the desk is closed.
may-write-until-more = Locking and signing out end it, and so does “Only read” at any time.
may-write-stay = Not now
may-write-allow = Let it make keys
desk-make-title = The key
desk-make = Make a key for the client
desk-make-read-only = This desk only reads, so it makes no key.
desk-list-key = A key exists. Its id is { $id }, its end { $tail }.
desk-list-none = 360dialog lists no key for it.
desk-list-changed = The keys are others than at the look before.
desk-list-not-told = Whether a key exists is not told:
desk-list-not-shared = Whether a key exists is told only of numbers that the client shared.
desk-keys-title = Keys made here
desk-keys-count =
    { $count ->
        [0] No key waits to be handed over.
        [one] One key waits to be handed over.
       *[other] { $count } keys wait to be handed over.
    }
desk-keys-lie = They lie in { $keychain } of this computer until you forget them.
desk-keys-wait =
    { $count ->
        [one] A key waits to be handed over.
       *[other] { $count } keys wait to be handed over.
    }
desk-keys-memory = A key is stored nowhere yet.
desk-keys-look =
    { $count ->
        [one] Look at the key
       *[other] Look at the { $count } keys
    }
desk-keys-empty-title = No key that was made here lies on this computer.
desk-keys-empty = A key comes here when you make one for a client, and stays until it was handed over.
desk-to-board = Back to the board
desk-history-empty = What is done with keys at this desk is noted here, without any key.
desk-key-refused = A new key was probably made elsewhere, by the client or by somebody at your side. Ask the client before you make another one.
desk-key-other-number = Messages sent with it go out from that other number. Don't hand it over: test it to see which number it is for.
hand-over-title = Hand it over to { $client }
hand-over-how = Copy the key and give it to the client on a way that others don't read: no e-mail, no ticket. Say that the webhook may have been cleared, and that the software stands still until the new key is in place.
hand-over-open = Whether the client put it in place is not known here. Test it before you forget it: that shows whether it works, not whether it is used.
hand-over-begin = Handed over: forget it here
hand-over-first = Copy or save it first.
hand-over-hint = { $client } has the key. It goes on working, and you can't see it again here.
hand-over-sure = Forget it here
hand-over-stay = Not yet
before-the-client = the client
before-dies-client = The software of { $client } that uses it can't send or receive until it has the new one. There is no way back.
before-tell-client = Tell { $client } before you start.
before-tell-client-more = Somebody there has to put the new key in place within minutes. Until then no chat goes through.
before-webhook-client = That is reported, not documented. Ask the client to note the address where its messages are delivered, so that it can be set again.
before-client-shared = { $client } shared this number with you.
before-client-shared-more = 360dialog said so a moment ago. The client can take it back at any time; then no key is made.
by-key-told = { $told }, { $age }
by-key-no-webhook = None on the number itself
by-key-trouble = It could not be asked when it last was:
by-key-ask = Ask with the key
health-available = Can send
health-limited = Can send with limits
health-blocked = Can't send
health-other = In a word not known here

## Asking for the permission at the desk

desk-ask = Ask for permission
ask-title = Ask the client for the permission
ask-lead = 360dialog has a page on which a client gives you the permission for one number or for all. Send the client this link. It can be opened again at any time, to take the permission back too.
ask-form = Which of 360dialog's pages
ask-form-hint = All three are documented. Where the client can't sign in to one, take another.
ask-form-older = The older button's page, which most partners use
ask-form-current = The current button's page
ask-form-onboarding = The current button's page on app.360dialog.com
ask-return = Where the client comes back to
ask-return-hint = An address of yours that begins with https. Left empty, 360dialog's page decides.
ask-bad-too-long = This address is too long: more than 2,000 characters.
ask-bad-odd-characters = This address has blanks or characters that hide what it says.
ask-bad-not-an-address = This is no address.
ask-bad-not-https = This address does not begin with https, and nobody is to be sent over an open line.
ask-bad-credentials = This address carries a user name or a password. Nothing of that kind goes into a link.
ask-bad-fragment = This address has a part after “#”, behind which 360dialog's answer would be lost.
ask-link = The link
ask-carries = It carries the number, and the client's name and e-mail where they are told. A random word goes along, by which the answer is recognised; it is kept in memory until this desk is closed.
ask-us = your partner
ask-letter-title = A letter to the client
ask-letter-to = To { $email }
ask-subject-title = Its subject
ask-subject = WhatsApp number { $number }: permission to make an API key
ask-letter =
    Hello,

    to make an API key for your WhatsApp number { $number }, { $partner } needs your permission at 360dialog. You give it on 360dialog's own page:

    { $link }

    Sign in there as an Owner of your account and share the number { $number }. You can take the permission back on the same page at any time.

    Nothing stops working by giving it. A new key ends today's at once, so we tell you before we make one.

    Afterwards, send us the address of the page to which you were led, and we see at once what was given.
ask-returned = Explain a return address

return-title = Explain a return address
return-lead = A client who comes from 360dialog's permission page arrives at an address that says what was given. Paste it here to read it in words.
return-text = The address
return-explain = Explain it
return-refused = This says nothing that can be read.
return-empty = Nothing was pasted.
return-too-long = It is longer than any address that 360dialog makes.
return-odd-characters = It has blanks, control characters, or characters that hide what it says. Paste the address alone, as the browser shows it.
return-not-an-address = It is no address. It begins with https:// and has the client and its channels in it.
return-other-scheme = It does not lead to a web page.
return-credentials = It carries a user name or a password, which 360dialog's page never adds.
return-nothing-in-it = 360dialog's page added nothing to it: it names no client and no channel.
return-twice = It says one thing twice, so nobody can tell which counts.
return-odd-list = Its list of channels has none of the forms that are known.
return-odd-id = It has something where the id of a client or of a channel belongs.
return-too-many = It names more than 500 channels, which no visit gives.
return-who = { $client } was on the permission page ({ $id }).
return-who-id = The client { $id } was on the permission page.
return-who-unknown = A client that is not on this board: { $id }.
return-who-open = It does not say which client.
return-given = Given during that visit:
return-given-none = Nothing was given during that visit. What was given earlier is not named in such an address.
return-given-open = It does not say what was given.
return-revoked = Taken back:
return-revoked-none = Nothing was taken back.
return-not-on-board = { $id }: not on this board
return-not-theirs = { $channel } ({ $id }): on this board it belongs to another client
return-board-says = { $channel } ({ $id }): the board says { $board }
return-asked-here = It answers the link that was made here for { $channel }, { $age }.
return-asked-other = It carries the word of the link that was made here for { $channel }, { $age }, and another client came back with it.
return-asked-not-here = It answers no link that was made since this desk was opened: it was made earlier, elsewhere, or written by hand.
return-asked-nothing = It does not say which link it answers.
return-hint = It is a hint and no proof.
return-hint-more = Nothing in such an address is signed, so anybody can write one. What counts is what 360dialog says.
return-check = Ask 360dialog about this client
return-checked = 360dialog is being asked. What the board says stands above as soon as it answers.

## Finding, on the board

desk-search = Find a number, name, client or id
desk-filters = Saved filters
desk-grid = Channels
desk-grid-how = Arrow keys move, Enter opens a channel. Space chooses it, Shift with the arrow keys chooses several, Control with A all that are shown. W watches it or stops that. In the row of names, left and right move, and with Shift they change the width of a column.
desk-columns = Columns
desk-columns-how = Drag the edge of a column to change its width, or press Shift with the left or right arrow on its name. The number always stays.
desk-found =
    { $found ->
        [0] No channel fits
        [one] One channel of { $count } fits
       *[other] { $found } of { $count } channels fit
    }
desk-none-title = No channel fits.
desk-none = Nothing was found with this filter and these words. A number can be typed in any spelling.
desk-none-yet-title = There is no channel here yet.
desk-none-yet = 360dialog lists none for this partner so far.
desk-show-all = Show all
desk-row-loading = Opening
desk-reading = Reading channels: { $came } of { $total }
desk-reading-open = Reading channels: { $came } so far
desk-checking =
    { $count ->
        [one] Asking for permissions: one client to go
       *[other] Asking for permissions: { $count } clients to go
    }
desk-not-checked =
    { $count ->
        [one] The permissions of one client are not asked for yet.
       *[other] The permissions of { $count } clients are not asked for yet.
    }
desk-waits = 360dialog asks to wait until { $time }.
desk-stopped = Asking for permissions has stopped.
desk-failed =
    { $count ->
        [one] One client could not be asked about. Its channels say why.
       *[other] { $count } clients could not be asked about. Their channels say why.
    }
desk-short = { $came } of { $announced } channels: 360dialog announced more than it listed, or some can't be read. Check again.
desk-clients-short = { $came } of { $announced } clients: 360dialog announced more than it listed, or some can't be read.
desk-age =
    { $count ->
        [one] One client, list read { $age }
       *[other] { $count } clients, list read { $age }
    }
desk-age-never = The list was not read to its end yet.
desk-stop = Stop
desk-go-on = Go on
desk-forgets = What changes here is not remembered for now. The board goes on, and what it finds is written as soon as that can be done.
desk-list-not-read = The list was not read to its end. What came before stays here.
desk-ended-more = The board stays as it is. Sign in again, and reading goes on.
desk-key-ended = 360dialog takes this API key no longer.
desk-key-ended-more = It was probably replaced. Opening the desk again closes this board and asks for the key.
desk-key-again = Open the desk again
desk-panel = The channel
desk-panel-close = Close
desk-panel-back = All channels
desk-hidden = Your search or filter does not show this channel.
desk-show-in-list = Show it in the list
desk-client-open = Client not told
desk-not-listed = 360dialog lists this channel no longer.
desk-not-listed-more = This is what was last told of it, { $age }.
desk-not-running = You can't make a key: this number is not live and running.
desk-not-shared = You can't make a key: the client has not shared this number.
desk-shared = You can make a key: the client shared this number.
desk-not-told = 360dialog did not say whether you can make a key. Open: { $facts }.
desk-next-may-write = Next: let this desk make keys, or ask a colleague whose desk may. A new key ends today's at once.
desk-next-make-key = Next: you make it, and hand it to the client. A new key ends today's at once.
desk-next-client-gives = Next: the client gives the permission, in 360dialog's Hub, in the profile menu, under “Partner”.
desk-next-get-running = { $actor }. When it runs, press Check again.
desk-next-check = Next: the client is asked about; until then nobody can tell.
desk-next-hub-decides = 360dialog decides.
desk-payer-open = Who pays is not told on this side.
desk-client-title = What the client can do
desk-client-not-running = The client can't make a key either: the number is not live and running.
desk-client-you-manage = The client can't make a key while you have the permission. It can take it back.
desk-client-you-manage-and-pay = The client can't make a key while you have the permission, and you pay.
desk-client-undocumented = Nobody has written down whether the client can make a key here.
desk-client-manages = The client can make a key.
desk-client-not-told = Whether the client can make a key is not certain. Open: { $facts }.
desk-fact-partner = whether it has a partner
desk-fact-permission = whether the client shared it
desk-checked = told { $age }
desk-ask-now = Ask 360dialog now
desk-asking-now = Asking 360dialog
desk-ask-failed = 360dialog could not be asked. What stands here has the age that it says.
desk-line-trouble = This client could not be asked about:
desk-facts-limit = People it can write to in 24 hours
desk-facts-health = Health
desk-facts-webhook = Webhook
desk-facts-email = Client's e-mail
desk-not-told-here = not told on this side
desk-actor-client = The client acts next
desk-actor-either = You or the client act next
desk-created-meaning = The sign-up is not finished. The client finishes it in 360dialog's Hub.
desk-name-declined-meaning = Meta declined the display name. The client chooses another one in 360dialog's Hub.
desk-error-meaning = Something keeps this number from working. You or the client write to 360dialog.
desk-to-move-meaning = The number can be moved to 360dialog now. You or the client start the move.
desk-code-sent-meaning = A code was sent to this number. The client enters it in 360dialog's Hub.

# Choosing channels, asking about them again, saving the board

desk-pick = Choose { $name }
desk-pick-shown = Choose all that are shown
desk-picked =
    { $count ->
        [one] One channel chosen
       *[other] { $count } channels chosen
    }
desk-picked-shown =
    { $count ->
        [one] One channel chosen, { $shown } of it shown here
       *[other] { $count } channels chosen, { $shown } of them shown here
    }
desk-pick-all =
    { $count ->
        [one] Choose the one that is shown
       *[other] Choose all { $count } that are shown
    }
desk-pick-none = Choose none
desk-check-picked =
    { $count ->
        [one] Check 1 again
       *[other] Check { $count } again
    }
desk-pace = Pace
desk-pace-quick = As the Hub answers
desk-pace-steady = 60 clients a minute
desk-pace-slow = 12 clients a minute
desk-bulk-title = Checked again
desk-bulk = { $done } of { $channels } channels, by { $clientsDone } of { $clients } clients.
desk-bulk-pace = About { $pace } clients a minute.
desk-bulk-changed =
    { $count ->
        [one] One says something else than before.
       *[other] { $count } say something else than before.
    }
desk-bulk-failed =
    { $count ->
        [one] One could not be found out about.
       *[other] { $count } could not be found out about.
    }
desk-bulk-held = Stopped. What is still to come stays as it is.
desk-bulk-show = Show the results
desk-bulk-board = Back to the board
desk-bulk-away = Put the results away
desk-bulk-retry =
    { $count ->
        [one] Try that one again
       *[other] Try those { $count } again
    }
desk-rows = Which results
desk-rows-all = All { $count }
desk-rows-failed = Could not be found out { $count }
desk-rows-changed = Changed { $count }
desk-rows-none = There is none of these.
desk-recheck-before = before: { $before }
desk-recheck-to-come = Still to come
desk-recheck-not-said = The answer says nothing of this channel
desk-recheck-could-not = Could not be asked about
desk-recheck-nobody = Its client is not told, so nobody can be asked about
desk-recheck-changed = Changed
desk-recheck-first = told for the first time
desk-recheck-same = as before
desk-recheck-list = What came of it
desk-save = Save as a file
desk-save-which = Which channels
desk-save-shown = Those that are shown ({ $count })
desk-save-picked = Those that are chosen ({ $count })
desk-save-all = All ({ $count })
desk-save-how = Spreadsheet and CSV have the columns that are shown, the verdict and who acts. JSON has the Hub's own words. E-mail addresses are whole in it.

# A diagnosis, to be passed on

diagnosis-title = Diagnosis to pass on
diagnosis-more = What is known of this channel, with what failed. No key is in it, and e-mail addresses are shortened.
diagnosis-language = Language of the reader
diagnosis-english = English
diagnosis-german = Deutsch
diagnosis-text = Copy for a chat
diagnosis-markdown = Copy for a ticket
diagnosis-json = Copy for an engineer
diagnosis-text-name = plain text
diagnosis-markdown-name = Markdown
diagnosis-json-name = JSON
diagnosis-copied = Copied: the diagnosis of { $channel }, as { $form }, in { $language }.
diagnosis-english-name = English
diagnosis-german-name = German
diagnosis-keys = { $keys } copies a channel's diagnosis, as { $form }.
diagnosis-which = Nothing was copied. First open a channel, or move to its row.
diagnosis-keys-mac = Cmd Shift C
diagnosis-keys-other = Ctrl Shift C
copy-anyway = Copy it in place of the key
saved-all = All
saved-running-but-missing = Running but Missing
saved-not-running = Not running
saved-in-error = In error
saved-pending-deletion = About to be deleted
saved-low-quality = Low quality
saved-unknown-words = Unknown words
saved-changed-today = Changed today
saved-not-checked = Not checked
column-client = Client
column-number = Number
column-name = Name
column-state = State
column-permission = Permission
column-limit = Limit
column-quality = Quality
column-hub-status = At 360dialog
column-seen = Last seen
permission-not-checked = Not checked yet

## Watching channels

saved-watched = Watched
notice-one = A channel that you watch changed
notice-several = { $count } channels that you watch changed
notice-show = Show
notice-more = And { $count } more.
notice-named = { $name }: { $what }
notice-shared = The partner permission is Shared now.
notice-missing = The partner permission is Missing now.
notice-running = It runs now.
notice-not-running = It does not run any more.
notice-listed = 360dialog lists it again.
notice-not-listed = 360dialog does not list it any more.
notice-client = It belongs to another client.
notice-name = Its name changed.
notice-number = Its number changed.
notice-status = Its set-up came to another state.
notice-hub-status = 360dialog's own state of it changed.
notice-limit = Its limit changed.
notice-quality = Its quality rating changed.
notice-keys = Its keys at 360dialog changed.
key-notice-refused-title = A kept key works no longer
key-notice-rejected-title = 360dialog rejected a kept key
key-notice-other-title = A kept key is for another number
key-notice-again-title = A kept key works again
key-notice-several = News of { $count } kept keys
key-notice-refused-span = Refused since between { $from } and { $to }. A new one was probably made elsewhere.
key-notice-refused-at = Rejected { $time }. It was replaced by a newer key, or it was not copied in full.
key-notice-refused-here = Refused. The key that was asked for here, { $time }, was probably made.
key-notice-other = It works for another number than the one it is kept for.
key-notice-other-named = It works for another number: { $other }.
key-notice-again = 360dialog accepts it again.
place-notice-title = A new key is not in place everywhere
place-notice-several = { $count } new keys are not in place everywhere
place-notice-left = { $left } of { $all } places are still to do.
place-notice-named = { $name }: still to do in { $places }.
background-open = Open Channel Keys
background-quit = Quit
background-locked = Locked: nothing is checked until you open it and unlock
background-watches = Watching channels
background-checks = Checks your kept keys
background-checked = Checks your kept keys, last { $time }
background-reminds = Reminds you of places that need the new key
link-notice-opened-title = Opened from a notification
link-notice-opened = It told of this number.
link-notice-waits = A notification leads there. It waits until { $time }.
settings-watch = Look at watched channels every
settings-watch-hint = A little more or less each time, and less often while 360dialog is in trouble.
settings-names = Name the number in notifications
settings-names-hint = Off, a notification says what changed and not where: others may read it on a locked screen.
settings-checks = While this app is open, look whether my kept keys still work
settings-checks-hint = 360dialog is asked with each key; no message is sent. You are told when one is refused, since a new one was probably made elsewhere then. Locked, it rests.
watch-begin = Watch this channel
watch-stop = Stop watching
watch-row = Watch { $name }
note-row = Has notes
watch-on = It is looked at every few minutes while this app is open. A change is told, and noted here.
watch-off = It is looked at when the list is read.
watching =
    { $count ->
        [one] One channel is watched while this app is open.
       *[other] { $count } channels are watched while this app is open.
    }
watching-now = Looking at them now.
watching-looked = Last looked at { $age }.
watching-failed = The last look was broken off:
watching-failed-later = It is tried again later, less often while that lasts.
watching-failed-ended = It goes on when you are signed in again.
watching-failed-key = It goes on when the desk is opened with a key that works.
watching-no-notices = This system takes no notifications from the program. Changes are told on this page alone.
failure-too-many-watched = No more channels can be watched.
failure-too-many-watched-body = 200 are watched already, and each costs 360dialog a question every few minutes. Stop watching another one first.

## A link from outside

link-label = Link
link-waits-sign-in = Sign in to open channel { $channel }
link-waits-client = Say for which client, to open channel { $channel }
link-waits-unlock = Unlock to open channel { $channel }
link-waits-list = Channel { $channel } opens when the list was read
link-waits = A link asked for it. It waits until { $time }.
link-dont = Don't open it
link-open = Open the channel
link-opened-title = Opened by a link
link-opened = A link shows a channel and does nothing else. Who made it may have meant another one than you expect.
link-held-title = A link leads to channel { $channel }
link-held = It opens when you say so.
link-held-deciding = It can be opened when you are done here.
link-not-listed-title = The link leads to a channel that is not in the list
link-not-listed = Channel { $channel } is not among your numbers. It may belong to another account. Nothing was opened.
link-not-listed-desk = Channel { $channel } is not among your clients' channels as they were last read. Nothing was opened.
link-refused-title = The link was not followed
link-refused-nothing = Nothing was opened or changed.
link-refused-too-long = It is longer than a link of this program can be.
link-refused-not-ours = It is not a link of this program.
link-refused-odd-characters = It has characters that no link of this program has.
link-refused-not-known = It leads to something that is not known to this version.
link-refused-brings-more = It says more than which channel to open.
link-refused-no-channel = It names no channel.
link-refused-could-be-key = It may hold an API key, which belongs in no link. If it is a real one, whoever saw the link may have it: make a new key.
link-refused-odd-request = It asks for a permission, and something in it is not as it should be. Paste it under “A partner sent me a link” to read what.
link-asks-sign-in = Sign in to read what a partner asks for
link-asks-client = Say for which client, to read what a partner asks for
link-asks-unlock = Unlock to read what a partner asks for
link-asks-waits = A link asks for it, and nothing is given by it. It waits until { $time }.
link-asks-held-title = A link says that a partner asks you for something
link-asks-deciding = It can be read when you are done here.
link-asks-open = Read it
link-asks-clients = Such a link is for a client, who can give what is asked for. Here a partner is signed in. Nothing was opened or changed.
## The support desk: what changed, and notes

desk-history = What changed
desk-history-reading = Looking for what changed
desk-history-none = Nothing changed since this computer first saw this channel.
desk-history-not-read = What changed can't be shown right now.
desk-history-more = Show earlier changes
desk-change = { $what }: { $before } to { $now }
desk-change-between = Between { $from } and { $to }
desk-change-at = At { $time }
desk-change-outside = { $when }, outside this app.
desk-change-here = { $when }, by this app.
desk-changed-listed = In 360dialog's list
desk-changed-is-listed = listed
desk-changed-not-listed = not listed
desk-changed-status = Set-up
desk-changed-running = Operation
desk-changed-runs = running
desk-changed-stands-still = not running
desk-changed-permission = Partner permission
desk-changed-keys = API keys, by their id
desk-changed-no-key = none
desk-notes = Notes
desk-notes-lead = They stay on this computer, readable for whoever can open its files: a key does not belong in them. 360dialog and the client never see them.
desk-notes-reading = Reading the notes
desk-note-text = A note
desk-note-ticket = Ticket number or link
desk-note-write = Write a note
desk-note-add = Save note
desk-note-not = Not now
desk-note-save = Save the change
desk-note-edit = Edit
desk-note-edit-named = Edit the note “{ $begins }”
desk-note-remove = Remove
desk-note-remove-named = Remove the note “{ $begins }”
desk-note-sure = Remove this note? It can't be brought back.
desk-note-keep = Keep it
desk-note-changed = changed { $time }
desk-note-by-key = Written at the desk of the API key
desk-note-added = The note is saved.
desk-note-removed = The note is removed.
desk-note-empty = A few words or a ticket's number are enough.
desk-note-left =
    { $count ->
        [one] One character left.
       *[other] { $count } characters left.
    }

## The list of numbers

list-title = Your numbers
list-nav = Numbers
list-search = Find a number or name
list-refresh = Check again
list-refresh-busy = Checking
list-loading = Asking 360dialog for your numbers
list-count =
    { $count ->
        [0] No numbers, checked { $age }
        [one] One number, checked { $age }
       *[other] { $count } numbers, checked { $age }
    }
list-found =
    { $found ->
        [0] None of { $count } numbers fits
        [one] One of { $count } numbers fits
       *[other] { $found } of { $count } numbers fit
    }
list-none = No number, name or id has this in it.
list-clear = Show all numbers
list-short-title = { $came } of { $announced } numbers
list-short = 360dialog has { $announced } numbers for you, and we could read { $came } of them. The others still exist. Press Check again, or look at app.360dialog.com.
list-empty-title = There is no WhatsApp number here yet.
list-empty = 360dialog lists none for { $client }. When a number has been signed up, press Check again.
list-empty-client = this account
list-key-here = key kept here
list-waits = a key waits for you
sort-label = Sort by
sort-name = name
sort-number = number
sort-need = what needs you first
sort-permission = partner permission
sort-key = key kept here first
standing-running =
    { $of ->
        [one] Your number is running.
       *[other] All { $of } numbers are running.
    }
standing-you =
    { $of ->
        [one] Your number needs you.
       *[other]
            { $count ->
                [one] 1 of { $of } numbers needs you.
               *[other] { $count } of { $of } numbers need you.
            }
    }
standing-open =
    { $of ->
        [one] 360dialog did not say whether your number runs.
       *[other] 360dialog did not say whether { $count } of your { $of } numbers { $count ->
            [one] runs
           *[other] run
        }.
    }
standing-waiting =
    { $of ->
        [one] Nothing for you to do: your number waits for Meta or 360dialog.
       *[other] Nothing for you to do: { $count } of { $of } numbers { $count ->
            [one] waits
           *[other] wait
        } for Meta or 360dialog.
    }
standing-quiet = { $count } of { $of } numbers are running, and nobody has to act on the others.
standing-as-seen = As last seen { $age }
standing-look = Open { $name }
standing-more =
    { $count ->
        [one] One more is not running: sort the list by “{ $sort }” to see it.
       *[other] { $count } more are not running: sort the list by “{ $sort }” to see them.
    }
standing-keys = Who makes the keys
not-fresh-list = These are your numbers as last seen { $age }.
not-fresh-number = This is the number as last seen { $age }.
not-fresh-keys = Keys kept here stay usable.
member-note = You are a Member. 360dialog may leave this change to an Owner of your account: if it refuses, ask one of them.
off-not-signed-in = Off, because you are not signed in.
list-pick = Choose a number to see whether a key can be made for it, by whom, and what comes next.
list-sum-own =
    { $count ->
        [one] For one number you alone make the keys.
       *[other] For { $count } numbers you alone make the keys.
    }
list-sum-missing =
    { $count ->
        [one] For one number { $partner } doesn't have the permission.
       *[other] For { $count } numbers { $partner } doesn't have the permission.
    }
list-sum-partner =
    { $count ->
        [one] For one number { $partner } makes the keys.
       *[other] For { $count } numbers { $partner } makes the keys.
    }
list-sum-open =
    { $count ->
        [one] For one number 360dialog did not say who makes the keys.
       *[other] For { $count } numbers 360dialog did not say who makes the keys.
    }
row-pays-you = You pay
row-pays-partner = { $Partner } pays
row-pays-not-told = Payer not told

waiting-not-read = We couldn't look for keys that wait for your decision.
waiting-safety-title = A key waits for your decision.
waiting-safety = { $channel }: its safety copy is in { $keychain }.
waiting-found-title = A key was found that was made and not yet decided upon.
waiting-found = { $channel }: its safety copy is in { $keychain }. What this program knew of it is damaged or missing.
waiting-memory-title = A key is stored nowhere yet.
waiting-memory = { $channel }: it lies only in this program. Save it or copy it.
waiting-open-title = We can't tell whether a key was made.
waiting-open = { $channel }: asked for { $time }, and no clear answer came back. Its page says how to find out.
waiting-stopped-title = A key was being made when the program stopped.
waiting-stopped = { $channel }, { $time }. We can't tell whether it was made. Its page says how to find out.
waiting-not-looked-title = A key was made, and where it is is not known yet.
waiting-not-looked = { $channel }, { $time }: the program stopped before it knew that the key was stored. { $keychain } could not be asked whether it has it: unlock it or start it, then read the numbers again.
waiting-lost-title = A new key is not on this computer.
waiting-lost = { $channel }: it was made { $time }, and the program stopped before it was stored. Where you copied it, it works; if you did not, make another one.
waiting-look = Look at it
waiting-more =
    { $count ->
        [one] One more waits; you find it with its number.
       *[other] { $count } more wait; you find them with their numbers.
    }

## A copied key

clipboard-title = Copied key
clipboard-left = Copied. Cleared from the clipboard in { $time }.
clipboard-seconds = { $count } s
clipboard-minutes = { $count } min
clipboard-clear = Clear now
clipboard-only = Copied. This key is stored nowhere else, so it is not cleared from the clipboard. Keep this window open until you have pasted it.
clipboard-cleared = The key is cleared from the clipboard.
clipboard-cant-tell-title = The key may still be on the clipboard.
clipboard-cant-tell = The system doesn't say what is there now, and it may be something of yours, so nothing was cleared. Copy something else to replace it, or clear it.
clipboard-clear-unseen = Clear the clipboard
clipboard-goes-title = The key on the clipboard goes with this program.
clipboard-goes = It is stored nowhere else. Paste it first. To quit all the same, close the window once more.

## Settings

settings-title = Settings
settings-reading = Reading the settings
settings-clipboard = A copied key stays on the clipboard for
settings-clipboard-hint = After that it is cleared, if it is still there. A key that is stored nowhere else stays until you copy something else.
settings-lock = Lock when nobody has been here for
settings-lock-hint = The pages go, and your password opens them again. The keys stay where they are.
settings-captures = Keep a shown key out of screenshots and recordings
settings-captures-hint = Where a screen is shared or recorded, the system is asked to leave the key's window out. Not every program heeds that, so look who sees your screen.
settings-captures-none = Screenshots and recordings can show a key while you look at it: this system lets no program keep a window out of them. Before you press Show, look who sees your screen.
settings-own-page = Change permissions on 360dialog's own page
settings-own-page-hint = Instead of here, your browser opens it: you sign in there, choose and save, and come back. Usually off.
settings-seen = The support desk remembers what it saw for
settings-seen-hint = What changed at a channel, and what was last told of it. Older things are forgotten when the desk opens and once a day. Notes stay until somebody removes them.
settings-days = { $count } days
settings-seconds = { $count } seconds
settings-minutes =
    { $count ->
        [one] one minute
       *[other] { $count } minutes
    }
settings-saved = Saved.

## Locked

locked-title = Channel Keys is locked
locked-lead = Your password opens it again, where your numbers are. No key stopped working.
locked-lead-practice = Nobody was given a password to practise, so the button opens it again. No key stopped working.
locked-how = The password of your 360dialog account, which 360dialog checks. A fingerprint, face or PIN of this computer does not open it.
locked-checks = While it is locked, nobody looks whether your kept keys still work.
locked-open = Unlock
locked-lead-desk = Your password opens it again, and the desk with it. No key stopped working.
locked-lead-key = The partner's API key opens it again, and the desk with it. No key stopped working.
locked-how-key = The key with which the desk was opened; 360dialog checks it. It stays in memory until the desk is closed.
locked-key-title = A new key waits behind the lock.
locked-key = It is stored nowhere but in this program. Unlock it, then save or copy the key.
locked-closing-title = The window stays open, or a key would be lost.
locked-closing = A new key lies nowhere but in this program. Unlock it, then save or copy the key.
locked-offline = 360dialog can't be asked now, so nobody can check a password. What was last seen and the keys kept here can be opened without one, as after a fresh start; nothing can be changed at 360dialog that way.
locked-other = Sign in as somebody else

## Help

help-title = Help
help-lead = What do you need? Nothing here changes anything by itself.
help-mistake-title = My chats stopped after a key was replaced
help-mistake = The chats come back as soon as the new key is in every program that used the old one. The way there is short.
help-mistake-go = Show me the way back
help-no-key-title = I can't make a key
help-no-key = Open the number: its page says who makes its keys, you or { $partner }, and the one next step. A number has to be live and running first.
help-numbers-go = Choose the number
help-partner-title = { $Partner } should make keys, or should not
help-partner = You give the permission to { $partner } and take it back, for one number or for all. 360dialog calls it Shared and Missing.
help-partner-go = See the permissions
help-elsewhere-title = I have a key that was made elsewhere
help-elsewhere = Copy it, open its number and press “Paste a key I have”. It is tested and goes into { $keychain }; no message is sent, and no other key stops working.
help-keys-go = See the keys kept here
help-moving-title = Another partner, or another computer
help-moving = What to note before, and what to do after, with what is known here filled in.
help-kept-title = What lies where on this computer
help-kept = Keys, and a session that you chose to keep, lie in { $keychain } under the name “{ $entry }”, in practice “{ $practice }”. Lists of numbers, the history and the cards of keys lie in the program's own folder: never a key, never a password.
help-unknown-title = What this program does not know
help-unknown = It was never tried against 360dialog's live Hub. How a client's account is asked is inferred from 360dialog's documents. Where the Hub answers otherwise, you see its answer; the same can be done on 360dialog's own page. What the Hub does not say is shown as not told.
help-about = Channel Keys { $version }. It asks { $host }.

## Changing partner, a new computer

moving-lead = With what is known here filled in. Nothing on this page changes anything by itself.
moving-before = Before: note this
moving-after = After: do this, one after the other
moving-no-key = The text holds no key.
moving-read = So 360dialog said { $time }.
moving-last-seen = As last seen { $time }; it may have changed since.
moving-not-read = The numbers were not read, so this is not known here.
moving-partner-none = 360dialog says that you have no partner.
moving-partner-not-told = Whether you have a partner, and who it is, 360dialog did not say.
moving-no-numbers = No number is listed.
moving-shared = Shared: { $numbers }.
moving-missing = Missing: { $numbers }.
moving-no-partner = No partner: { $numbers }.
moving-permission-not-told = Not told: { $numbers }.
moving-partner-pays = { $Partner } pays for { $numbers }.
moving-you-pay = You pay for { $numbers }.
moving-payer-not-told = Not told: { $numbers }.
moving-key = “{ $label }”, for { $channel }: { $state }.
moving-key-tail = “{ $label }”, which ends in { $tail }, for { $channel }: { $state }.
moving-key-places = Used in { $places }, as you noted.
moving-key-no-places = Where it is used is not noted.
moving-key-open = For { $channel } a key was asked for, and whether it was made is not known.
moving-keys-none = No key lies on this computer.
moving-keys-not-read = The keys on this computer could not be read, so this is not known.
moving-keys-maybe-more = There may be more: { $keychain } could not be looked through.
changing-title = Changing partner
changing-now = For which numbers { $partner } may make keys
changing-payer = Who pays for which number
changing-payer-ask = How payment goes on with another partner is not known here: ask 360dialog.
changing-keys = Which keys lie here, and where they are used
changing-keys-theirs = Which keys { $partner } has, and where they are used, is not known here: ask before you part.
changing-webhook = Where messages are delivered
changing-webhook-how = Note the webhook address of each number, or ask whoever looks after your software: making a key may clear it.
changing-new = Set the new partner up at 360dialog
changing-new-who = Who that will be is not known here, and it isn't done in this program: the new partner, or 360dialog, says how.
changing-take = Take the permission back from { $partner }
changing-take-for = For { $numbers }.
changing-take-look = Look whether it is Shared for { $numbers }: that is not told.
changing-take-none = By what is known here, no number is Shared.
changing-take-alive = That stops no key: one that { $partner } has may keep working until a new key is made.
changing-give = Give the new partner the permission, if it should make keys
changing-give-how = For one number or for all, and you can take it back. As long as nobody else may, you make the keys yourself, where 360dialog lets you.
changing-make = Make a new key for each number
changing-make-how = It ends every earlier key of that number, whoever has it. The number's chats stop until the new key is in place, so do one number after the other, when few people write.
changing-place = Put each new key in place
changing-place-how = Hand it over as a locked file to whoever needs it, and test it. Then look whether messages arrive: the webhook may have been cleared.
computer-title = A new computer
computer-keys = Which keys lie here, and where they are used
computer-keys-stay = They lie in { $keychain } on this computer and don't travel with your account. 360dialog shows no key again.
computer-hand = Hand each key over to yourself as a locked file
computer-hand-how =
    { $count ->
        [one] One key can be: press “Hand it over” beside it, and write the six words on paper.
       *[other] { $count } keys can be: press “Hand it over” beside each, and write its six words on paper.
    }
computer-hand-none = No key lies here that could still work.
computer-hand-or = Or make a new key there: every earlier key of that number stops working then.
computer-rest = Keep what else you need
computer-rest-how = Settings, the history, and notes of where keys are used stay on this computer. The history can be saved as a file, for you to read; no other computer takes it up again.
computer-to-history = To the history
computer-sign-in = Install Channel Keys and sign in
computer-sign-in-client = With the account that you use now, for { $client }. What 360dialog knows of your numbers is there then.
computer-sign-in-how = With the account that you use now. What 360dialog knows of your numbers is there then.
computer-sign-in-not-known = Your password is not kept here, so note where you have it.
computer-open = Open each locked file
computer-open-how = On the number's page, under “Paste a key I have”, then “I got it as a locked file”. Keep the key under a name, and test it.
computer-place = Note anew where each key is used
computer-place-how = Programs elsewhere that use a key go on with it: they notice nothing of your computer.
computer-forget = Then forget everything on the old computer
computer-forget-how = Only once each key is kept and tested on the new one. Tick the keys too: what stays in { $keychain } is there for whoever gets the computer. Delete the locked files as well.

## Forgetting

forget-title = What is remembered on this computer
forget-lead = Look first: nothing is forgotten until you press the lower button. At 360dialog nothing changes, and no key stops working.
forget-nothing = Nothing is remembered here.
forget-reading = Looking
forget-goes = What goes
forget-account = The account { $email }, with whatever is remembered of it
forget-account-kept = The account { $email }, with its session kept in { $keychain }
forget-account-practice = The practice account { $email }
forget-lists =
    { $count ->
        [one] The list of numbers as last seen
       *[other] { $count } lists of numbers as last seen
    }
forget-history =
    { $count ->
        [one] The history: one entry
       *[other] The history: { $count } entries
    }
forget-desk-seen =
    { $count ->
        [one] One channel as last seen at the support desk
       *[other] { $count } channels as last seen at the support desk
    }
forget-desk-changes =
    { $count ->
        [one] One change that was found at the support desk
       *[other] { $count } changes that were found at the support desk
    }
forget-desk-notes =
    { $count ->
        [one] One note on a channel at the support desk
       *[other] { $count } notes on channels at the support desk
    }
forget-desk-watched =
    { $count ->
        [one] The mark on one channel that is watched
       *[other] The marks on { $count } channels that are watched
    }
forget-practice-world = The practice world, with all you changed in it
forget-aside = Damaged records that were set aside, with the history and names in them:
forget-folder = Settings and all else in the program's folder:
forget-keys = Keys in { $keychain }
forget-keys-lead = They stay unless you tick them.
forget-key-stays = Stays in { $keychain }, with its card.
forget-key-goes = Is taken out of { $keychain }.
forget-key-practice = (practice)
forget-key-care-title = You can't see a ticked key again.
forget-key-care = What uses it goes on working.
forget-not = Keep everything
forget-busy = Forgetting
forget-confirm =
    { $count ->
        [0] Forget everything
        [one] Forget everything and one key
       *[other] Forget everything and { $count } keys
    }
forgotten-title = Everything is forgotten on this computer.
forgotten-not-all-title = All is forgotten on this computer, but a key stayed.
forgotten-keys =
    { $count ->
        [0] No key was taken out of { $keychain }.
        [one] One key was taken out of { $keychain }.
       *[other] { $count } keys were taken out of { $keychain }.
    }
forgotten-stayed = { $name } stayed in { $keychain }.

## The partner's permissions

request-menu = A partner sent me a link
request-title = A partner sent me a link
request-lead = It asks you for the permission to make keys for your numbers. Paste it here to read what it asks for. Reading it gives nothing.
request-text = The link
request-text-hint = It begins with https://hub.360dialog.com/ or https://app.360dialog.com/.
request-read = Read it
request-refused = This is no request that can be answered here.
request-nothing-done = Nothing was opened or changed.
request-empty = Nothing was pasted.
request-too-long = It is longer than any link that a partner sends. One for all your numbers names none of them.
request-odd-characters = It has line breaks, control characters, or characters that hide what it says. Paste the link alone, in one line.
request-could-be-key = It may hold an API key, which belongs in no link, so it was taken off this page. If it is a real one, whoever saw the link may have it: make a new key.
request-not-a-link = It is no link. Paste it whole, from https:// to its end.
request-other-scheme = It does not begin with https://, as every link to 360dialog does.
request-credentials = It carries a user name or a password, by which a link can hide where it leads.
request-look-alike = It leads to { $host }. That looks like 360dialog's address and is not the one of its permission page, so it may be a trap. Don't open it, and ask your partner in another way whether they sent it.
request-unknown-host = It leads to { $host }, which is not known as 360dialog's. Ask your partner for the link to 360dialog's permission page.
request-other-page = It leads to 360dialog, and not to the page for permissions. Ask your partner for the link to that page.
request-no-partner = It does not say which partner asks.
request-odd-id = It has something else where the partner's id belongs.
request-odd-number = It has something else where a phone number belongs.
request-too-many = It asks for more than 500 numbers. One for all your numbers names none of them.
request-twice = It says one thing twice, so nobody can tell which counts.
request-return-too-long = The address for your answer in it is too long.
request-return-odd-characters = The address for your answer in it has blanks, or characters that hide what it says.
request-return-not-an-address = What it gives as the address for your answer is no address.
request-return-not-https = Your answer would go over an open line or to another program: the address for it does not begin with https://.
request-return-credentials = The address for your answer in it carries a user name or a password.
request-return-fragment = The address for your answer in it has a part behind # that would swallow the answer.
request-return-mixed-scripts = The address for your answer in it mixes letters of several scripts that look alike, so it may be made to be taken for another.
request-return-has-answer = The address for your answer in it has an answer already, which only you can give.
request-asks = What this link asks you for
request-asks-lead = Nothing is given or removed before you choose numbers and confirm. Anybody can write such a link, so it proves nothing about who sent it.
request-who = Who asks
request-who-theirs = { $Partner }
request-who-theirs-more = Your partner at 360dialog.
request-who-another = The Hub does not know this partner.
request-who-another-more = Your partner at 360dialog is { $partner }, and a permission would go to them and to nobody else. So nothing can be given here to who asks. Ask them, or 360dialog, what they want.
request-who-none-more = You have no partner at 360dialog, so there is nobody to whom a permission could be given here. Ask who sent it, or 360dialog, what they want.
request-who-not-told = 360dialog did not say whether this is your partner.
request-who-not-told-more = A permission goes to the partner that 360dialog has for you, who may be another than who asks. Ask them first if you are not sure.
request-for = For which numbers
request-for-all = All your numbers. You choose which.
request-for-strange = { $number }: not among your numbers as they were last read
request-for-not-told =
    { $count ->
        [one] Of one of your numbers the phone number is not told. It may be the one.
       *[other] Of { $count } of your numbers the phone number is not told. They may be among them.
    }
request-none-yours = None of the numbers that it asks for is known to be yours.
request-choose-all = Choose among all my numbers
request-wrapped-safe-links = Microsoft Safe Links had wrapped this link. We took 360dialog's link out of it, without opening anything.
request-wrapped-url-defense = Proofpoint URL Defense had wrapped this link. We took 360dialog's link out of it, without opening anything.
request-where = Where your answer goes
request-where-none = The link names no address. Tell your partner yourself.
request-where-more = Only if you say so afterwards, in your browser. It says which client you are and which numbers you chose, and no key.
request-where-here = A program on this computer, for practice alone.
request-meaning = What giving means
request-more = Choose more numbers
tell-title = Your answer
tell-address = The address for your answer
tell-says =
    This address tells { $partner } what 360dialog confirmed: { $given ->
        [0] permission given for no number
        [one] permission given for one number
       *[other] permission given for { $given } numbers
    }, { $revoked ->
        [0] taken back for none
        [one] taken back for one
       *[other] taken back for { $revoked }
    }.
tell-where = It holds your client id and the ids of these numbers, and no key. It opens in your browser only when you say so.
tell-partner = Tell { $partner }
tell-nothing = 360dialog confirmed no change, so there is nothing to tell.
tell-nowhere = The link named no address for an answer. Tell { $partner } yourself.
tell-opened = The browser was asked to open it. Whether your partner took note is not told here.
tell-not-opened = Copy the address above and open it in a browser yourself.

permissions-title = What { $partner } may do
permissions-title-none = Partner permissions
permissions-lead = Whoever has the permission can make a key for a number, and a new key ends the earlier one at once.
permissions-none = You have no partner at 360dialog, so nobody else can make keys for your numbers. There is nothing to change here.
permissions-open = 360dialog did not say for which of your numbers { $partner } may make keys.
permissions-sum =
    { $count ->
        [0]
            { $of ->
                [one] { $Partner } may not make keys for your number.
               *[other] { $Partner } may not make keys for any of your { $of } numbers.
            }
       *[other]
            { $of ->
                [one] { $Partner } may make keys for your number.
               *[other] { $Partner } may make keys for { $count ->
                    [one] one
                   *[other] { $count }
                } of your { $of } numbers.
            }
    }
permissions-sum-open =
    { $count ->
        [one] For one it is not told.
       *[other] For { $count } it is not told.
    }
permissions-list = Numbers
permissions-all = Select all
pick-give =
    { $count ->
        [0] Let { $partner } make keys
        [one] Let { $partner } make keys for one number
       *[other] Let { $partner } make keys for { $count } numbers
    }
pick-remove =
    { $count ->
        [0] Take the permission back
        [one] Take it back for one number
       *[other] Take it back for { $count } numbers
    }
pick-first = Tick one or more numbers first.
pick-all-shared = { $Partner } has the permission already for what is ticked.
pick-all-missing = { $Partner } doesn't have the permission for what is ticked.
own-page-title = Change the permission on 360dialog's page
own-page-about = For { $channel }
own-page-open = Open 360dialog's page
own-page-lead = This Hub does not let another program change it. 360dialog has a page of its own for it.
own-page-chosen = You set that permissions are changed on 360dialog's own page.
own-page-1 = Your browser opens 360dialog's page.
own-page-1-more = Sign in there as you do at 360dialog. Channel Keys does not see your password.
own-page-1-practice-more = In practice it is the practice Hub's page, and what you need to sign in there is shown here.
own-page-2 = You choose numbers there, and save.
own-page-2-more = Nothing is changed before you save there.
own-page-3 = Where you give the permission, { $partner } can make a key.
own-page-3-more = Its new key ends today's at once, and chats stop until it is in place.
own-page-4 = It comes back here by itself, for five minutes.
own-page-4-more = Then the Hub is asked what holds now. What the page says is a hint; the Hub's word counts.
own-page-5 = Nobody tried whether 360dialog's page comes back to a program like this one.
own-page-5-more = If it does not, come back yourself and press “I'm done: check now”, or paste the address at which you ended up.
away-title = 360dialog's page is open in your browser
away-title-not-opened = Open this link in your browser
away-opened = Sign in there, choose numbers and save. Leave this window as it is.
away-not-opened = Copy the link below and open it in a browser yourself.
away-until = It comes back here by itself until { $time }, { $left }.
away-minutes = { $count ->
    [one] for one more minute
   *[other] for { $count } more minutes
}
away-seconds = for { $count } more seconds
away-late-title = It does not come back by itself any more.
away-late = Five minutes are over. Finish there as you like, then press “I'm done: check now”.
away-no-door-title = It can't come back by itself.
away-no-door = This computer did not open a way back. Come back yourself once you have saved, and press “I'm done: check now”.
away-by-link = 360dialog did not say who your partner is. This is the page of the partner with the id { $id }, as the link says that you were sent.
away-practice = In practice, sign in there as { $email } with the password { $password }. Nothing of it is real.
away-link = The link
away-again = Open again
away-again-done = The browser was asked again.
away-check = I'm done: check now
away-stop = Stop waiting
away-paste = I ended up on another page
away-paste-hint = Copy the address out of the browser and paste it here. It is read as a hint, and the Hub is asked.
away-paste-text = The address
away-paste-read = Read it and check
away-refused-no-visit = Nobody is on the way there any more. Open the page once more.
away-refused-no-state = It does not carry the one-time word of this visit. Press “I'm done: check now” instead.
away-refused-other-state = It belongs to another visit. Press “I'm done: check now” instead.
away-refused-answered = An answer came already, and one is enough.
away-refused-empty = Nothing was pasted.
away-refused-too-long = It is longer than any address that comes back from there.
away-refused-not-a-return = It is no address that comes back from there.
after-title = What holds now
after-told = 360dialog's page said what you saved, and the Hub was asked. What the Hub says counts.
after-nothing = Nothing came back from 360dialog's page. This is what the Hub says.
after-unreadable = What came back can't be read, so nothing of it is believed. This is what the Hub says.
after-other-client-title = You were signed in there for another client.
after-other-client = It came back for the client with the id { $id }. What was saved there is that client's, and nothing of it is believed here. Sign in there for { $client } and try again.
after-no-rows = The Hub tells of no change.
after-not-told =
    { $count ->
        [one] For one number the Hub
       *[other] For { $count } numbers the Hub
    } does not tell the permission. Only 360dialog's page shows it.
after-strangers-title = It also names what is not yours.
after-strangers =
    { $count ->
        [one] One channel in the answer is
       *[other] { $count } channels in the answer are
    } not among your numbers, and nothing of that is believed: { $ids }
after-strangers-more = { $ids } and { $count } more
after-rows = Numbers
after-as-said = Certain
after-as-said-given = The page said that it was given, and the Hub says the same.
after-as-said-removed = The page said that it was taken back, and the Hub says the same.
after-page-only = Not certain
after-page-only-given = The page said that it was given. The Hub did not tell, so that is all that is known.
after-page-only-removed = The page said that it was taken back. The Hub did not tell, so that is all that is known.
after-otherwise = Not so
after-otherwise-given = The page said that it was given, and the Hub says that it is Missing. Check again in a moment; if it stays so, look at 360dialog's page once more.
after-otherwise-removed = The page said that it was taken back, and the Hub says that it is Shared. Check again in a moment; if it stays so, look at 360dialog's page once more.
after-changed = Changed
after-changed-more = The Hub says otherwise than before you went there.
after-hub-alone = As the Hub says
after-hub-alone-more = Nothing came back about it, and the Hub tells of no change.
after-none-told = Not told
after-none-told-more = Neither the page nor the Hub told. Only 360dialog's page shows what holds.
after-check = Check again
after-wait = Go on waiting
elsewhere-title = Or do it on 360dialog's page
elsewhere-by-hand = Or by hand, in 360dialog's Hub
elsewhere-1 = Open 360dialog's Hub in your browser and sign in.
elsewhere-2 = Choose your profile in the top menu, then “Partner”. You see what { $partner } may do.
elsewhere-3 = Give or take away the permission for each number.
elsewhere-4 = Come back here and press Check again.

give-title = Let { $partner } make keys for { $count } numbers?
give-title-one = Let { $partner } make keys for { $channel }?
give-button = Let { $partner } make keys for { $count } numbers
give-button-tail = Let { $partner } make keys for … { $tail }
give-button-name = Let { $partner } make keys for { $name }
give-key = { $Partner } can then make a key, and that ends today's key at once.
give-key-more = Whatever uses today's key stops until it gets the new one. Agree on the moment first.
give-yours = You can't make a key while { $partner } has the permission.
give-yours-more = Keys that exist go on working until { $partner } makes a new one.
give-theirs = Taking it back later may be refused{ $which ->
        [all] .
       *[some] {" "}for { $names }.
    }
give-theirs-more = { $Partner } pays 360dialog there.
give-open-more = If you pay, you may take the permission back at any time. If { $partner } pays, 360dialog may refuse that.
give-own-more = You may take the permission back at any time.
remove-title = Take { $partner }'s permission back for { $count } numbers?
remove-title-one = Take { $partner }'s permission back for { $channel }?
remove-button = Take it back for { $count } numbers
remove-button-tail = Take it back for … { $tail }
remove-button-name = Take it back for { $name }
remove-key = A key that { $partner } already has may keep working until a new key is made.
remove-key-more = Make a new key afterwards if { $partner } is to have none that works.
remove-theirs = 360dialog may refuse this{ $which ->
        [all] .
       *[some] {" "}for { $names }.
    }
remove-theirs-more = { $Partner } pays there, and 360dialog's newer documents say to ask { $partner } first. The Hub decides, and its answer is shown here.
remove-open-more = If { $partner } pays, 360dialog may refuse. The Hub decides, and its answer is shown here.
remove-own-more = { $Partner } can't make keys then, and you can. You may give the permission again at any time.
change-own = You pay 360dialog directly{ $which ->
        [all] , so you decide.
       *[some] {" "}for { $names }, so you decide there.
    }
change-open-payer = Who pays 360dialog is not told{ $which ->
        [all] .
       *[some] {" "}for { $names }.
    }
change-of-them = { $count } of them

change-giving = Giving { $partner } the permission
change-removing = Taking { $partner }'s permission back
change-progress = { $count } of { $of } answered. Leave the window open.
change-stop = Stop
change-stopping = The number under way is the last one.
change-waiting = Waiting
change-asking = Asking the Hub
change-done = Done
change-other = Not changed
change-other-meaning = The Hub took it and says it is still { $word }. What the Hub says counts.
change-unknown = Unknown
change-open-meaning = We can't tell whether this changed. 360dialog hasn't said yet. Check this number again in a few minutes.
change-failed = Not done
change-refused = Your account may not do this, or your partner pays for this number and has to agree. Ask the owner of your account or your partner.
change-not-asked = Not asked
change-result-open = We can't tell whether it changed
change-result =
    { $count ->
        [0] Nothing was changed
       *[other]
            { $of ->
                [one] Done: changed for this number
               *[other] { $count } of { $of } changed
            }
    }
change-given-not-running = { $Partner } has the permission there now. A key can be made once the number is running, and the new key ends today's at once: tell { $partner } then.
change-given-some = { $Partner } can make keys now where the number is running, and elsewhere once it is. A new key ends today's at once: tell { $partner } so.
change-given = { $Partner } can make keys there now. Tell { $partner } that it may go ahead: its new key ends today's at once.
change-removed = { $Partner } can't make keys there any more. A key that it already has may keep working until you make a new one.
change-again =
    { $count ->
        [one] Try again what is not done
       *[other] Try again the { $count } that are not done
    }

## Closing the window

stopped-again =
    { $task ->
        [keyChecks] We started them again.
       *[other] We started it again.
    } Something went wrong in Channel Keys ({ $time }). You don't need to do anything, and your keys are not affected. If it happens again, close Channel Keys and open it again.
stopped-title =
    { $task ->
        [autoLock] Automatic locking stopped.
        [clipboard] Clearing the clipboard stopped.
        [keyChecks] Automatic key checks stopped.
        [secondStarts] Opening links stopped.
        [watchedChannels] Watching channels stopped.
        [desk] Reading at the desk stopped.
       *[other] A part of Channel Keys stopped.
    }
stopped =
    { $task ->
        [autoLock] Something went wrong in Channel Keys ({ $time }). Lock it yourself when you leave. To start automatic locking, close Channel Keys and open it again.
        [clipboard] Something went wrong in Channel Keys ({ $time }). A copied key may stay on the clipboard: copy something else over it. Then close Channel Keys and open it again.
        [desk] Something went wrong in Channel Keys ({ $time }). Read the list again. If it happens again, close Channel Keys and open it again.
       *[other] Something went wrong in Channel Keys ({ $time }). Your keys are not affected. To start it again, close Channel Keys and open it again.
    }
closing-title = Close Channel Keys?
closing-lead = When it closes, this stops:
closing-checks =
    { $count ->
        [one] looking whether your kept key still works
       *[other] looking whether your { $count } kept keys still work
    }
closing-watched =
    { $count ->
        [one] watching one channel
       *[other] watching { $count } channels
    }
closing-reminders =
    { $count ->
        [one] reminding you of the places that need your new key
       *[other] reminding you of the places that need your { $count } new keys
    }
closing-background = In the background the window goes, and an entry beside the clock leads back to it. After { $minutes } minutes without you it locks, and then all of this rests until you unlock it.
closing-gone = Your desktop has no place for it any more.
closing-close = Close
closing-hide = Stay in the background
closing-stay = Stay open
closing-file-words = The six words of the file you saved are gone then. Without them nobody can open it.

leave-words-title = Leave without the six words?
leave-words = Only these words open the file you saved. They are gone when you leave. Without them nobody can open it.
leave-words-stay = Stay here
leave-words-go = Leave

## Kept keys

keys-title = Keys on this computer
keys-loading = Looking at what is kept here
keys-count =
    { $count ->
        [one] One key is kept here.
       *[other] { $count } keys are kept here.
    }
keys-refused =
    { $count ->
        [one] One was refused at its last test.
       *[other] { $count } were refused at their last test.
    }
keys-other-number =
    { $count ->
        [one] One is for another number than the one it lies under.
       *[other] { $count } are for other numbers than those they lie under.
    }
keys-replaced =
    { $count ->
        [one] One was replaced by a later key.
       *[other] { $count } were replaced by later keys.
    }
keys-open =
    { $count ->
        [one] For one key it is open what became of it.
       *[other] For { $count } keys it is open what became of them.
    }
keys-fine = As far as is known here, all is well.
keys-untested = None was refused so far. Test those that have not been tested yet.
keys-empty-title = No key is kept on this computer.
keys-empty = A key comes here when you make one or paste one you have. Both begin on the page of its number.
keys-to-numbers = Go to your numbers
keys-open-number = Open the number
key-rename = Rename
key-rename-label = New name for this key
key-rename-hint = It changes here and in { $keychain }. The key stays the same.
key-rename-confirm = Rename it
key-rename-busy = Renaming
key-rename-not-now = Leave the name
key-forget = Forget this key
key-forget-hint = You can't see it again here. What uses it goes on working.
key-forget-dead-hint = It doesn't work, so nothing stops when you forget it. You can't see it again here.
key-forget-sure = Forget “{ $label }”
key-forget-stay = Keep it
places-title = Where it is used
places-none = No place noted yet. With a list of booking system, chatbot or shop you know what needs the next key.
place-add-label = Add a place that uses it
place-add = Add
place-twice = “{ $name }” is in the list already.
place-remove = Remove
place-remove-named = Remove { $name } from the list
places-left = { $left } of { $all } places still to do
places-suggested = Places that often use a key
place-crm = CRM
place-shop = Shop
place-chatbot = Chatbot
place-booking = Booking system
place-partner = Partner
places-quiet = Don't remind me
places-remind = Remind me again
places-not-reminded = You are not reminded of them.
places-waiting-title = { $channel }: the new key is not in place everywhere
places-waiting = Still to do: { $places }. Each works again once the new key is in place there.
places-waiting-look = Tick them off
places-waiting-more =
    { $count ->
        [one] One more number waits for its places.
       *[other] { $count } more numbers wait for their places.
    }
list-refused = key refused
news-refused-title = { $channel }: the key kept here works no longer
news-rejected-title = { $channel }: 360dialog rejected the key kept here
news-other-title = { $channel }: the key kept here is for another number
news-again-title = { $channel }: the key kept here works again
news-look = Look at it
news-more =
    { $count ->
        [one] One more key turned out otherwise.
       *[other] { $count } more keys turned out otherwise.
    }
check-title = Do they still work?
check-all = Check all my keys
check-busy = Asking 360dialog
check-results = What 360dialog said
check-whole =
    { $count ->
        [one] One key was asked about.
       *[other] All { $count } keys were asked about.
    }
check-left =
    { $count ->
        [0] All were asked about.
        [one] One was not asked about.
       *[other] { $count } were not asked about.
    }
check-locked = { $keychain } stayed locked.
check-asking = { $keychain } waits for your answer: it asks whether Channel Keys may use it.
check-keychain-out = { $keychain } does not answer, so the keys in it can't be tested.
check-left-alone = 360dialog could not be asked about all of them now. That says nothing against the keys.
check-gone = It was broken off.
checks-off = Only when you ask. Channel Keys can look by itself while it is open, too.
checks-on = { $every } while this app is open.
checks-last = Last { $time }.
checks-next = Next { $time }.
checks-keychain-locked = Not now: { $keychain } is locked, and nobody asks you to unlock it for this.
checks-keychain-out = Not now: { $keychain } does not answer.
checks-keychain-asking = Not now: { $keychain } asked you whether we may have a key, and got no answer.
checks-left-alone = The last time 360dialog could not be asked, so the next look is later.
checks-no-notices = This system shows no notifications; what is new stands on the page of your numbers.
checks-settings = Change
checks-never = Never
checks-quarter = Every 15 minutes
checks-hour = Every hour
checks-four-hours = Every 4 hours
place-testing = testing
place-tested = tested, { $result }

paste-title = Paste a key you have
paste-lead = For { $channel }. Nothing changes for those who use the key already.
paste-step-copy = Copy the key where you have it.
paste-step-press = Press the button below. We look for the key on the clipboard and show only its last characters.
paste-step-safe = Say whether it is the right one. A safety copy goes into { $keychain } first.
paste-step-test = We check with 360dialog that it works and belongs to this number. No message is sent, and you don't need to sign in.
paste-step-keep = You see the result, and decide whether to keep it under a name.
paste-now = Paste from the clipboard
paste-looking = Looking on the clipboard
paste-this-title = Is this your key?
paste-this = Compare its last characters with the key that you copied. Nothing is stored or sent yet.
paste-odd-ending = Keys end in AK. Where AK is missing, a part may not have been copied.
paste-which-title = { $count } keys are on the clipboard. Which one?
paste-which = Compare the last characters. Nothing is stored or sent yet.
paste-use = Use this key
paste-use-named = Use this key: it ends in { $tail }
paste-other-key = No, another one
paste-none-of-these = None of these
paste-busy = Saving and checking the key
paste-not-now = Not now
paste-works-title = This key is for { $channel }.
paste-works = { $result } Keep it under a name, so that you find it again.
paste-unknown-title = This key works. 360dialog didn't say for which number.
paste-unknown = { $result } Keep it only if you are sure that it is for { $channel }.
paste-belongs-title = This key works, but for { $other }.
paste-belongs = It is of no use for { $channel }. You can keep it where it belongs.
paste-belongs-keep = Keep it for { $name }
paste-other-title = This key works, but for a number that is not yours.
paste-other = It is in none of your numbers here, so don't use it for { $channel }. Ask where it comes from.
paste-refused-title = 360dialog rejected this key.
paste-refused = It was replaced by a newer key, or it was not copied in full. Copy it once more and try again.
paste-open-title = The key could not be tested.
paste-open = That says nothing about the key. Keep it and test it later.
paste-let-go = Don't keep it
paste-let-go-hint = It stays where you copied it from.
paste-keep-anyway = Keep it anyway
paste-here-title = This key lies here already: { $label }.
paste-here = It lies under { $channel }, so nothing was added.
paste-here-look = See the keys here

## A key as a file that words open

hand-key = Hand it over
hand-key-title = Hand this key over
hand-key-lead = “{ $label }”, for { $channel }.
hand-key-who = Whoever has the key can send and read this number's messages. It stays here too, and nothing stops working.
hand-key-copy-title = Copy it
hand-key-copy = Take this when you put the key in place yourself, on this computer. It is cleared from the clipboard soon.
hand-key-file-title = A locked file
hand-key-file = Take this when somebody else puts it in place, on another computer. Six words open the file; you say them on the phone.
hand-key-stays = Whether somebody took the key, and put it in place, is not known here. To take it back, make a new key: this one works no longer then.
hand-over-file = Or save it as a locked file, which may go by e-mail. Six words open it; you say them on the phone.
file-save = Save the file
file-save-another = Save another file
export-key-title = Save the locked file
file-saving = Choose where it goes; then it is locked
file-saved-title = The locked file is saved.
file-step-send = Send the file in any way: e-mail, messenger, a memory stick.
file-step-speak = Call, and say the six words that open it.
file-step-speak-why = Never write them where the file goes: who reads along there would have both. That is why they can't be copied.
file-step-said = When the other person has written them down, let them go here.
file-show = Show the six words
file-show-again = Show them once more
file-said = They have the words
file-words-where = The words are in this program's memory alone, and are gone when you leave this page. Without them nobody opens the file; you can save another one.
file-said-title = The words are gone from here.
file-said-body = The file opens for whoever wrote them down, and for nobody else.
file-letter-title = Text to send with the file
file-letter =
    Hello,

    the attached file has the API key for our WhatsApp number { $channel }. It is locked with six words, which I will tell you on the phone.

    In Channel Keys, open the number's page, choose “Paste a key I have” and then “I got it as a locked file”. Without Channel Keys, the program “age” opens it: type the words in small letters with one blank between them.
words-window-title = The six words
words-hide = They hide after five minutes, and you can show them again.
open-instead = I got it as a locked file
open-title = Open a locked file
open-lead = For { $channel }. The key doesn't appear on screen.
open-step-file = Choose the file that you were sent. Its name ends in “.age” as a rule.
open-step-words = Type the six words that you were told on the phone.
open-step-after = A safety copy goes into { $keychain } first, then the key is tested, then you decide whether to keep it.
open-choose = Choose the file
open-choose-other = Choose another file
open-back = Paste it instead
open-chosen = File: { $file }
open-form = Open the locked file
open-words = The words
open-words-hint = Capital letters, commas and hyphens don't matter; the order does.
open-now = Open it
open-busy = Opening it and testing the key
open-other-title = This file says that its key is for { $other }.
open-other-here = It is of no use for { $channel }, so nothing was taken. You can take it for the number that it belongs to.
open-other-not-here = That number is not among yours here, so nothing was taken. Ask whoever sent the file.
open-other-take = Take it for { $name }
open-let-go-hint = It stays in the file.

## "I replaced it by mistake"

mistake-title = My chats stopped after a key was replaced
mistake-lead = This can be put right. What stopped is the earlier key; the new one has to go where the old one was.
mistake-choose = Which number is it?
mistake-choose-none = No number is known here. Sign in, so that 360dialog lists them.
mistake-loading = Looking at what is kept here for this number
mistake-steps = The way back
mistake-done = Done
mistake-now = Now
mistake-later = Later
mistake-not-set = Not set
mistake-any-time = At any time
mistake-key = The new key
mistake-key-here = “{ $label }” lies here. Copy it now and paste it in step 2.
mistake-key-untested = “{ $label }” was found in the keychain. Nobody tested it here, so it is not known whether it works. Test it, then copy it for step 2.
mistake-key-here-tail = “{ $label }”, which ends in { $tail }, lies here. Copy it now and paste it in step 2.
mistake-key-none = No working key for this number lies here. One of these gets you one:
mistake-key-paste = If you or somebody else has the new key, paste it here.
mistake-key-ask = { $Partner } may make keys for this number. Ask for the new one: the text in step 4 does that.
mistake-key-make = If nobody has it, make another one. It replaces whatever key there is now, and lies here afterwards.
mistake-key-refused =
    { $count ->
        [one] The key kept here is refused or replaced, so it is not the one that works now.
       *[other] The { $count } keys kept here are refused or replaced, so none of them works now.
    }
mistake-places = Put it everywhere the old one was
mistake-places-how = Paste it into each of these, then tick it: the key is tested each time.
mistake-places-first = Get the new key first. Then the places that use it are listed here.
mistake-webhook = See where messages are delivered
mistake-webhook-why = Making a key is reported to clear the webhook, the address to which 360dialog delivers messages. Whoever provides your chat software sets it again; the address is in that software's settings.
mistake-webhook-first = It can be looked up with the new key.
mistake-webhook-busy = Asking where messages are delivered
mistake-webhook-set = Messages are delivered to { $host }. If that is your chat software, there is nothing to do here.
mistake-webhook-not-set = No webhook is set on this number itself. If messages don't reach your software, have it set again.
mistake-webhook-open = It could not be looked up, so it is not known here.
mistake-webhook-again = Look again
mistake-write = Write to somebody who can help
mistake-write-partner = { $Partner }, if it set up the software or made the earlier key.
mistake-write-software = The support of the software that has stopped: it enters the key and sets the webhook.
mistake-write-360dialog = 360dialog's support, if the key works and messages still don't arrive.
mistake-write-text = Text without the key
mistake-text-number = WhatsApp number: { $number }
mistake-text-channel = Channel at 360dialog: { $id }
mistake-text-replaced = The API key of this number was replaced on { $time }. Since then messages no longer go through.
mistake-text-replaced-open = The API key of this number was replaced. Since then messages no longer go through.
mistake-text-key = The new key ends in { $tail }. You get the key itself another way, not in this message.
mistake-text-no-key = The new key is not at hand here. If you have it or can make one, hand it over in a safe way, not in a message like this.
mistake-text-webhook-set = Webhook at present: { $host }
mistake-text-webhook-not-set = Webhook at present: not set on the number itself
mistake-text-webhook-open = Webhook at present: not known
mistake-text-ask = Enter the new key wherever the old one was used, and set the webhook again if it was cleared.
mistake-back = Back to the number
mistake-link = My chats stopped

## History

history-title = What was done here
history-loading = Reading what was done
history-count =
    { $count ->
        [one] One thing was done here with this account, { $time }.
       *[other] { $count } things were done here with this account; the last one { $time }.
    }
history-no-secrets = No key and no password is written down here.
history-empty-title = Nothing was done here yet.
history-empty = What you do with this account on this computer is listed here: keys made, kept and tested, permissions changed.
history-search = Find a number, a name or what was done
history-found =
    { $found ->
        [0] Nothing of { $count } fits
        [one] One of { $count } fits
       *[other] { $found } of { $count } fit
    }
history-clear = Show everything
history-more = Show earlier ones
history-xlsx = Save as spreadsheet
history-csv = Save as CSV
history-json = Save as JSON
history-saving = Saving
history-saved = Saved as { $path }
history-by = by { $email }
history-key = “{ $label }”
history-key-tail = “{ $label }” (… { $tail })
history-tail = key … { $tail }
what-signed-in = Signed in
what-signed-out = Signed out
what-permission-given = Permission given to the partner
what-permission-removed = Permission taken back from the partner
what-permission-given-there = Permission given outside this app, after a visit to 360dialog's page
what-permission-removed-there = Permission taken back outside this app, after a visit to 360dialog's page
what-key-made = Key made
what-key-asked = Key asked for
what-key-recovered = Key looked for after a stop
what-key-pasted = Key pasted
what-key-opened = Key opened from a file
what-key-kept = Key kept under a name
what-key-shown = Key shown
what-key-copied = Key copied
what-key-saved = Key saved as a locked file
what-key-tested = Key tested
what-key-checked = Key checked by Channel Keys
what-key-renamed = Key renamed
what-webhook-set = Webhook set again
what-key-handed-over = Key handed over to the client
what-key-let-go = Key no longer kept here
result-done = Done
result-refused = Refused
result-not-done = Not done
result-unknown = Open
result-other-number = For another number
result-works = Works
result-no-answer = No answer

## The history as a file

export-title = Save the history
export-time = Time (UTC)
export-what = What
export-result = Result
export-client = Client
export-name = Name
export-number = Number
export-channel = Channel
export-key = Key
export-tail = Key ends in
export-by = By

# The support desk's board as a file

export-board-title = Save the board
export-board-client = Client
export-board-number = Number
export-board-name = Name
export-board-state = State
export-board-permission = Partner permission
export-board-verdict = Verdict
export-board-next = Who acts next
export-board-health = Health
export-board-webhook = Webhook
export-board-checked = Permission told (UTC)
export-board-trouble = Could not be asked about
export-board-limit = Limit
export-board-quality = Quality
export-board-status = Set-up
export-board-hub-status = At 360dialog
export-board-running = Running
export-board-listed = Still listed
export-board-seen = Last seen (UTC)
export-board-channel-id = Channel id
export-board-client-id = Client id
export-board-email = Client's e-mail
export-board-waba = WhatsApp Business Account
export-board-not-told = not told
export-board-not-checked = not checked
export-board-could-not-ask = yes
export-board-yes = yes
export-board-no = no

## States of a number

permission-shared = Shared
permission-missing = Missing
permission-no-partner = No partner
permission-not-told = Not told

state-running = Connected and running
state-running-meaning = Nothing to do.
state-not-running = Not running
state-not-running-meaning = It is set up, and 360dialog doesn't run it at present. Ask 360dialog why.
state-not-told = State not told
state-not-told-meaning = 360dialog did not say enough to tell.
state-unknown-word = “{ $word }”
state-unknown-word-meaning = This is the Hub's own word; this program doesn't know it. Ask 360dialog what it means.

status-created = Set-up has begun
status-created-meaning = The sign-up is not finished. Finish it in 360dialog's Hub.
status-unverified = Waiting for Meta
status-unverified-meaning = Meta has not verified the display name yet. Nothing to do but wait.
status-verified = Being connected
status-verified-meaning = The display name is verified. 360dialog connects the number next; nothing to do but wait.
status-ready = Ready
status-ready-meaning = It is set up.
status-setting-up = Being set up
status-setting-up-meaning = 360dialog is setting it up. Nothing to do but wait.
status-name-review = Name under review
status-name-review-meaning = Meta reviews the new display name. Nothing to do but wait.
status-name-declined = Name declined
status-name-declined-meaning = Meta declined the display name. Choose another one in 360dialog's Hub.
status-error = In error
status-error-meaning = Something keeps this number from working. You or your partner write to 360dialog.
status-to-move = Ready to be moved
status-to-move-meaning = The number can be moved to 360dialog now. You or your partner start the move.
status-code-sent = Waiting for a code
status-code-sent-meaning = A code was sent to this number. Enter it in 360dialog's Hub.

hub-live = Live
hub-live-meaning = 360dialog serves it.
hub-pending-deletion = About to be deleted
hub-pending-deletion-meaning = 360dialog is going to delete it. Ask 360dialog if that is not what you want.
hub-terminated = Ended
hub-terminated-meaning = 360dialog has ended it. Ask 360dialog why.
hub-cancelled = Cancelled
hub-cancelled-meaning = It was cancelled. Ask 360dialog if that is not what you want.
hub-deleted = Deleted
hub-deleted-meaning = It was deleted at 360dialog.

actor-nobody = Nobody has to act
actor-client = You act next
actor-client-or-partner = You or your partner act next
actor-meta = Meta acts next
actor-360dialog = 360dialog acts next
actor-ask-360dialog = Ask 360dialog

## The verdict: who may make a key

verdict-not-running-title = No key can be made yet.
verdict-not-running = A number has to be live and running first.
verdict-partner-manages-title = { $Partner } makes the keys for this number.
verdict-partner-manages = You can't make one while { $partner } has the permission.
verdict-partner-manages-and-pays-title = { $Partner } makes the keys for this number, and pays for it.
verdict-partner-manages-and-pays = You can't make one while { $partner } has the permission.
verdict-not-shared-title = The client has not shared this number.
verdict-not-shared = A key can be made once the client gives the permission.
verdict-undocumented-title = Nobody has written down whether you can make a key here.
verdict-undocumented = { $Partner } pays for this number and doesn't have the permission. 360dialog's documents say nothing of that case.
verdict-client-manages-title = You can make a key for this number.
verdict-client-manages = { $Partner } can't: it doesn't have the permission.
verdict-no-partner-title = You can make a key for this number.
verdict-no-partner = No partner stands between you and 360dialog.
verdict-shared-with-partner-title = You can make a key for this number.
verdict-shared-with-partner = The client shared it with you.
verdict-not-told-title = 360dialog did not say whether you can make a key.
verdict-not-told = Not told: { $facts }.

next-make-key = A new key replaces today's, so have whatever uses it at hand.
next-take-permission-back = Take it back first, then make your own.
next-ask-partner = Ask { $partner } for a key, or whether you may take the permission back.
next-client-gives = The client gives it in 360dialog's Hub, in the profile menu, under “Partner”.
next-get-running = { $actor }. When it runs, press Check again.
next-try-it = You can try: the Hub decides, and its answer is shown here.

fact-running = whether it is live and running
fact-has-partner = whether you have a partner
fact-payer = who pays
fact-permission = whether { $partner } has the permission

off-not-running = Off, because this number is not live and running.
off-partner-manages = Off, because { $partner } has the permission.
off-partner-manages-and-pays = Off, because { $partner } has the permission and pays.
off-not-shared = Off, because the client has not shared this number.
off-take-back = Take it back
off-ask-partner = Write to { $partner }
off-get-running = What has to happen first
off-client-gives = How it is given

## A number's page

channel-loading = Opening
permission-question = Can { $partner } make keys?
permission-question-none = Who can make keys?
permission-yes = Yes
permission-no = No
permission-open = Not told
permission-only-you = Only you
explain-shared-client = You pay 360dialog directly, so you decide.
explain-shared-partner = { $Partner } pays 360dialog for this number, and then has the permission by default.
explain-shared-not-told = You shared the permission. Who pays 360dialog is not told.
explain-missing-client = You pay 360dialog directly and have not shared the permission. A key that { $partner } made earlier may keep working until a new key is made.
explain-missing-partner = { $Partner } pays 360dialog for this number but doesn't have the permission. A key that { $partner } made earlier may keep working until a new key is made.
explain-missing-not-told = You have not shared the permission. A key that { $partner } made earlier may keep working until a new key is made.
explain-not-told = 360dialog did not say. That means neither yes nor no.
explain-no-partner = You have no partner at 360dialog, so nobody else makes keys for this number.
key-card-title = Your key
key-card-none = None kept on this computer.
key-card-count =
    { $count ->
        [one] One kept on this computer.
       *[other] { $count } kept on this computer.
    }
key-paste = Paste a key I have
key-make = Make a new key
key-list = Keys on this computer
key-nameless = Key without a name
key-safety = Safety copy
key-memory = Stored nowhere yet
key-kept = Kept
key-open = Made or not: open
key-lost = Not on this computer
key-stopped = Made or not: open
key-not-looked = Made; not looked for yet
key-not-made = Not made
key-handed-over = Handed over
key-let-go = Not kept here
key-refused-word = Refused
key-found-word = Not tested yet
key-replaced-word = Replaced
key-made = Made { $time }, { $age }
key-made-by = Made { $time }, { $age }, by { $email }
key-pasted = Pasted { $time }, { $age }
key-pasted-by = Pasted { $time }, { $age }, by { $email }
key-opened = Opened from a file { $time }, { $age }
key-opened-by = Opened from a file { $time }, { $age }, by { $email }
key-found = Found again in { $keychain } { $time }, { $age }
key-found-meaning = What this program knew of this key is damaged or missing, so when it was made and by whom is not known. Test it to see whether it works, and give it a name.
key-asked = Asked for { $time }, { $age }
key-tested = Last tested { $age }: { $result }.
key-worked = Last known to work { $age }.
key-not-tested = Not tested yet, so it is not known whether it works.
key-refused-span = Refused since between { $from } and { $to }.
key-refused-at = Rejected { $time }.
key-refused-meaning = A new key was probably made elsewhere. Ask who made one, { $partner } or whoever looks after your software, and paste it here; or make a new one.
key-refused-meaning-alone = A new key was probably made elsewhere. Ask whoever looks after your software, and paste it here; or make a new one.
key-refused-way = Put it right
key-other-number = For another number, by what was heard { $time }.
key-other-number-meaning = Messages sent with it go out from that other number. Test it to see which number it is for, and put it there; or paste or make the key of this number.
key-replaced = Replaced by a later key { $time }: it works no longer.
key-open-meaning = No clear answer came, so the key may or may not exist. If it does, every earlier key stopped working. This is how to find out:
key-stopped-meaning = The program stopped while the key was asked for, so it may or may not exist. If it does, every earlier key stopped working. This is how to find out:
key-not-looked-meaning = The key was made, so earlier keys stopped working. { $keychain } could not be asked whether it has it. Unlock it or start it, then read the numbers again.
key-lost-meaning = The key was made, so earlier keys stopped working, and the program stopped before it was stored. Where you copied it, it works; if you did not, make another one.
key-put-away = Put this note away
change-give = Let { $partner } make keys
change-take-back = Take the permission back
change-open = Give it or take it back
details-title = Details
details-age = Read from 360dialog { $age }
details-channel = WhatsApp Channel
details-states = States
details-ids = Identifiers
facts-name = Name
facts-number = Number
facts-permission = Partner API Key Permission
facts-status = Set-up
facts-hub-status = At 360dialog
facts-running = Running
facts-client = Client
facts-partner = Partner
facts-digits = Number, digits alone
facts-none = none
copy = Copy
copy-named = Copy: { $what }
copied = Copied: { $what }.
contact-title = Whom to write to
contact-whom-partner = { $Partner }.
contact-whom-hub = 360dialog's support.
contact-whom-nobody = Nobody.
contact-partner = It has the permission and pays for this number, so a key comes from there, or its consent that you make one.
contact-yours = The next step is yours. { $meaning } If that doesn't work, write to the support: it is found in 360dialog's Hub, app.360dialog.com.
contact-either = { $meaning } The support is found in 360dialog's Hub, app.360dialog.com.
contact-meta = Meta acts next, and can't be written to about it. { $meaning }
contact-theirs = { $meaning } If it takes too long for you, write to the support: it is found in 360dialog's Hub, app.360dialog.com.
contact-ask = { $meaning } The support is found in 360dialog's Hub, app.360dialog.com.
contact-rights = Nobody has said whether you can make a key here. If the Hub refuses, the support can say why: it is found in 360dialog's Hub, app.360dialog.com.
contact-yourself = You decide this yourself: take the permission back, then make a key.
contact-nobody = Nothing stands in the way here.
contact-letter = Text to send
copy-letter = Copy the text
letter-partner =
    Hello,

    we need an API key for our WhatsApp number { $number }. At 360dialog you have the permission to make keys for it.

    Could you make a key and hand it to us in a safe way, or tell us whether we may take the permission back and make one ourselves?
letter-state =
    Hello,

    our WhatsApp number { $number } does not run. Could you tell us what has to happen next, and who has to do it?
letter-open =
    Hello,

    360dialog's Hub doesn't tell us in which state our WhatsApp number { $number } is. Could you tell us, and whether anybody has to act?
letter-rights =
    Hello,

    we want to make an API key for our WhatsApp number { $number }. Could you tell us whether we can make it ourselves, and if not, who can?
letter-facts =
    Number: { $number }
    Display name: { $name }
    Channel: { $channel }
    Client: { $client }
    Partner: { $partner }
    WhatsApp Business Account: { $waba }
    Status: { $status }
    Hub status: { $hub }
    Running: { $running }
    Partner API Key Permission: { $permission }
    Who pays: { $payer }
    As the Hub said on { $time }
letter-yes = yes
letter-no = no
letter-client = the client, directly
facts-channel = Channel
facts-waba = WhatsApp Business Account
facts-external = Id at Meta
facts-quality = Quality
facts-limit = People you can write to in 24 hours
facts-payer = Who pays
limit-people = { $count }
limit-none = No limit
payer-client = You, directly
payer-partner = { $Partner }
payer-not-told = not told

## Making a key

before-title = Before you replace the key of { $number }
before-reading = Reading the facts once more
before-dies = Today's key stops working at once.
before-dies-more = Whatever uses it can't send or receive until it gets the new one. There is no way back.
before-here =
    { $count ->
        [one] The key kept here stops working too:
       *[other] The { $count } keys kept here stop working too:
    }
before-here-one = “{ $label }” (… { $tail })
before-here-tail = the one that ends in { $tail }
before-here-bare = the one made { $time }
before-here-found = the one found again { $time }
before-webhook = The webhook may be cleared.
before-webhook-more = That is reported, not documented. Note the address where your messages are delivered, so that you can set it again.
before-webhook-no-key = It can't be read from here, because no key of this number is kept here.
before-webhook-locked = It can't be read now, because the keychain doesn't give us the number's key yet.
before-webhook-refused = It can't be read from here, because the key kept here does not work for this number any more.
before-webhook-not-told = It could not be read just now.
before-webhook-read =
    { $count ->
        [one] Messages go to { $hosts }, which is noted.
       *[other] { $count } webhooks are set, and all are noted: { $hosts }.
    }
before-webhook-read-more =
    { $count ->
        [one]
            Making a key is reported to clear that address, the webhook. { $headers ->
                [0] It goes
                [one] It and its header go
               *[other] It and its { $headers } headers go
            } into { $keychain } first, and you can set it again right afterwards.
       *[other] Making a key is reported to clear webhooks. All of them, with their headers, go into { $keychain } first. You can set them again right afterwards.
    }
before-webhook-incomplete = This number may have extra webhooks that we couldn't look up. If you know of any, write them down.
before-webhook-waits =
    { $count ->
        [one] The webhook to { $hosts } still waits to be set again.
       *[other] Webhooks still wait to be set again. Noted are { $hosts }.
    }
before-webhook-waits-more =
    { $count ->
        [one] It was cleared when the last key was made. It stays noted, and can be set again after this key, too.
       *[other] They were cleared when the last key was made. They stay noted, and can be set again after this key, too.
    }
before-webhook-none = No webhook is set on this number itself.
before-webhook-none-more = Making a key is reported to clear it. Here there is none to lose.
before-webhook-none-incomplete = It may have extra webhooks that we couldn't look up. If you know of any, write them down.
before-partner = { $Partner } may be using today's key.
before-partner-more = If { $partner } ever made a key for this number, its software stops too. Tell { $partner } before you start.
before-partner-shared = { $Partner } probably holds today's key.
before-partner-shared-more = It has the permission to make keys for this number. Its software stops too. Tell { $partner } before you start.
before-places =
    { $count ->
        [one] It is used in one place you noted:
        [2] It is used in two places you noted:
       *[other] It is used in { $count } places you noted:
    }
before-places-more =
    { $count ->
        [one] { $places }. Have it open before you start.
        [2] { $places }. Have both open before you start.
       *[other] { $places }. Have them open before you start.
    }
before-nobody = Who holds today's key is not known here.
before-nobody-more = Whoever set up your software has it. Ask before you start.
before-uses = Have what uses the key at hand.
before-uses-more = Your booking system, chatbot or shop needs the new key within minutes.
before-open = Whether 360dialog allows it is not known.
before-open-facts = Not told: { $facts }. The Hub decides; if it refuses, today's key stays.
before-open-undocumented = { $Partner } pays and doesn't have the permission; no document says what then. The Hub decides; if it refuses, today's key stays.
before-safe = Once it arrives, the new key can't get lost.
before-safe-more = A safety copy goes into { $keychain } before you see it.
before-asking = { $keychain } waits for your answer.
before-asking-more = It asks for its password, or whether Channel Keys may use it. Answer it, so that the safety copy can be made.
before-locked = { $keychain } is locked.
before-locked-more = Unlock it now. Otherwise it asks for its password when the key arrives, and the safety copy waits for that.
before-unlock = Unlock now
before-unlocking = { $keychain } asks for its password. Give it there.
before-look-again = Look again
before-absent = The key can't be kept on this computer.
before-not-set-up-more = { $keychain } was never set up here. Set it up first, or be ready to copy the key: that is then the only way to have it.
before-refusing-more = { $keychain } is open, but takes nothing: a trial failed. See whether it works, or be ready to copy the key: that is then the only way to have it.
before-absent-more = { $keychain } doesn't answer. Copying the key is then the only way to have it: closing it uncopied loses it.
before-understood = I understand: I have to copy it before I close this
before-tick-first = Tick the box above first.
before-own-page = Make this key on 360dialog's own page.
before-own-page-how = 360dialog doesn't seem to let other programs make keys for this number. Make it at app.360dialog.com: today's key stops working at once there, too. Then paste the new key on this number's page. We test it and keep it.
before-try-here = You can also try it here. If 360dialog's answer is unclear, we can't tell whether a new key was made. Your current key may then have stopped working.
before-try-here-go = Try it here
before-age = Facts read { $age }
before-not-now = Not now
before-replace = Replace the key of { $number }
before-refused-title = No key can be made for { $number } now
before-refused = What 360dialog says has changed since you opened this page. Nothing was sent.

sending-title = Asking 360dialog for the key
sending-lead = This takes a few seconds. Keep this window open.
sending-slow = 360dialog is taking longer than usual. We wait up to two minutes. Keep this window open.
sending-stays = The window can't close yet. It stays open until 360dialog has answered, for two minutes at most.
storing-stays = The window can't close yet. It stays open until the key is safe.
storing-title = The key was made
storing-lead = Its safety copy goes into { $keychain }. If { $keychain } asks for its password or for permission, answer there.
storing-limit = If it gets no answer for a minute and a half, the key is shown all the same, and you can copy it.

made-title = The new key is here
made-lead = { $channel }. 360dialog shows it only this once.
made-waiting-title = A key waits for your decision
made-waiting-lead = { $channel }, made { $time }.
made-waiting-pasted-lead = { $channel }, pasted { $time }.
made-waiting-file-lead = { $channel }, opened from a file { $time }.
made-waiting-found-lead = { $channel }, found again in { $keychain } { $time }. When it was made and by whom is not known.
made-others-title = 360dialog sent { $count } different keys.
made-others = That is unusual. We kept this key and { $others }. Test each key and use the one that works. You find the others under “Keys”.
made-others-works = That is unusual. We tested this key, and it works. We also kept { $others }, under “Keys”: you don't need it.
made-others-in-memory = That is unusual. Not all of them are stored yet: this key and { $others }. Test each key and use the one that works. You find the others under “Keys”.
made-others-ending = the one ending in { $tail }
made-others-bare = another one
made-save = Save to { $keychain }
made-save-busy = Saving
made-save-label = Name for this key
made-save-hint = You find it under this name here and in { $keychain }.
made-save-default = Key of { $name }
made-save-confirm = Save
made-save-not-now = Don't save now
made-copy = Copy
made-copied = Copied. Keep this window open until you have pasted it.
made-test = Test it
made-test-busy = Testing
made-refused-next = Test it once more in a minute. If it stays refused, a later key was made: ask whoever looks after your software, or make another one on the number's page.
made-safe-title = A safety copy is in { $keychain }.
made-safe = Closing the program or a power cut can't lose it. It stays until you save the key or say you don't want it here.
made-kept-title = Saved in { $keychain }.
made-kept = Its name is “{ $label }”. You find it again on this number's page.
made-nowhere-title = This key is stored nowhere.
made-nowhere = It lies only in this window. Save it, or copy it to where it is used; then Done closes this page.
made-clipboard-title = The key is on the clipboard, and stored nowhere.
made-clipboard = Paste it before you close the program: the clipboard forgets it then. The window can't be closed until you press Done or “{ $letGo }”; after that the key can't be seen here again.
made-next-title = Now put it where it is used
made-next-how = Copy the key, paste it into each of these, then tick it: the key is tested each time, and no message is sent.
made-next-webhook = Then check that messages arrive: the webhook may have been cleared.
made-webhook-title = Where messages are delivered
made-done = Done
made-let-go = Don't keep it here
made-let-go-nowhere = I don't need it here: let it go
made-let-go-sure = Don't keep it: you can't see it again
made-let-go-hint = The key goes on working where you pasted it. This program can't show it again.
made-let-go-stay = Keep it
made-done-refused-title = This key would be lost.
made-done-refused = It is stored nowhere but in this window. Save it, or copy it to where it is used; then Done closes this page.
made-closing-title = The window stays open, because this key would be lost.
made-closing = It is stored nowhere else. Save it, or copy it to where it is used and press Done; then the window closes.
made-leaving-title = You are still signed in, because this key would be lost.
made-leaving = It is stored nowhere else. Save it, or copy it to where it is used and press Done; then sign out.

key-window-title = Your API key
waits-for-keychain = We wait for { $keychain }. If it asks for its password or for permission, answer there.
key-window-waits = We wait for the keychain. If it asks for its password or for permission, answer there.
keychain-word = The keychain
failure-key-not-shown = The key could not be shown.
failure-key-not-shown-body = Its window did not open. Copy works without showing it.
key-hidden = The key is hidden. It ends in { $tail }.
key-hidden-bare = The key is hidden.
key-hides = Hides itself after 30 seconds.
key-copied = Copied. Paste it where it is used.
key-in-captures = Screenshots and recordings can show it.
key-show = Show
key-hide = Hide

test-works = It works, and the number can send.
test-works-limited = It works. Meta limits what the number can send.
test-works-blocked = It works, but Meta blocks the number from sending. That is not the key's fault: look in 360dialog's Hub for the reason.
test-works-not-told = It works. Whether the number can send is not told.
test-number-unknown = 360dialog didn't say which number it is for.
test-other-number-here = It works, but for { $other }. It is of no use where it lies; move it to where it belongs.
test-other-number-client = It works, but for { $other }, as last seen a number of { $client }. Turn to that client to use it; don't use it here.
test-other-number-whose = It is none of your numbers as far as is known here, so it is probably somebody else's. Ask where it comes from.
test-move = Move it to { $other }
test-move-busy = Moving it
test-other-number = It works, but for another number (id at Meta: { $id }). Don't use it here.
test-other-number-bare = It works, but for another number. Don't use it here.
test-refused = 360dialog rejected this key.
test-could-not-ask = It could not be tested. That says nothing about the key.
tested-works = works
tested-limited = works, with limits that Meta sets
tested-blocked = works, but Meta blocks the number from sending
tested-number-unknown = works; 360dialog didn't say for which number
tested-other-number = is for another number
tested-refused = is refused
tested-could-not-ask = no answer came, which says nothing about the key

not-made-title = No key was made
not-made-lead = { $channel }. Today's key still works.
not-made-now = What 360dialog says of it now
unknown-title = We can't tell whether a key was made
unknown-lead = { $channel }
unknown-what = The request went out, and no clear answer came back. The program does not ask twice by itself.
unknown-means = If a key was made, nobody has seen it, and every earlier key stopped working.
unknown-do = What to do now
unknown-do-test = Test the key that we keep for this number:
unknown-do-works = So no new key was made so far. Test again in a few minutes to be sure.
unknown-do-refused = So a new key was probably made, and nobody has it. Make another one.
unknown-test-again = Test again
unknown-in-trouble = 360dialog, or something on the way to it, had a problem.
unknown-not-understood = Something on the way may have answered instead of 360dialog, such as a proxy or a sign-in page of this network.
unknown-do-list = See whether 360dialog's own list of keys has changed:
unknown-list-look = Look at the list
unknown-list-busy = Looking
unknown-list-new = A key is listed that was not there before: one was made, by this request or by somebody since. Nobody has it here, so make another one.
unknown-list-before = The list is as it was before the request: no key was made, as far as 360dialog lists them.
unknown-list-undecided = The list can't be compared with how it was before the request, so it decides nothing.
unknown-list-none = This Hub shows no such list to other programs, so it decides nothing.
unknown-list-not-read = The list could not be read, so it decides nothing. Look again later.
unknown-do-ask-client = Ask the client whether messages still go out and come in. If they do, today's key still works.
unknown-do-look = See whether messages still go out and come in. If they do, today's key still works.
unknown-do-again = If not, make another key: it replaces whatever is there.
unknown-make = Start again

## When something stands in the way: what happened, what it means, what to do

failure-said = The answer, word for word:
failure-wait-minutes =
    { $count ->
        [one] Try again in a minute.
       *[other] Try again in { $count } minutes.
    }
failure-wait-hours = Try again in { $count } hours.
failure-hub-name-not-found = The Hub's address was not found.
failure-hub-name-not-found-body = This computer is probably not connected to the internet. Nothing was sent. Connect it, then try again.
failure-hub-no-connection = The Hub can't be reached.
failure-hub-no-connection-body = The connection did not come about: the internet, a firewall or a VPN may stand between. Nothing was sent. Look at them, then try again.
failure-hub-certificate = This is perhaps not the real Hub.
failure-hub-certificate-body = Its certificate is not trusted here, so nothing was sent. A firewall that reads along does this, and so does a wrong clock. Set the clock right, or ask whoever looks after this network.
failure-no-certificates = This computer can't tell whether it is talking to 360dialog.
failure-no-certificates-body = Its list of trusted certificates is missing, so nothing was sent. On Debian and Ubuntu, install the package ca-certificates. Then start Channel Keys again.
failure-proxy-unreachable = A proxy in your network doesn't answer.
failure-proxy-unreachable-body = This computer is set to reach 360dialog through the proxy { $proxy }. We couldn't connect to it, so nothing was sent. Ask whoever looks after your network, then try again.
failure-proxy-sign-in = A proxy in your network asks for a password.
failure-proxy-sign-in-body = The proxy { $proxy } lets only programs through that sign in to it. We can't, so nothing was sent. Ask whoever looks after your network to let Channel Keys reach hub.360dialog.io and waba-v2.360dialog.io.
failure-proxy-refused = A proxy in your network didn't connect us to 360dialog.
failure-proxy-refused-body = The proxy is { $proxy }. Nothing was sent. Try again in a minute. If it stays so, ask whoever looks after your network to allow hub.360dialog.io and waba-v2.360dialog.io.
failure-key-being-made = A key is being made.
failure-key-being-made-body = Wait until the page says what came of it. Then try again.
failure-hub-no-answer = The Hub did not answer.
failure-hub-no-answer-body = It was asked, and no complete answer came. It may be busy.
failure-wrong-password = E-mail or password is wrong.
failure-wrong-password-body = Look at both once more. They are the ones of 360dialog's Hub.
failure-wrong-partner-key = 360dialog does not take this key.
failure-wrong-partner-key-body = Look at the partner id and the key once more. A key that was replaced works no longer; the partner's owner can make another one in 360dialog's Hub.
failure-second-factor = The Hub asks for more than a password.
failure-wrong-password-forgot = Look at both once more. If you don't know the password any more, press “Forgot my password” below.
failure-too-many-tries = Too many tries.
failure-too-many-tries-body = The Hub takes no password for a while. Wait, then sign in.
failure-sign-in-no-answer-body = It was asked, and no complete answer came. It may be busy: try again in a few minutes.
failure-not-a-hub = This is not 360dialog's Hub, or something in between answers.
failure-not-a-hub-body = A sign-in page of this network does that, in a hotel or a train. Open a page in the browser, sign in to the network, then sign in here.
failure-second-factor-body = This account has a second factor, which this version can't ask for. What remains is 360dialog's own page, where keys can be made too, and for a partner's support desk its API key.
failure-key-refused = 360dialog rejects this key.
failure-key-refused-body = It was replaced, or it was not copied in full. Use the newest key of this number, or make a new one.
failure-key-not-sendable = This key can't be sent.
failure-key-not-sendable-body = It has characters that no API key has. Copy it again from where you have it, alone and in full.
failure-hub-bad-request = This program and 360dialog don't understand each other.
failure-hub-bad-request-body = Your e-mail address and your password are not the reason. Install the newest Channel Keys. Until then, use app.360dialog.com.
failure-sign-in-refused = 360dialog refused to sign you in.
failure-sign-in-refused-body = If its answer below names no reason, ask 360dialog's support, or the owner of your account.
failure-session-ended = You are signed out.
failure-session-ended-body = The Hub ends a session after 24 hours, or when it is told to. Sign in again to go on.
failure-hub-refused = The Hub refused.
failure-hub-refused-body = Your account may not do this, or this number is not ready for it.
failure-hub-not-there = The Hub doesn't have this.
failure-hub-not-there-body = It knows no such thing, or not for this account. Check again; if it stays so, use 360dialog's Hub at app.360dialog.com.
failure-hub-too-many = The Hub asks to wait.
failure-hub-too-many-body = It was asked too often in a short time.
failure-hub-in-trouble = The Hub is in trouble itself.
failure-hub-in-trouble-body = That passes as a rule. Try again in a few minutes.
failure-hub-not-understood = The Hub's answer was not understood.
failure-hub-not-understood-body = It may have changed, or something in between answered in its place, such as a sign-in page of this network.
failure-host-not-trusted = The key was not sent.
failure-host-not-trusted-body = The address that came with it is not one of 360dialog's, so this program doesn't trust it with a key.
failure-keychain-absent = No keychain answers.
failure-keychain-absent-body = { $keychain } is not there or not running. Start it, then try again.
failure-keychain-not-set-up = The keychain was never set up.
failure-keychain-not-set-up-body = { $keychain } is there, but nobody has made a keychain in it yet. Open it, make one with a password, then try again.
failure-keychain-stayed-locked = The keychain stayed locked.
failure-keychain-stayed-locked-body = { $keychain } was not unlocked. Unlock it, then try again.
failure-keychain-not-allowed = The keychain waits for your answer.
failure-keychain-not-allowed-body = { $keychain } asks whether Channel Keys may use it. Allow it there, then try again.
failure-keychain-refused = The keychain refused.
failure-keychain-refused-body = { $keychain } did not take or give the key. Open it and see whether it works.
failure-keychain-not-kept = The keychain did not keep the key.
failure-keychain-not-kept-body = { $keychain } took it and did not give the same back. Don't rely on it: copy the key.
failure-keychain-gave-another = The keychain gave back something else.
failure-keychain-gave-another-body = { $keychain } holds something else in this key's place. We used none of it. If you have the key elsewhere, paste it; else make a new one.
failure-note-empty = There is nothing in the note.
failure-note-empty-body = A few words or a ticket's number are enough.
failure-note-too-long = The note is too long.
failure-note-too-long-body = Nothing was noted. What you typed is still here, so that you can shorten it.
failure-note-gone = This note is gone.
failure-note-gone-body = It was removed in the meantime.
failure-records-out = The program's own records can't be used.
failure-records-out-body = Its folder is full, damaged or not writable. Keys in the keychain are not touched by that.
failure-session-keychain-refused = The keychain refused.
failure-session-keychain-refused-body = Open { $keychain } and see whether it works.
failure-session-keychain-not-kept = The keychain did not keep the session.
failure-session-keychain-not-kept-body = { $keychain } took it and did not give the same back. Open it and see whether it works.
failure-not-signed-in = Nobody is signed in.
failure-not-signed-in-body = Sign in to go on.
failure-no-roles = This account belongs to no client and no partner.
failure-no-roles-body = The password is right, and there is nothing to see. Ask the owner of your business's account to add you.
failure-no-such-channel = This number is not in the list any more.
failure-no-such-channel-body = The Hub doesn't list it for this client. Check again.
failure-client-not-told = 360dialog does not say whose number this is.
failure-client-not-told-body = A key is made for a client and handed to it, so nothing is done without one. Check again, or ask 360dialog.
failure-no-such-key = This key is not here any more.
failure-no-such-key-body = It was taken out of the keychain, perhaps in { $keychain } itself.
failure-already-asked = This was asked for already.
failure-already-asked-body = The program does not ask a second time by itself.
failure-known-to-be-refused = 360dialog would refuse this.
failure-known-to-be-refused-body = Nothing was sent. The number's page says why.
failure-desk-read-only = This desk only reads.
failure-desk-read-only-body = Nothing was sent. Whether it may make keys is set at the top of the desk.
failure-stored-nowhere = A key would be lost.
failure-stored-nowhere-body = It lies only in this program. Save it, or copy it and let it go.
failure-practice-out = Practice could not start.
failure-practice-out-body = Its port or its folder on this computer can't be used. The rest of the program works.
failure-clipboard-refused = Nothing was copied.
failure-clipboard-refused-body = The clipboard did not take it. Try again, or write it down by hand; a key shows itself with “Show”.
failure-program = Something in this program broke.
failure-program-body = It could not finish what you asked. Try again; if it stays so, quit the program and start it.
failure-other-account = This is another account.
failure-other-account-body = The password belongs to somebody else. Sign in as the same person to go on, or sign out first.
failure-hub-not-offered = This Hub can't do that for another program.
failure-hub-not-offered-body = It knows the number, and doesn't have this call. Do it on 360dialog's own page, at app.360dialog.com.
failure-not-a-key = This is not an API key.
failure-not-a-key-body = What you copied doesn't contain one. Copy the key itself and try again.
failure-masked-key = This key is masked.
failure-masked-key-body = Its first characters are hidden, so it can't be used. Copy the whole key where you saved it. 360dialog shows a key only once: if nobody has it, make a new one.
failure-token-pasted = This is a session token, not an API key.
failure-token-pasted-body = It signs somebody in to an account and can't send messages. Copy the API key, which ends in AK. Don't share the token with anyone.
failure-email-pasted = This is an e-mail address, not an API key.
failure-email-pasted-body = Copy the API key, which ends in AK, and try again.
failure-address-pasted = This is a web address, not an API key.
failure-address-pasted-body = Copy the API key, which ends in AK. It often stands next to the address.
failure-key-on-clipboard = Nothing was copied: the clipboard holds an API key.
failure-key-on-clipboard-body = That key lies nowhere else, and would be lost. Keep it first, or copy in its place if you are done with it.
failure-clipboard-empty = The clipboard holds no text.
failure-clipboard-empty-body = Copy the key where you have it, then come back and press the button again.
failure-file-not-written = The file was not written.
failure-file-not-written-body = The folder is full or not writable. Choose another place.
failure-no-partner = You have no partner at 360dialog.
failure-no-partner-body = So nobody else can make keys for your numbers, and there is no permission to change.
failure-partner-not-told = 360dialog did not say who your partner is.
failure-partner-not-told-body = Its page for permissions is one for each partner, so it can't be opened from here. Ask your partner for the link to it and paste it under “A partner sent me a link” in the menu, or go by 360dialog's Hub.
failure-no-page-visit = The way back from 360dialog's page is closed.
failure-no-page-visit-body = Nothing that comes from there is taken any more. Check your numbers: they show what the Hub says.
failure-words-gone = The words of this file are not here any more.
failure-words-gone-body = They are kept while the page is open, and go when the program locks. Save another file.
failure-no-words-drawn = Nothing was saved: no words could be drawn.
failure-no-words-drawn-body = The system gave no random numbers to draw them with. Try again, or restart the computer.
failure-no-key-file = No file is chosen.
failure-no-key-file-body = Choose the file once more.
failure-key-file-not-read = The file can't be read.
failure-key-file-not-read-body = It is gone, or you may not read it. Choose another one.
failure-key-file-too-large = This is no file with a key: it is too large.
failure-key-file-too-large-body = A file with a key is small. Choose the one that you were sent.
failure-not-an-age-file = This is no locked file.
failure-not-an-age-file-body = Choose the one that you were sent. If it was changed on the way, ask for it once more.
failure-key-file-for-others = Words don't open this file.
failure-key-file-for-others-body = It is locked for somebody's own key file. Ask for one that is locked with words.
failure-wrong-words = These words don't open the file.
failure-wrong-words-body = Look whether each is spelled right and in the right order, and whether this is the right file. If it still doesn't open, the file may have been changed on the way: ask for another one.
failure-key-file-damaged = The file is damaged, or a part of it is missing.
failure-key-file-damaged-body = Ask for it once more. What was in it can't be had from this one.
failure-key-file-too-hard = This file would take too long to open.
failure-key-file-too-hard-body = Whoever locked it set it so. Ask for one that was saved with Channel Keys.
failure-key-file-something-else = The file opened, but what is in it is no key.
failure-key-file-something-else-body = Nothing was taken. Ask for a file that was saved with Channel Keys.
failure-key-file-later = A later version made this file.
failure-key-file-later-body = Install the newest Channel Keys, then open it once more.
failure-key-file-odd = The file opened, but was not taken: it has hidden characters in it.
failure-key-file-odd-body = No file that Channel Keys saved has any. Ask whoever sent it.
failure-key-file-other-world = This key is of another world.
failure-key-file-other-world-body = A practice key opens while you practise, a real one while you don't. Nothing was taken.
failure-no-request = There is no answer to send.
failure-no-request-body = The request was put away, or nothing was changed since. Paste the link once more.
failure-browser-not-opened = The browser did not open.
failure-browser-not-opened-body = Open it yourself and go to app.360dialog.com.
failure-messaging-name-not-found = The messaging host's address was not found.
failure-messaging-no-connection = 360dialog's messaging host can't be reached.
failure-messaging-certificate = This is perhaps not 360dialog's messaging host.
failure-messaging-no-answer = The messaging host did not answer.
failure-messaging-refused = The messaging host would not say.
failure-messaging-refused-body = It neither takes the key nor refuses it. Try again in a few minutes.
failure-messaging-not-there = The messaging host doesn't have this.
failure-messaging-not-there-body = It answered, and not to this question. That says nothing about the key.
failure-webhook-refused = 360dialog refused to set it.
failure-webhook-refused-body = Try again, or ask whoever provides your chat software to set it.
failure-messaging-too-many = The messaging host asks to wait.
failure-messaging-in-trouble = The messaging host is in trouble itself.
failure-messaging-not-understood = The messaging host's answer was not understood.

## The webhooks after a key was replaced

webhook-named = { $host } (“{ $name }”)
webhook-as-before =
    { $count ->
        [one] The webhook is as it was: messages are delivered to { $hosts }.
       *[other] All { $count } webhooks are as they were: { $hosts }.
    }
webhook-none-before = No webhook was set on this number before, so none was lost.
webhook-none-before-incomplete = No webhook was set on this number itself before.
webhook-cleared = The webhook is cleared. Before, messages went to { $host }.
webhook-one-differs = { $host }: { $now }
webhook-some-differ = { $count } of { $of } webhooks are not as they were before.
webhook-line-as-before = is set as before.
webhook-line-not-set = is not set.
webhook-line-changed = was changed: it has another address there, or other headers.
webhook-line-other = was replaced by { $now }.
webhook-line-off = is set, but switched off.
webhook-line-not-told = could not be looked up.
webhook-needs-main = Extra webhooks get messages only while the main one works.
webhook-elsewhere = Messages may still arrive. The number's WhatsApp Business account (WABA) can have a webhook of its own. A partner can have one for all numbers.
webhook-incomplete = This number may have extra webhooks that we couldn't look up.
webhook-not-set-again = Not set again: { $hosts }.
webhook-refused-not-https = 360dialog refuses the address at { $host }: it doesn't begin with https.
webhook-refused-underscore = 360dialog refuses the address at { $host }: the host's name has “_” in it.
webhook-refused-port = 360dialog refuses the address at { $host }: it has a port, such as “:3000”.
webhook-refused-do = So it can't be set again. Ask whoever runs that software for another address.
webhook-other = Messages go to { $now } now. Before, they went to { $host }. If somebody changed that on purpose, leave it.
webhook-no-key = It can't be seen whether messages still go to { $hosts }: no key that lies here can ask. Open the keychain, or wait for the new key.
webhook-key-refused = It can't be seen whether messages still go to { $hosts }: the key kept here is refused.
webhook-not-told = It could not be seen whether messages still go to { $hosts }.
webhook-gone = What was noted of the webhook to { $hosts } is not in { $keychain } any more. Whoever provides your chat software sets it again.
webhook-let-go-done = You left the webhook as it is. What was noted of it is gone from this computer.
webhook-was =
    { $headers ->
        [0] Read { $time }: { $host }, without headers.
        [one] Read { $time }: { $host }, with one header.
       *[other] Read { $time }: { $host }, with { $headers } headers.
    }
webhook-set =
    { $count ->
        [one] Set it again to { $hosts }
       *[other] Set them again
    }
webhook-were-read = Read { $time }, with all their headers.
webhook-set-busy =
    { $count ->
        [one] Setting it again
       *[other] Setting them again
    }
webhook-let-go =
    { $count ->
        [one] Leave it as it is
       *[other] Leave them as they are
    }
webhook-let-go-sure =
    { $count ->
        [one] Leave it, and forget what was noted
       *[other] Leave them, and forget what was noted
    }
webhook-let-go-stay = Keep what was noted
webhook-let-go-hint = What was noted of { $hosts } is then gone from this computer.
webhook-fact-set = Messages are delivered to { $host }.
webhook-fact-not-set = No webhook is set on this number itself.
webhook-fact-extra =
    { $count ->
        [one] Extra webhook: { $hosts }. It gets messages only while the main one works.
       *[other] Extra webhooks: { $hosts }. They get messages only while the main one works.
    }
webhook-fact-extra-off =
    { $count ->
        [one] Extra webhook, switched off: { $hosts }.
       *[other] Extra webhooks, switched off: { $hosts }.
    }
webhook-fact-ask = Not looked up yet. It is asked with the key kept here; no message is sent.
webhook-fact-no-key = Not known. It is asked with the number's own key, and none that works is kept here.
webhook-fact-look = Look it up
details-webhook = Webhook

## Goals of several steps

goal-let-in = Let { $partner } in
goal-let-in-link = Let { $partner } in, step by step
goal-let-in-lead = { $Partner } gets the permission to make keys for a number, and you tell them so. A key that they make replaces the one in use: agree on the moment.
goal-let-in-reached = { $Partner } may make keys for this number, and knows it. When they make one, today's key stops working.
goal-lock-out = Lock { $partner } out
goal-lock-out-link = Lock { $partner } out, step by step
goal-lock-out-lead = Taking the permission back is not enough: a key that { $partner } already has may keep working until a new key is made. So you take it back and replace the key, and your own programs get the new one.
goal-lock-out-reached = { $Partner } has no permission for this number, and every earlier key was replaced.
goal-leaked = A key was seen by others
goal-leaked-link = I pasted my key somewhere public
goal-leaked-lead = Whoever saw the key can send and read messages of this number until it is replaced. This is the shortest safe way to a new one.
goal-leaked-calm = Don't start by deleting the message: a copy may be anywhere. Replacing the key makes every copy useless.
goal-leaked-reached = The key that was seen is replaced. Now delete the message or page where it stood.
goal-begin = Begin
goal-begin-leaked = Replace this key
goal-changes-nothing = Nothing changes by beginning. You can stop after each step and go on later, also after a restart.
goal-loading = Looking at how far it is
goal-other = For this number you are in the middle of something else: “{ $goal }”, with the step “{ $next }” to take. Beginning this here puts that away; what was done stays done.
goal-progress = { $done } of { $all } steps are behind you.
goal-next = Next: { $next }.
goal-go-on = Go on
goal-leave = Leave it for now
goal-steps = The steps
goal-reached = That's it.
goal-by-hand = Said by you
goal-stuck = In the way
goal-open = Not known here
goal-put-away = Give this up
goal-put-away-sure = Give it up
goal-put-away-stay = Go on with it
goal-put-away-hint = What was done stays done. Not done: “{ $next }”.
goal-put-away-hint-key = What was done stays done. Not done: “{ $next }”. Until the key is replaced, an earlier one may keep working.
goal-letter = Text without the key
goal-letter-let-in = You have the permission to make API keys for our WhatsApp number { $number }.
goal-letter-not-running = The number is not running yet. A key can be made once it is.
goal-letter-client = Client: { $client }
goal-letter-before-you-make = A new key stops the one in use at once. Tell us before you make one.
goal-letter-replace = The API key of our WhatsApp number { $number } was seen by people who should not have it. Make a new one at once.
goal-letter-replace-how = The new key stops the old one. Put it where the old one is used, set the webhook again if it was cleared, and tell us when that is done. Don't send the key itself in a message.

step-give = Give { $partner } the permission
step-give-more = From then on { $partner } can make keys for this number. Each one they make stops the one before.
step-give-go = Give the permission
step-tell = Tell { $partner }
step-tell-more = They don't hear of it by themselves.
step-tell-not-running = This number isn't running yet, so { $partner } can make no key for it today.
step-tell-done = I told them
step-remove = Take the permission back
step-remove-more = Then { $partner } can make no more keys for this number. A key they already have may keep working until the next step.
step-remove-go = Take it back
step-remove-by-hand = I took it back on 360dialog's own page
step-make = Make a new key
step-make-more = It stops every earlier key at once, also the one you use. You read everything once more before it happens.
step-keep = Keep the new key
step-keep-more = You need it for the programs that used the old one.
step-keep-go = Look at the new key
step-test = Test the new key
step-test-more = 360dialog is asked whether it works. No message is sent.
step-test-go = Test “{ $label }”
step-dead = See that the earlier key is dead
step-dead-more = The earlier key that is kept here is tested. Refused is what you want to see.
step-webhook = Set the webhook again
step-webhook-more = Making a key is reported to clear the address where your messages are delivered.
step-webhook-by-hand = I had it set again
step-places = Put the new key where the old one was used
step-places-more = Note each program that used the old key, paste the new one there, then tick it.
step-places-none = It is used nowhere else
step-give-back = Give { $partner } the permission again, if you want
step-give-back-more = { $Partner } had it before. Give { $partner } the new key, or agree that they make one, which stops yours.
step-give-back-not = Leave it with me
step-undo = I take that back

why-no-partner = This client has no partner, so there is nobody to give or take a permission from.
why-refused = 360dialog would refuse a new key from you now.
why-outcome-open = A key was asked for, and it is not known whether it was made. The number's page helps to find out.
why-new-refused = The new key is refused: a later one was probably made elsewhere. Find out who made it before you make another.
why-other-number = The new key turned out to be for another number. Ask 360dialog's support before you go on.
why-not-here = The new key is not kept here, so it can't be tested here.
why-nothing-to-test = No earlier key is kept here, so none can be tested. 360dialog's documentation says that a new key stops every earlier one at once.
why-still-works = An earlier key still works. That is not as documented: tell 360dialog's support, and treat that key as open.
why-nothing-noted = What it was is not known here: no working key was kept here before.
why-nothing-noted-how = Whoever provides your chat software can set it again; the address is in that software's settings.

help-leaked-title = I pasted my key somewhere public
help-leaked = A chat, an e-mail, a forum, a ticket: whoever saw it can use it until it is replaced. This leads you there step by step.
help-leaked-go = Replace the key safely
