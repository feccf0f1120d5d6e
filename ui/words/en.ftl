## The program itself

app-name = Channel Keys
start-not = Channel Keys does not start
start-profile-in-use = Channel Keys is running already with this profile. Its window is open; nothing was started.
start-profile-not-writable = Channel Keys can't write to its folder, so it can't remember what it does. Make the folder writable, or name another one with --profile.
start-records-newer = A later version of Channel Keys wrote { $file }. Start that version, or name another folder with --profile.
start-records-unreadable = Channel Keys can't read { $file }. It is damaged or not readable. Nothing was changed. Move the file away to start afresh, or name another folder with --profile.
start-no-window = Channel Keys can't open a window here. It needs a desktop: a screen, or a virtual one such as Xvfb.

## On every page

page-title = { $page }: Channel Keys
practice-banner = Practice: nothing here is real
header-sign-out = Sign out
header-change-client = Change client
header-who = Signed in as { $email }
your-partner = your partner
your-partner-start = Your partner
keychain-mac = Keychain
keychain-windows = Credential Manager
keychain-linux = Passwords and Keys
try-again = Try again
sign-in-again = Sign in again
go-back = Back
not-told = not told
show = Show
hide = Hide
show-password = Show password
hide-password = Hide password
time-today = today, { $time }
age-now = just now
age-seconds = { $count } s ago
age-minutes = { $count } min ago
age-hours =
    { $count ->
        [one] an hour ago
       *[other] { $count } hours ago
    }

## Signing in

sign-in-title = Sign in to 360dialog
sign-in-lead = See who can make API keys for your WhatsApp numbers, and make one yourself.
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

practice-title = Choose who you want to be
practice-lead = Each of these people is invented. Sign in as one, make keys, break things: no real number changes.
practice-list = Practice accounts
practice-sign-in-as = Sign in as { $name }
practice-side-client-owner = Client, Owner
practice-side-client-member = Client, Member
practice-side-partner-owner = Partner, Owner
practice-side-partner-member = Partner, Member
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

partner-title = This is a partner's account
partner-lead = The support desk is not part of this version. It will let partners see their clients' numbers and make keys where a client shared them.
partner-next = If you also have a client account, sign out and sign in with that one: 360dialog asks for two different e-mail addresses.
partner-id = Partner id

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
list-clear = Show all numbers
list-empty-title = There is no WhatsApp number here yet.
list-empty = 360dialog lists none for { $client }. When a number has been signed up, press Check again.
list-empty-client = this account
list-key-here = key kept here
list-pick-title = Your numbers at a glance
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

waiting-safety-title = A new key waits for your decision.
waiting-safety = { $channel }: its safety copy is in { $keychain }.
waiting-memory-title = A new key is stored nowhere yet.
waiting-memory = { $channel }: it lies only in this program. Save it or copy it.
waiting-open-title = We can't tell whether a key was made.
waiting-open = { $channel }: asked for { $time }, and no answer came.
waiting-lost-title = A new key was lost.
waiting-lost = { $channel }: it was made { $time } and the program ended before it was stored.
waiting-look = Look at it
waiting-more =
    { $count ->
        [one] One more waits; you find it with its number.
       *[other] { $count } more wait; you find them with their numbers.
    }

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
next-get-running = { $actor }.
next-try-it = You can try: the Hub decides, and its answer is shown here.

fact-running = whether it is live and running
fact-has-partner = whether you have a partner
fact-payer = who pays
fact-permission = whether { $partner } has the permission

off-not-running = Off, because this number is not live and running.
off-partner-manages = Off, because { $partner } has the permission.
off-partner-manages-and-pays = Off, because { $partner } has the permission and pays.
off-not-shared = Off, because the client has not shared this number.
off-take-back = How to take it back
off-ask-partner = What to ask { $partner }
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
permission-label = 360dialog calls this “Partner API Key Permission: { $word }”.
explain-shared-client = You pay 360dialog directly, so you decide.
explain-shared-partner = { $Partner } pays 360dialog for this number, and then has the permission by default.
explain-shared-not-told = You shared the permission. Who pays 360dialog is not told.
explain-missing-client = You pay 360dialog directly and have not shared the permission. A key that { $partner } made earlier may keep working until a new key is made.
explain-missing-partner = { $Partner } pays 360dialog for this number but doesn't have the permission. A key that { $partner } made earlier may keep working until a new key is made.
explain-missing-not-told = You have not shared the permission. A key that { $partner } made earlier may keep working until a new key is made.
explain-not-told = 360dialog did not say. That means neither yes nor no.
explain-no-partner = You have no partner at 360dialog, so nobody else makes keys for this number.
how-take-back-title = Take the permission back
how-take-back-1 = Open 360dialog's Hub in your browser (app.360dialog.com) and sign in.
how-take-back-2 = Choose your profile in the top menu, then “Partner”. You see what { $partner } may do.
how-take-back-3 = Take the permission away for { $channel }.
how-take-back-4 = Come back here and press Check again.
how-take-back-after = { $Partner }'s present key may keep working until a new key is made.
how-ask-title = Ask { $partner }
how-ask-1 = Ask { $partner } to make a key for { $channel } and to hand it to you.
how-ask-2 = Or ask whether you may take the permission back. You do that in 360dialog's Hub: your profile in the top menu, then “Partner”. As { $partner } pays, 360dialog may refuse it.
how-running-title = What has to happen first
how-running-1 = { $meaning }
how-running-2 = When it runs, press Check again.
how-client-gives-title = How the permission is given
key-card-title = Your key
key-card-none = None kept on this computer.
key-card-count =
    { $count ->
        [one] One kept on this computer.
       *[other] { $count } kept on this computer.
    }
key-make = Make a new key
key-list = Keys on this computer
key-nameless = Key without a name
key-safety = Safety copy
key-memory = Stored nowhere yet
key-kept = Kept
key-open = Made or not: open
key-lost = Lost
key-not-made = Not made
key-let-go = Not kept here
key-made = Made { $time }
key-asked = Asked for { $time }
key-replaced = Replaced by a later key { $time }: it works no longer.
key-open-meaning = No answer came, so the key may or may not exist. If it does, every earlier key stopped working. Make another one to be sure.
key-lost-meaning = The key was made, so earlier keys stopped working, and the program ended before it was stored. Make another one.
key-put-away = Put this note away
facts-title = Details
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
before-here-tail = the one that ends in { $tail } AK
before-here-bare = the one made { $time }
before-webhook = The webhook may be cleared.
before-webhook-more = That is reported, not documented. Note the address where your messages are delivered, so that you can set it again.
before-partner = { $Partner } may be using today's key.
before-partner-more = If { $partner } ever made a key for this number, its software stops too. Tell { $partner } before you start.
before-uses = Have what uses the key at hand.
before-uses-more = Your booking system, chatbot or shop needs the new key within minutes.
before-open = Whether 360dialog allows it is not known.
before-open-facts = Not told: { $facts }. The Hub decides; if it refuses, today's key stays.
before-open-undocumented = { $Partner } pays and doesn't have the permission; no document says what then. The Hub decides; if it refuses, today's key stays.
before-safe = The new key can't get lost.
before-safe-more = A safety copy goes into { $keychain } before you see it.
before-locked = { $keychain } is locked.
before-locked-more = It asks for its password when the key arrives. Unlock it then, so that the safety copy can be made.
before-absent = The key can't be kept on this computer.
before-not-set-up-more = { $keychain } was never set up here. Set it up first, or be ready to copy the key: that is then the only way to have it.
before-absent-more = { $keychain } doesn't answer. Copying the key is then the only way to have it: closing it uncopied loses it.
before-understood = I understand: I have to copy it before I close this
before-tick-first = Tick the box above first.
before-age = Facts read { $age }
before-not-now = Not now
before-replace = Replace the key of … { $tail }
before-replace-named = Replace the key of { $name }
before-refused-title = No key can be made for { $number } now
before-refused = What 360dialog says has changed since you opened this page. Nothing was sent.

sending-title = Asking 360dialog for the key
sending-lead = The program asks once and does not repeat. Leave the window open.

made-title = The new key is here
made-lead = { $channel }. 360dialog shows it only this once.
made-waiting-title = A key waits for your decision
made-waiting-lead = { $channel }, made { $time }.
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
made-safe-title = A safety copy is in { $keychain }.
made-safe = Closing the program or a power cut can't lose it. It stays until you save the key or say you don't want it here.
made-kept-title = Saved in { $keychain }.
made-kept = Its name is “{ $label }”. You find it again on this number's page.
made-nowhere-title = This key is stored nowhere.
made-nowhere = It lies only in this window. Copy it to where it is used, or save it, before you do anything else.
made-next-title = Now put it where it is used
made-next-1 = Copy the key and paste it into every program that used the old one.
made-next-2 = Check that messages arrive: the webhook may have been cleared.
made-next-3 = Test the key here: no message is sent.
made-done = Done
made-let-go = Don't keep it here
made-let-go-nowhere = I have stored it elsewhere: let it go
made-let-go-sure = Don't keep it: you can't see it again
made-let-go-hint = The key goes on working where you pasted it. This program can't show it again.
made-let-go-stay = Keep it
made-done-refused-title = This key would be lost.
made-done-refused = It is stored nowhere but in this window. Save it, or copy it and then choose “I have stored it elsewhere: let it go”.
made-closing-title = The window stays open, because this key would be lost.
made-closing = It is stored nowhere else. Save it, or copy it and let it go; then the window closes.
made-leaving-title = You are still signed in, because this key would be lost.
made-leaving = It is stored nowhere else. Save it, or copy it and let it go; then sign out.

key-hidden = The key is hidden. It ends in { $tail } AK.
key-hidden-bare = The key is hidden.
key-hides = Hides itself after 30 seconds.
key-show = Show
key-hide = Hide

test-works = It works, and the number can send.
test-works-limited = It works. Meta limits what the number can send.
test-works-blocked = It works, but Meta blocks the number from sending. That is not the key's fault: look in 360dialog's Hub for the reason.
test-works-not-told = It works. Whether the number can send is not told.
test-other-number = It works, but for another number (id at Meta: { $id }). Don't use it here.
test-other-number-bare = It works, but for another number. Don't use it here.
test-refused = It is refused: this key works no longer.
test-could-not-ask = It could not be tested. That says nothing about the key.

not-made-title = No key was made
not-made-lead = { $channel }. Today's key still works.
not-made-back = Back to the number
unknown-title = We can't tell whether a key was made
unknown-lead = { $channel }
unknown-what = The request went out, and no clear answer came back. The program does not ask twice by itself.
unknown-means = If a key was made, nobody has seen it, and every earlier key stopped working.
unknown-do = What to do now
unknown-do-test = Test the key that is kept here:
unknown-do-works = So nothing was made: go on as before.
unknown-do-refused = So a new key was made, and nobody has it. Make another one.
unknown-do-look = See whether messages still go out and come in. If they do, today's key still works.
unknown-do-again = If not, make another key: it replaces whatever is there.
unknown-back = Back to the number
unknown-make = Start again

## When something stands in the way: what happened, what it means, what to do

failure-said = The Hub answered:
failure-wait =
    { $count ->
        [one] Try again in a second.
       *[other] Try again in { $count } seconds.
    }
failure-hub-name-not-found = The Hub's address was not found.
failure-hub-name-not-found-body = This computer is probably not connected to the internet. Nothing was sent.
failure-hub-no-connection = The Hub can't be reached.
failure-hub-no-connection-body = The connection did not come about: the internet, a firewall or a VPN may stand between. Nothing was sent.
failure-hub-certificate = This is perhaps not the real Hub.
failure-hub-certificate-body = Its certificate is not trusted here, so nothing was sent. A firewall that reads along does this, and so does a wrong clock.
failure-hub-no-answer = The Hub did not answer.
failure-hub-no-answer-body = It was asked, and no complete answer came. It may be busy.
failure-wrong-password = E-mail or password is wrong.
failure-wrong-password-body = Look at both once more. They are the ones of 360dialog's Hub.
failure-second-factor = The Hub asks for more than a password.
failure-second-factor-body = This account has a second factor, and this version can't ask for it. Your keys can be made in 360dialog's Hub, at app.360dialog.com.
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
failure-keychain-absent-body = { $keychain } is not there or not running, so nothing could be stored in it.
failure-keychain-stayed-locked = The keychain stayed locked.
failure-keychain-stayed-locked-body = { $keychain } was not unlocked. Unlock it, then try again.
failure-keychain-refused = The keychain refused.
failure-keychain-refused-body = { $keychain } did not take or give the key. Open it and see whether it works.
failure-keychain-not-kept = The keychain did not keep the key.
failure-keychain-not-kept-body = { $keychain } took it and did not give the same back. Don't rely on it: copy the key.
failure-records-out = The program's own records can't be used.
failure-records-out-body = Its folder is full, damaged or not writable. Keys in the keychain are not touched by that.
failure-not-signed-in = Nobody is signed in.
failure-not-signed-in-body = Sign in to go on.
failure-no-roles = This account belongs to no client and no partner.
failure-no-roles-body = The password is right, and there is nothing to see. Ask the owner of your business's account to add you.
failure-no-such-channel = This number is not in the list any more.
failure-no-such-channel-body = The Hub doesn't list it for this client. Check again.
failure-no-such-key = This key is not here any more.
failure-no-such-key-body = It was taken out of the keychain, perhaps in { $keychain } itself.
failure-already-asked = This was asked for already.
failure-already-asked-body = The program does not ask a second time by itself.
failure-known-to-be-refused = 360dialog would refuse this.
failure-known-to-be-refused-body = Nothing was sent. The number's page says why.
failure-stored-nowhere = A key would be lost.
failure-stored-nowhere-body = It lies only in this program. Save it, or copy it and let it go.
failure-practice-out = Practice could not start.
failure-practice-out-body = Its port or its folder on this computer can't be used. The rest of the program works.
failure-clipboard-refused = The key was not copied.
failure-clipboard-refused-body = The clipboard did not take it. Try again, or show the key and write it down.
failure-program = Something in this program broke.
failure-program-body = It could not finish what you asked. Try again; if it stays so, quit the program and start it.
