## Eine Diagnose eines Kanals, auf Deutsch. Andere lesen sie: der Kunde, eine Kollegin, 360dialog.

title = WhatsApp-Kanal { $channel }
made = Erstellt { $time } mit Channel Keys { $version }, am Support-Platz von { $partner }.
hub = 360dialog-Hub: { $host }
hub-practice = 360dialog-Hub: { $host }, ein Übungs-Hub. Nichts davon ist echt.
quoted = „{ $said }“
list = { $before }, { $next }
list-last = { $before } und { $last }
with-age = { $what }, Stand { $age }
with-hub-word = { $what } (Wort des Hubs: { $word })
not-told = keine Angabe
not-checked = noch nicht geprüft
yes = ja
no = nein

## Alter, zurückgerechnet von der Zeit, zu der die Diagnose erstellt wurde

age-now = gerade eben
age-seconds = { $count } s vorher
age-minutes = { $count } min vorher
age-hours =
    { $count ->
        [one] eine Stunde vorher
       *[other] { $count } Stunden vorher
    }
age-days =
    { $count ->
        [one] einen Tag vorher
       *[other] { $count } Tage vorher
    }

## Was angegeben ist

section-verdict = Kann ein Schlüssel erstellt werden?
section-facts = Was 360dialog angibt
section-open = Was auf dieser Seite nicht angegeben wird
section-ids = Kennungen
section-errors = Fehlgeschlagene Abfragen
label-next = Nächster Schritt
label-state = Zustand
label-status = Einrichtung
label-hub-status = Bei 360dialog
label-running = In Betrieb
label-permission = Freigabe für den Partner
label-limit = Erreichbare Personen in 24 Stunden
label-quality = Qualität
label-name = Anzeigename
label-read = Von 360dialog gelesen
label-listed = In der Liste von 360dialog
label-health = Sendefähigkeit (mit einem Schlüssel abgefragt, der auf diesem Computer liegt)
label-webhook = Ziel der Nachrichten (Webhook; mit einem Schlüssel abgefragt, der auf diesem Computer liegt)
label-number = Nummer
label-client-name = Kunde
label-channel-id = Kanal-ID
label-client-id = Kunden-ID
label-client-email = E-Mail des Kunden
label-waba-id = WhatsApp-Business-Konto
label-external-id = Metas ID der Nummer
label-partner-id = Partner-ID
open-payer = wer bezahlt
open-health = Sendefähigkeit
open-webhook = Ziel der Nachrichten (Webhook)
not-listed = nicht mehr; alles hier ist der letzte bekannte Stand
webhook-not-set = an der Nummer selbst ist keins gesetzt
could-not-ask-by-key = Mit dem Schlüssel, der auf diesem Computer liegt, konnte zuletzt nicht abgefragt werden: { $why }
could-not-ask = Die Freigabe konnte zuletzt nicht abgefragt werden: { $why }

## Zustände

state-running = verbunden und in Betrieb
state-not-running = eingerichtet, aber nicht in Betrieb
state-not-told = keine Angabe
unknown-word = ein Wort, das dieses Programm nicht kennt
status-created = Einrichtung begonnen
status-unverified = Meta muss den Anzeigenamen noch prüfen
status-verified = Anzeigename geprüft, die Nummer wird verbunden
status-ready = eingerichtet
status-setting-up = wird von 360dialog eingerichtet
status-name-review = neuer Anzeigename wird von Meta geprüft
status-name-declined = Anzeigename von Meta abgelehnt
status-error = gestört
status-to-move = bereit zum Umzug zu 360dialog
status-code-sent = wartet auf den Code, der an die Nummer ging
hub-live = von 360dialog betrieben
hub-pending-deletion = wird demnächst gelöscht
hub-terminated = von 360dialog beendet
hub-cancelled = gekündigt
hub-deleted = gelöscht
permission-shared = freigegeben (Shared): der Partner darf Schlüssel erstellen
permission-missing = fehlt (Missing): der Partner darf keine Schlüssel erstellen
health-available = kann senden
health-limited = kann mit Einschränkungen senden
health-blocked = kann nicht senden
limit-people = { $count }
limit-none = unbegrenzt

## Urteile

partner-yes = Der Partner kann einen API-Schlüssel erstellen: Der Kunde hat diese Nummer freigegeben.
partner-not-running = Der Partner kann keinen API-Schlüssel erstellen: Diese Nummer ist nicht in Betrieb.
partner-not-shared = Der Partner kann keinen API-Schlüssel erstellen: Der Kunde hat diese Nummer nicht freigegeben.
partner-open = 360dialog hat nicht angegeben, ob der Partner einen API-Schlüssel erstellen kann. Offen: { $facts }.
client-not-running = Der Kunde kann keinen API-Schlüssel erstellen: Diese Nummer ist nicht in Betrieb.
client-partner-manages = Der Kunde kann keinen API-Schlüssel erstellen, solange der Partner die Freigabe hat. Er kann die Freigabe zurücknehmen.
client-partner-manages-and-pays = Der Kunde kann keinen API-Schlüssel erstellen, solange der Partner die Freigabe hat; und der Partner bezahlt.
client-undocumented = Ob der Kunde hier einen API-Schlüssel erstellen kann, steht nirgends geschrieben.
client-manages = Der Kunde kann einen API-Schlüssel erstellen.
client-open = Ob der Kunde einen API-Schlüssel erstellen kann, ist nicht sicher. Offen: { $facts }.
fact-running = ob die Nummer in Betrieb ist
fact-has-partner = ob der Kunde einen Partner hat
fact-payer = wer bezahlt
fact-permission = ob der Kunde die Nummer freigegeben hat
next-make-key = Der Partner erstellt den Schlüssel. Ein neuer Schlüssel beendet den heutigen sofort.
next-client-gives = Der Kunde erteilt die Freigabe: im Hub von 360dialog, im Profilmenü, unter „Partner“.
next-get-running = { $actor } Sobald die Nummer in Betrieb ist, kann ein Schlüssel erstellt werden.
next-check = Der Partner fragt die Freigaben dieses Kunden noch einmal bei 360dialog ab.
next-hub-decides = Der Partner versucht es, und 360dialog entscheidet.
actor-nobody = Niemand muss etwas tun.
actor-client = Der Kunde ist am Zug.
actor-client-or-partner = Der Kunde oder der Partner ist am Zug.
actor-meta = Meta ist am Zug, alle anderen warten.
actor-360dialog = 360dialog ist am Zug, alle anderen warten.
actor-ask-360dialog = Der Partner fragt bei 360dialog nach.

## Fehlgeschlagene Abfragen

errors-none = Keine bekannt, seit dieser Support-Platz geöffnet wurde.
error = { $time }: { $call }: { $how }
error-rows = { $count }-mal nacheinander, zuerst { $time }.
error-wait = Der Hub bat, { $count } s zu warten.
error-said = Der Hub sagte: { $said }
error-over = Dieselbe Abfrage gelang danach.
error-status = HTTP-Status { $status }.
waits = Der Hub bat, bis { $time } nicht mehr gefragt zu werden.
how-name-not-found = die Adresse des Hubs wurde nicht gefunden, nichts wurde gesendet.
how-no-connection = der Hub war nicht erreichbar, nichts wurde gesendet.
how-certificate = das Zertifikat des Hubs ist nicht vertrauenswürdig, nichts wurde gesendet.
how-no-certificates = auf diesem Computer fehlt die Liste vertrauenswürdiger Zertifikate, nichts wurde gesendet.
how-proxy = ein Proxy auf dem Weg hat nichts durchgelassen, nichts wurde gesendet.
how-no-answer = der Hub wurde gefragt und antwortete nicht.
how-session-ended = der Hub nahm die Sitzung nicht mehr an.
how-key-refused = der Schlüssel wurde abgelehnt.
how-refused = der Hub lehnte ab.
how-not-there = der Hub hat das nicht (HTTP 404 oder 405).
how-too-many = der Hub bat zu warten.
how-in-trouble = der Hub ist selbst gestört.
how-not-understood = die Antwort wurde nicht verstanden.
how-other = es kam nicht zu einer Abfrage.
