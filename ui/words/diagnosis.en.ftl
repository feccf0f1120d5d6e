## A diagnosis of a channel, in English. It is read by others: the client, a colleague, 360dialog.

title = WhatsApp channel { $channel }
made = Made { $time } with Channel Keys { $version }, at the support desk of { $partner }.
hub = Hub: { $host }
hub-practice = Hub: { $host }, a practice Hub. Nothing of this is real.
quoted = “{ $said }”
list = { $before }, { $next }
list-last = { $before } and { $last }
with-age = { $what }, told { $age }
with-hub-word = { $what } (the Hub's word: { $word })
not-told = not told
not-checked = not checked yet
yes = yes
no = no

## Ages, counted back from the time at which the diagnosis was made

age-now = just before
age-seconds = { $count } s before
age-minutes = { $count } min before
age-hours =
    { $count ->
        [one] an hour before
       *[other] { $count } hours before
    }
age-days =
    { $count ->
        [one] a day before
       *[other] { $count } days before
    }

## What is told

section-verdict = Can a key be made?
section-facts = What 360dialog told
section-open = What is not told on this side
section-ids = Identifiers
section-errors = Calls that failed
label-next = Next
label-state = State
label-status = Set-up
label-hub-status = At 360dialog
label-running = Running
label-permission = Partner permission
label-limit = People it can write to in 24 hours
label-quality = Quality
label-name = Name
label-read = Read from 360dialog
label-listed = Listed by 360dialog
label-health = Health (asked with a key that lies on this computer)
label-webhook = Webhook (asked with a key that lies on this computer)
label-number = Number
label-client-name = Client
label-channel-id = Channel id
label-client-id = Client id
label-client-email = Client's e-mail
label-waba-id = WhatsApp Business Account
label-external-id = Meta phone number id
label-partner-id = Partner id
open-payer = who pays
open-health = health
open-webhook = webhook
not-listed = no longer, and all of this is what was last told
webhook-not-set = none is set on the number itself
could-not-ask-by-key = With the key that lies on this computer it could not be asked the last time: { $why }
could-not-ask = The permission could not be asked for the last time: { $why }

## States

state-running = connected and running
state-not-running = set up, and not running
state-not-told = not told
unknown-word = a word that this program does not know
status-created = set-up has begun
status-unverified = waiting for Meta to verify the display name
status-verified = display name verified, the number is being connected
status-ready = set up
status-setting-up = being set up by 360dialog
status-name-review = new display name under review at Meta
status-name-declined = display name declined by Meta
status-error = in error
status-to-move = ready to be moved to 360dialog
status-code-sent = waiting for the code that was sent to the number
hub-live = served by 360dialog
hub-pending-deletion = about to be deleted
hub-terminated = ended by 360dialog
hub-cancelled = cancelled
hub-deleted = deleted
permission-shared = Shared: the partner may make keys for it
permission-missing = Missing: the partner may not make keys for it
health-available = can send
health-limited = can send with limits
health-blocked = can't send
limit-people = { $count }
limit-none = no limit

## Verdicts

partner-yes = The partner can make an API key: the client shared this number.
partner-not-running = The partner can't make an API key: this number is not live and running.
partner-not-shared = The partner can't make an API key: the client has not shared this number.
partner-open = 360dialog did not say whether the partner can make an API key. Open: { $facts }.
client-not-running = The client can't make an API key: this number is not live and running.
client-partner-manages = The client can't make an API key while the partner has the permission. It can take the permission back.
client-partner-manages-and-pays = The client can't make an API key while the partner has the permission, and the partner pays.
client-undocumented = Nobody has written down whether the client can make an API key here.
client-manages = The client can make an API key.
client-open = Whether the client can make an API key is not certain. Open: { $facts }.
fact-running = whether the number is live and running
fact-has-partner = whether the client has a partner
fact-payer = who pays
fact-permission = whether the client shared the number
next-make-key = The partner makes the key. A new key ends today's key at once.
next-client-gives = The client gives the permission, in 360dialog's Hub, in the profile menu, under “Partner”.
next-get-running = { $actor } When the number runs, a key can be made.
next-check = The partner asks 360dialog for this client's permissions again.
next-hub-decides = The partner tries it, and 360dialog decides.
actor-nobody = Nobody has to act.
actor-client = The client acts.
actor-client-or-partner = The client or the partner acts.
actor-meta = Meta acts, and the others wait.
actor-360dialog = 360dialog acts, and the others wait.
actor-ask-360dialog = The partner asks 360dialog.

## Calls that failed

errors-none = None that is known since this desk was opened.
error = { $time }: { $call }: { $how }
error-rows = { $count } times in a row, first { $time }.
error-wait = The Hub asked to wait for { $count } s.
error-said = The Hub said: { $said }
error-over = The same call went well afterwards.
error-status = HTTP { $status }.
waits = The Hub asked to be left alone until { $time }.
how-name-not-found = the Hub's address was not found, and nothing was sent.
how-no-connection = the Hub was not reached, and nothing was sent.
how-certificate = the Hub's certificate is not trusted, and nothing was sent.
how-no-certificates = this computer has no list of trusted certificates, and nothing was sent.
how-proxy = a proxy on the way let nothing through, and nothing was sent.
how-no-answer = the Hub was asked and did not answer.
how-session-ended = the Hub did not accept the session any more.
how-key-refused = the key was refused.
how-refused = the Hub refused.
how-not-there = the Hub does not have this (HTTP 404 or 405).
how-too-many = the Hub asked to wait.
how-in-trouble = the Hub is in trouble itself.
how-not-understood = the answer was not understood.
how-other = it did not come to a call.
