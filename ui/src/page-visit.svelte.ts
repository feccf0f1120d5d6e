import type { AfterPageView, AnyFailure, AwayView, Host, ReturnRefusedWord } from "./host";

/** A visit to 360dialog's own page: the way there, the waiting, and what holds afterwards. */
export class PageVisit {
  away = $state.raw<AwayView | null>(null);
  /** The browser came back, or does not come back by itself any more. */
  ended = $state<"answered" | "timeUp" | null>(null);
  after = $state.raw<AfterPageView | null>(null);
  failure = $state.raw<AnyFailure | null>(null);
  /** Why a pasted address is not taken. */
  refused = $state<ReturnRefusedWord | null>(null);
  /** The browser was asked once more. */
  again = $state(false);
  busy = $state(false);

  readonly #host: Host;
  readonly #channelId: string | null;
  /** The Hub was asked: what it says is shown elsewhere too. */
  readonly #checked: () => Promise<void>;

  constructor(host: Host, channelId: string | null, checked: () => Promise<void>) {
    this.#host = host;
    this.#channelId = channelId;
    this.#checked = checked;
  }

  /** Listens for the way back, until it is called again. */
  listen(): () => void {
    return this.#host.onPageVisit(({ answered }) => {
      this.ended = answered ? "answered" : "timeUp";
      if (answered && this.away) void this.check();
    });
  }

  async go(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    this.ended = null;
    const answer = await this.#host.visitPage(this.#channelId);
    this.busy = false;
    if (answer.ok) this.away = answer.data;
    else this.failure = answer.failure;
    // The browser may have been back before this was told.
    if (answer.ok && this.ended === "answered") await this.check();
  }

  async open(): Promise<void> {
    this.failure = null;
    this.again = false;
    const answer = await this.#host.visitPageAgain();
    if (answer.ok) this.again = true;
    else this.failure = answer.failure;
  }

  /** Takes an address that was brought back by hand. */
  async take(address: string): Promise<void> {
    this.refused = null;
    this.failure = null;
    const answer = await this.#host.takePageReturn(address);
    if (!answer.ok) this.failure = answer.failure;
    else if (answer.data) this.refused = answer.data;
    else await this.check();
  }

  async check(): Promise<void> {
    this.busy = true;
    this.failure = null;
    const answer = await this.#host.afterPage();
    if (answer.ok) {
      this.after = answer.data;
      await this.#checked();
    } else {
      this.failure = answer.failure;
    }
    this.busy = false;
  }

  /** Back to waiting, where nothing came back yet. */
  wait(): void {
    this.after = null;
  }

  /** Nothing that comes back is taken any more. */
  end(): void {
    void this.#host.endPageVisit();
  }
}

/** Whether the person set that permissions are changed on 360dialog's own page. Where that can't be read, they are changed here. */
export async function prefersOwnPage(host: Host): Promise<boolean> {
  const answer = await host.settings();
  return answer.ok && answer.data.onOwnPage;
}
