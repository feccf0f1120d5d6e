//! Signing in and out, staying signed in, and working without being signed in.

use std::sync::Arc;

use super::{ChannelKeys, Route, Trouble};
use crate::accounts::KeptSession;
use crate::channel::ClientId;
use crate::history::{Ended, What};
use crate::hub::{Hub, HubError, NewSession, Person, Rank, Role};
use crate::keychain::{Entry, KeychainError, Probe};
use crate::partner_hub::Pass;
use crate::records::Realm;
use crate::secret::{Password, Secret, SessionToken};
use crate::session::{ClientSession, Session};
use crate::text::id_for_showing;
use crate::times::later;

impl ChannelKeys {
    /// Turns to another Hub, signed out. Refused while a key is being made, or lies in memory alone.
    pub fn turn_to(&self, route: Route) -> Result<(), Trouble> {
        self.leave()?;
        self.state().route = route;
        Ok(())
    }

    /// Exchanges a password for a session, and learns whose it is. Into a locked program nobody else signs in.
    pub async fn sign_in(&self, email: &str, password: &Password) -> Result<Session, Trouble> {
        let route = self.route();
        let email = email.trim();
        if let Session::Locked(locked) = self.session() {
            let same = locked.person.email == email;
            return if same { self.sign_in_again(password).await } else { Err(Trouble::OtherAccount) };
        }
        let NewSession { token, lasts } = route.hub.sign_in(email, password).await?;
        let session = match session_of(&*route.hub, token, email).await {
            Ok(session) => session,
            Err(trouble) => {
                route.hub.close_connections();
                return Err(trouble);
            }
        };
        self.state().until = lasts.told().map(|lasts| later(self.now(), *lasts));
        Ok(self.begin_signed_in(session))
    }

    /// Signs in again where the session ended in mid-work, or the program locked: the same account, and everything
    /// goes on where it was.
    pub async fn sign_in_again(&self, password: &Password) -> Result<Session, Trouble> {
        let (route, person) = {
            let state = self.state();
            let person = match &state.session {
                Session::Client(at_work) => Some(&at_work.person),
                Session::Locked(locked) => Some(&locked.person),
                Session::Partner(at_desk) => at_desk.person.as_ref(),
                _ => None,
            };
            (state.route.clone(), person.ok_or(Trouble::NotSignedIn)?.clone())
        };
        let NewSession { token, lasts } = route.hub.sign_in(&person.email, password).await?;
        let told = route.hub.person(&token).await;
        // The session before this one, or this one where it is of no use.
        route.hub.close_connections();
        match told {
            Ok(told) if told.id != person.id => return Err(Trouble::OtherAccount),
            Ok(_) => {}
            Err(error) if tells_nobody(&error) => {}
            Err(error) => return Err(error.into()),
        }
        let session = {
            let mut state = self.state();
            let token = Arc::new(token);
            match state.session.clone() {
                Session::Client(now) if now.person.id == person.id => {
                    state.session = Session::Client(ClientSession { token, ..now });
                }
                // A locked program has no desk.
                Session::Locked(now) if now.person.id == person.id => drop(state.begin(now.unlock(token))),
                Session::Partner(mut now)
                    if now.person.as_ref().is_some_and(|at_desk| at_desk.id == person.id) =>
                {
                    now.caller.pass = Pass::Session(token);
                    if let Some(desk) = &state.desk {
                        desk.renew(now.caller.pass.clone());
                    }
                    state.session = Session::Partner(now);
                }
                Session::Client(_) | Session::Locked(_) | Session::Partner(_) => {
                    return Err(Trouble::OtherAccount);
                }
                _ => return Err(Trouble::NotSignedIn),
            }
            state.until = lasts.told().map(|lasts| later(self.now(), *lasts));
            state.session.clone()
        };
        if self.kept_session_of(&person).is_some() {
            // The old one is of no use any more; where the new one can't be kept, the next start asks.
            let _ = self.keep_session().await;
        }
        Ok(session)
    }

    /// Chooses one of the person's clients.
    pub fn choose_client(&self, client: &ClientId) -> Result<Session, Trouble> {
        let before = self.session();
        let chosen = before.choose(client).ok_or(Trouble::NotSignedIn)?;
        // Who turns from one client to another signed in before.
        let session = match before {
            Session::Client(_) => self.begin_at_work(chosen),
            _ => self.begin_signed_in(chosen),
        };
        if let Session::Client(at_work) = &session
            && let Some(kept) = self.kept_session_of(&at_work.person)
        {
            let kept = KeptSession { client: client.clone(), ..kept };
            let _ = self.records().write_kept_session(&kept);
        }
        Ok(session)
    }

    /// Names the client where the Hub did not say whose account it is, and checks that it answers.
    pub async fn name_client(&self, client: ClientId) -> Result<Session, Trouble> {
        let session = self.session().name_client(client).ok_or(Trouble::NotSignedIn)?;
        if let Session::Client(at_work) = &session {
            self.route().hub.channels(&at_work.token, &at_work.client).await?;
        }
        Ok(self.begin_signed_in(session))
    }

    /// Opens what this computer remembers of an account, without signing in.
    pub fn open_here(&self, user: &str, client: &ClientId) -> Result<Session, Trouble> {
        let mut accounts = self.accounts()?.into_iter();
        let account = accounts
            .find(|account| account.owner.user == user && account.client == *client)
            .ok_or(Trouble::NotSignedIn)?;
        self.leave()?;
        let session = Session::Here {
            person: Person {
                id: account.owner.user,
                email: account.email,
                name: account.name.into(),
                roles: Vec::new(),
            },
            client: account.client,
            client_name: account.client_name,
        };
        Ok(self.begin(session))
    }

    /// Keeps the session in the keychain, for as long as the Hub lets it live.
    pub async fn keep_session(&self) -> Result<(), Trouble> {
        let (route, at_work) = self.at_work()?;
        let earlier = self.records().kept_session(route.realm)?;
        if earlier.is_some_and(|earlier| earlier.user != at_work.person.id) {
            // Another person's would lie there for good, since one is remembered at a time.
            self.forget_session_of(route.realm).await?;
        }
        let entry = session_entry(route.realm, &at_work.person.id);
        let label = format!("Channel Keys: session of {}", id_for_showing(&at_work.person.email));
        self.ports.keychain.put(&entry, &label, &Secret::from(&*at_work.token)).await?;
        if !self.is_still_theirs(&route, &at_work) {
            return self.forget_left_session(&route, &at_work, &entry).await;
        }
        let until = self.state().until;
        let kept = KeptSession {
            realm: route.realm,
            host: route.hub.host(),
            user: at_work.person.id.clone(),
            client: at_work.client.clone(),
            until,
            ended: false,
        };
        let written = self.records().write_kept_session(&kept);
        if written.is_err() {
            // Nobody would ever find it again.
            let _ = self.ports.keychain.remove(&entry).await;
        }
        if !self.is_still_theirs(&route, &at_work) {
            // Who left before this was written found nothing to forget.
            let _ = self.forget_session_of(route.realm).await;
            return Err(Trouble::NotSignedIn);
        }
        Ok(written?)
    }

    /// Whether it is the session of who is at work, or of who locked the program.
    fn is_still_theirs(&self, route: &Route, at_work: &ClientSession) -> bool {
        let state = self.state();
        let same = match &state.session {
            Session::Client(now) => Arc::ptr_eq(&now.token, &at_work.token),
            Session::Locked(now) => now.person.id == at_work.person.id,
            _ => false,
        };
        same && state.route.realm == route.realm
    }

    /// Its person left while the keychain waited to keep it. What the keychain does not give up is told as where they sign
    /// out, unless somebody else's session is kept by now.
    async fn forget_left_session(
        &self,
        route: &Route,
        at_work: &ClientSession,
        entry: &Entry,
    ) -> Result<(), Trouble> {
        let removed = self.ports.keychain.remove(entry).await;
        if removed.is_err() && self.records().kept_session(route.realm)?.is_none() {
            self.records().write_kept_session(&KeptSession {
                realm: route.realm,
                host: route.hub.host(),
                user: at_work.person.id.clone(),
                client: at_work.client.clone(),
                until: None,
                ended: true,
            })?;
        }
        Err(Trouble::NotSignedIn)
    }

    /// Whose session may be taken up, by e-mail address. Asks no keychain.
    pub fn may_resume(&self) -> Option<String> {
        if self.is_locked() {
            return None;
        }
        let kept = self.records().kept_session(self.realm()).ok().flatten()?;
        if kept.ended || kept.host != self.host() {
            return None;
        }
        let accounts = self.accounts().ok()?;
        accounts.into_iter().find(|account| account.owner.user == kept.user).map(|account| account.email)
    }

    /// Takes up the session that was kept; signed out where there is none. Where the Hub can't be asked, work goes
    /// on with what was last seen.
    pub async fn resume(&self) -> Result<Session, Trouble> {
        let route = self.route();
        if self.is_locked() {
            return Ok(self.session());
        }
        let began_at = self.state().sessions;
        let Some(kept) = self.records().kept_session(route.realm)? else {
            return Ok(Session::SignedOut);
        };
        if kept.ended || kept.host != route.hub.host() {
            return Ok(Session::SignedOut);
        }
        let taken_up = self.take_up(&route, &kept).await;
        if taken_up.is_err() {
            route.hub.close_connections();
        }
        if self.state().sessions != began_at {
            // Somebody signed in meanwhile: what became of the old session is no concern of theirs.
            return Ok(self.session());
        }
        let session = match taken_up {
            Ok(session) => session,
            Err(Trouble::Hub(HubError::SessionEnded)) => {
                let _ = self.forget_session_of(route.realm).await;
                return Err(HubError::SessionEnded.into());
            }
            Err(trouble) => return Err(trouble),
        };
        self.state().until = kept.until;
        let session = self.begin(session);
        self.remember_account(None);
        Ok(session)
    }

    /// Forgets the session in memory. Refused while a key is being made, or lies in memory alone.
    pub fn sign_out(&self) -> Result<(), Trouble> {
        if self.stored_nowhere().is_none() && !self.is_making_a_key() && self.at_work().is_ok() {
            self.note(What::SignedOut, Ended::Done);
        }
        self.leave()
    }

    /// Takes the kept session out of the keychain too. Where the keychain does not give it up, it is never used
    /// again; [`Self::put_away_ended_sessions`] tries once more.
    pub async fn forget_kept_session(&self) -> Result<(), Trouble> {
        self.forget_session_of(self.realm()).await
    }

    /// Tries once more to take out of the keychain what it did not give up when somebody signed out. Only a keychain
    /// that is open is asked: nobody is to be troubled for this.
    pub async fn put_away_ended_sessions(&self) {
        for realm in [Realm::Real, Realm::Practice] {
            let kept = self.records().kept_session(realm).ok().flatten();
            if kept.is_some_and(|kept| kept.ended) && self.ports.keychain.probe().await == Probe::Ready {
                let _ = self.forget_session_of(realm).await;
            }
        }
    }

    pub(super) async fn forget_session_of(&self, realm: Realm) -> Result<(), Trouble> {
        let Some(kept) = self.records().kept_session(realm)? else {
            return Ok(());
        };
        let entry = session_entry(realm, &kept.user);
        let ended = KeptSession { ended: true, ..kept };
        let marked = self.records().write_kept_session(&ended);
        self.state().forgetting += 1;
        let removed = self.ports.keychain.remove(&entry).await;
        self.state().forgetting -= 1;
        // Where the mark can't be written, that it is gone from the keychain counts all the more.
        if let Err(error) = removed {
            marked?;
            return Err(error.into());
        }
        // Another one may be kept by now.
        if marked.is_err() || self.records().kept_session(realm)?.as_ref() == Some(&ended) {
            self.records().forget_kept_session(realm)?;
        }
        Ok(())
    }

    /// Why a kept session still lies in the keychain although its person signed out, if one does. Of one that is being
    /// taken out, that is not known yet.
    pub fn session_stays(&self) -> Option<KeychainError> {
        if self.state().forgetting > 0 {
            return None;
        }
        let kept = self.records().kept_session(self.realm()).ok().flatten()?;
        kept.ended.then_some(KeychainError::Refused)
    }

    /// The session that was kept, if it is still good and still theirs.
    async fn take_up(&self, route: &Route, kept: &KeptSession) -> Result<Session, Trouble> {
        if kept.until.is_some_and(|until| until <= self.now()) {
            return Err(HubError::SessionEnded.into());
        }
        let secret = self.ports.keychain.get(&session_entry(route.realm, &kept.user)).await?;
        let token = SessionToken::from(secret.ok_or(HubError::SessionEnded)?);
        let person = match route.hub.person(&token).await {
            Ok(mut person) if person.id == kept.user => {
                if person.email.is_empty() {
                    person.email = self.remembered_person(kept)?.email;
                }
                name_clients(&*route.hub, &token, &mut person).await;
                person
            }
            Ok(_) | Err(HubError::SessionEnded) => return Err(HubError::SessionEnded.into()),
            Err(_) => self.remembered_person(kept)?,
        };
        let session = Session::for_person(token, person).ok_or(Trouble::NoRoles)?;
        Ok(session.choose(&kept.client).unwrap_or(session))
    }

    fn kept_session_of(&self, person: &Person) -> Option<KeptSession> {
        let kept = self.records().kept_session(self.realm()).ok().flatten()?;
        (!kept.ended && kept.user == person.id).then_some(kept)
    }

    /// Whose session it is, by what is remembered, where the Hub can't be asked.
    fn remembered_person(&self, kept: &KeptSession) -> Result<Person, Trouble> {
        let accounts = self.accounts()?;
        let mine: Vec<_> = accounts.into_iter().filter(|account| account.owner.user == kept.user).collect();
        let first = mine.first().ok_or(Trouble::NotSignedIn)?;
        Ok(Person {
            id: kept.user.clone(),
            email: first.email.clone(),
            name: first.name.clone().into(),
            roles: mine
                .iter()
                .map(|account| Role::Client {
                    client: account.client.clone(),
                    name: account.client_name.clone().into(),
                    rank: Rank::Other(String::new()),
                })
                .collect(),
        })
    }

    fn begin_signed_in(&self, session: Session) -> Session {
        let session = self.begin_at_work(session);
        if matches!(session, Session::Client(_)) {
            self.note(What::SignedIn, Ended::Done);
        }
        session
    }

    fn begin_at_work(&self, session: Session) -> Session {
        let session = self.begin(session);
        if let Session::Client(at_work) = &session {
            self.remember_account(at_work.client_name());
        }
        session
    }

    pub(super) fn begin(&self, session: Session) -> Session {
        let left = self.state().begin(session.clone());
        left.close();
        session
    }

    pub(super) fn leave(&self) -> Result<(), Trouble> {
        let left = {
            let mut state = self.state();
            if state.stored_nowhere().is_some() {
                return Err(Trouble::StoredNowhere);
            }
            if !state.being_made.is_empty() {
                return Err(Trouble::KeyBeingMade);
            }
            state.held.clear();
            state.until = None;
            state.begin(Session::SignedOut)
        };
        left.close();
        Ok(())
    }
}

/// Whose session it is, and what it is good for.
async fn session_of(hub: &dyn Hub, token: SessionToken, email: &str) -> Result<Session, Trouble> {
    match hub.person(&token).await {
        Ok(mut person) => {
            if person.email.is_empty() {
                person.email = email.to_owned();
            }
            name_clients(hub, &token, &mut person).await;
            Session::for_person(token, person).ok_or(Trouble::NoRoles)
        }
        Err(error) if tells_nobody(&error) => {
            Ok(Session::ClientIdNeeded { token: Arc::new(token), email: email.to_owned() })
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether the Hub does not tell whose session it is. That call is ours: what it answers keeps nobody out.
fn tells_nobody(error: &HubError) -> bool {
    matches!(error, HubError::NotThere(_) | HubError::Refused { .. } | HubError::NotUnderstood { .. })
}

fn session_entry(realm: Realm, user: &str) -> Entry {
    Entry::Session { realm, user: user.to_owned() }
}

/// Who belongs to several clients chooses by name; a name that can't be had is not told.
async fn name_clients(hub: &dyn Hub, token: &SessionToken, person: &mut Person) {
    let clients = person.roles.iter_mut().filter_map(|role| match role {
        Role::Client { client, name, .. } => Some((client, name)),
        Role::Partner { .. } => None,
    });
    let clients: Vec<_> = clients.collect();
    if clients.len() < 2 {
        return;
    }
    for (client, name) in clients {
        if let Ok(told) = hub.client(token, client).await {
            *name = told.name;
        }
    }
}
