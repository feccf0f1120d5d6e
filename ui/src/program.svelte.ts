import { askingHost } from "./asking-host";
import { CopiedKey } from "./copied-key.svelte";
import { Desk } from "./desk.svelte";
import { Leaving } from "./leaving.svelte";
import { Held } from "./held.svelte";
import { OutsideLink } from "./link.svelte";
import type {
  AnyFailure,
  AppView,
  ClosingAsks,
  ForgottenView,
  Host,
  KeyView,
  SessionView,
  StoppedTaskView,
} from "./host";
import { PasswordAgain } from "./password-again.svelte";
import { decides, Work } from "./work.svelte";

/** What stands above a page: a failure, what it means here, and what does it again. */
export type Trouble = { failure: AnyFailure; about?: string | undefined; again?: (() => void) | undefined };

/** The program around the pages: who is signed in, and what is open. */
export class Program {
  app = $state.raw<AppView | null>(null);
  session = $state.raw<SessionView>({ kind: "signedOut" });
  work = $state.raw<Work | null>(null);
  desk = $state.raw<Desk | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  farewell = $state.raw<ForgottenView | null>(null);
  /** A page that lies over another: another client, what is remembered on this computer, the settings, or a partner's key. */
  over = $state<"clients" | "remembered" | "settings" | "partnerKey" | null>(null);
  /** The window was asked to close while it is locked over a key that lies nowhere else. */
  closingLocked = $state(false);
  /** The window was asked to close, and this would stop. */
  closing = $state.raw<ClosingAsks | null>(null);
  /** The background tasks that ended by themselves, until the person has read so. */
  stopped = $state.raw<StoppedTaskView[]>([]);
  /** The kept session is being taken up. */
  resuming = $state(false);
  /** Who is expected to sign in. */
  email = $state("");

  readonly leaving = new Leaving();
  readonly password = new PasswordAgain(() => this.signedIn && !this.byKey);
  readonly held = new Held();
  readonly host: Host;
  readonly copiedKey: CopiedKey;
  readonly link: OutsideLink;
  #mayResume = true;
  #attempt = 0;
  #keep = false;

  constructor(host: Host) {
    this.host = this.held.host(askingHost(host, this.password));
    this.held.onChange(() => Promise.all([this.work?.readAgain(), this.desk?.work.readKeys()]));
    this.copiedKey = new CopiedKey(this.host);
    this.link = new OutsideLink(this.host, this.#lead, this.#ask);
  }

  /** Whether a session is there, whatever it may still need. */
  get signedIn(): boolean {
    return !["signedOut", "here", "locked"].includes(this.session.kind);
  }

  /** A partner's API key opened the desk, so there is no password to ask for. */
  get byKey(): boolean {
    return this.session.kind === "partner" && this.session.pass === "partnerKey";
  }

  /** One decision hides the rest, and is not to be left by the way. */
  get deciding(): boolean {
    if (this.desk) return this.leaving.held || this.desk.work.asking || this.desk.work.decides;
    return this.work !== null && (this.work.asking || decides(this.work.place));
  }

  /** Opens what a link leads to, because the person says so. */
  openLink(): void {
    this.over = null;
    void this.link.look();
  }

  /** Leads to a channel, unless the person is busy. */
  #lead = (channelId: string, several: boolean): boolean => {
    if (this.over !== null || this.deciding || this.password.asked) return false;
    if (this.desk && several) void this.desk.showAll("watched");
    if (this.desk) this.desk.show(channelId);
    else if (this.work) void this.work.lead(channelId);
    else return false;
    return true;
  };

  /** Opens what a partner asks for, unless the person is busy. */
  #ask = (): boolean => {
    if (this.over !== null || this.deciding || this.password.asked || !this.work) return false;
    this.work.go({ kind: "request" });
    return true;
  };

  async start(): Promise<void> {
    this.trouble = null;
    const answer = await this.host.app();
    if (answer.ok) this.turnTo(answer.data);
    else this.trouble = { failure: answer.failure, again: () => void this.start() };
  }

  turnTo(app: AppView): void {
    this.app = app;
    this.stopped = app.stoppedTasks;
    if (app.clipboard) this.copiedKey.is(app.clipboard);
    this.begin(app.session);
    if (app.session.kind === "signedOut") {
      this.email = app.begins.email ?? "";
      this.farewell = app.begins.forgotten;
      if (app.begins.byKey) this.over = "partnerKey";
    }
    if (app.sessionStays) this.trouble = { failure: app.sessionStays, about: "session-stays" };
    if (app.keptSession === null || this.signedIn || !this.#mayResume) return;
    this.email = app.keptSession;
    void this.resume();
  }

  keychainIs(keychain: AppView["keychain"]): void {
    if (this.app) this.app = { ...this.app, keychain };
  }

  /** Begins with what signing in came to; `keep`: the session is to be kept in the keychain. */
  begin(next: SessionView, keep = this.#keep): void {
    this.#attempt++;
    this.resuming = false;
    this.session = next;
    this.trouble = null;
    this.over = null;
    this.link.opened = null;
    this.held.forget();
    // What became of a copied key is told on the page where somebody left, and not to who comes next.
    if (next.kind !== "signedOut") this.copiedKey.forget();
    if (next.kind !== "signedOut") this.farewell = null;
    this.work = next.kind === "client" || next.kind === "here" ? new Work(this.host, this.signedIn) : null;
    const again = this.byKey ? null : () => this.signInAgain();
    this.desk = next.kind === "partner" ? new Desk(this.host, again) : null;
    this.#keep = keep && (next.kind === "choosing" || next.kind === "clientIdNeeded");
    if (keep && next.kind === "client") void this.keepSession();
  }

  async keepSession(): Promise<void> {
    const work = this.work;
    this.trouble = null;
    const answer = await this.host.keepSession();
    if (answer.ok || this.work !== work) return;
    this.trouble = { failure: answer.failure, about: "keep-not", again: () => void this.keepSession() };
  }

  async resume(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#mayResume = false;
    this.resuming = true;
    this.trouble = null;
    const answer = await this.host.resume();
    if (attempt !== this.#attempt) return;
    if (answer.ok) return this.begin(answer.data);
    this.resuming = false;
    this.trouble = { failure: answer.failure, again: () => void this.resume() };
  }

  signInInstead(): void {
    this.#attempt++;
    this.resuming = false;
  }

  /** The same account, or what the Hub makes of it now, once the password was given again. */
  goOn(session: SessionView): void {
    if (session.kind === this.session.kind) this.session = session;
    else this.begin(session);
    this.password.given();
  }

  /** Asks for the password in place; without a session, on the sign-in page. */
  signInAgain(): Promise<boolean> {
    if (!this.signedIn) this.goToSignIn();
    return this.password.ask();
  }

  goToSignIn(): void {
    if (this.session.kind === "here") this.signOut(this.session.person.email);
  }

  signOut(email: string | null = null, byKey = false): void {
    this.leaving.leave(async () => {
      this.trouble = null;
      const answer = await this.host.signOut(email, byKey);
      if (answer.ok) {
        this.#mayResume = false;
        this.turnTo(answer.data);
      } else if (!(await this.showKeyInTheWay(answer.failure))) this.trouble = { failure: answer.failure };
    });
  }

  dismissStopped(): void {
    this.stopped = [];
    void this.host.dismissStoppedTasks();
  }

  dismissAside(): void {
    if (this.app) this.app = { ...this.app, recordsAside: null };
    void this.host.dismissRecordsAside();
  }

  lock(): void {
    this.leaving.leave(async () => {
      const answer = await this.host.lock();
      if (!answer.ok) this.trouble = { failure: answer.failure };
    });
  }

  /** Nothing of what was shown stays, and nothing goes on by itself. */
  locked(app: AppView): void {
    this.password.notNow();
    this.#mayResume = false;
    this.#keep = false;
    this.closingLocked = false;
    this.closing = null;
    this.leaving.stay();
    this.turnTo(app);
  }

  forgotten(app: AppView): void {
    this.#mayResume = false;
    this.turnTo(app);
  }

  /** Where a key lies nowhere but in memory: shows it. Nothing else may be left before. */
  async showKeyInTheWay(failure: AnyFailure): Promise<boolean> {
    if (failure.code !== "storedNowhere" || !(this.work ?? this.desk)) return false;
    const waiting = await this.host.waitingKeys();
    const key = waiting.ok ? waiting.data.find((key) => key.state === "inMemory") : undefined;
    if (key) this.#show(key, "leaving");
    return key !== undefined;
  }

  /** The window was asked to close: where it would stop something, the person says what is to happen. */
  closingAsks(asks: ClosingAsks): void {
    this.password.notNow();
    this.leaving.stay();
    this.closing = asks;
  }

  closeRefused(key: KeyView): void {
    this.password.notNow();
    this.closingLocked = this.session.kind === "locked";
    this.leaving.leave(() => this.#show(key, "closing"));
  }

  #show(key: KeyView, met: "closing" | "leaving"): void {
    this.over = null;
    this.work?.show(key, met);
    this.desk?.work.show(key, met);
  }
}
