import type { Host, LinkView } from "./host";

const NOWHERE: LinkView = { kind: "nowhere" };

/** A link from outside: where it leads, as core says it, and being led there. It opens a channel, or what a partner asks for, and does nothing else. */
export class OutsideLink {
  view = $state.raw<LinkView>(NOWHERE);
  /** The channel that a link has opened. */
  opened = $state<string | null>(null);
  /** A notification has led there, and no link. */
  byNotice = $state(false);

  readonly #host: Host;
  /** Opens a channel, beside all that are watched where it is one of several; false where the person is busy with something that hides the rest. */
  readonly #open: (channelId: string, several: boolean) => boolean;
  /** Opens what a partner asks for; false likewise. */
  readonly #ask: () => boolean;

  constructor(host: Host, open: (channelId: string, several: boolean) => boolean, ask: () => boolean) {
    this.#host = host;
    this.#open = open;
    this.#ask = ask;
  }

  get waits(): boolean {
    return this.view.kind === "waits";
  }

  /** Something has changed that a link may have waited for. */
  async look(): Promise<void> {
    const answer = await this.#host.link();
    if (answer.ok) this.take(answer.data);
  }

  /** Where the link leads now. */
  take(view: LinkView): void {
    this.view = view;
    if (view.kind !== "nowhere") this.opened = null;
    if ("notice" in view) this.byNotice = view.notice;
    // Its page takes it, and it leads nowhere after that.
    if (view.kind === "asks" && this.#ask()) this.view = NOWHERE;
    if (view.kind === "opens" && this.#open(view.channelId, view.several)) this.#isOpen(view.channelId);
  }

  #isOpen(channelId: string): void {
    this.putAway();
    this.opened = channelId;
  }

  putAway(): void {
    this.view = NOWHERE;
    this.opened = null;
    void this.#host.putLinkAway();
  }
}
