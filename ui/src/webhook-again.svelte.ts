import type { AnyFailure, Host, WebhookNotSetView, WebhookStandsView } from "./host";

/** How a number's webhooks stand after its key was replaced, and setting them again. */
export class WebhookAgain {
  stands = $state.raw<WebhookStandsView | null>(null);
  /** Those that the last press did not set. */
  notSet = $state.raw<WebhookNotSetView[]>([]);
  failure = $state.raw<AnyFailure | null>(null);
  busy = $state(false);
  setting = $state(false);

  readonly #host: Host;
  readonly #channelId: string;
  readonly #changed: () => void;

  constructor(host: Host, channelId: string, changed: () => void) {
    this.#host = host;
    this.#channelId = channelId;
    this.#changed = changed;
  }

  async look(): Promise<void> {
    if (!this.#begin()) return;
    const answer = await this.#host.webhookStands(this.#channelId);
    this.busy = false;
    if (answer.ok) this.stands = answer.data;
    else this.failure = answer.failure;
  }

  async set(): Promise<void> {
    if (!this.#begin()) return;
    this.setting = true;
    const answer = await this.#host.setWebhookAgain(this.#channelId);
    this.busy = this.setting = false;
    if (answer.ok) {
      this.stands = answer.data.stands;
      this.notSet = answer.data.notSet;
    } else this.failure = answer.failure;
    this.#changed();
  }

  async letGo(): Promise<void> {
    if (!this.#begin()) return;
    const answer = await this.#host.letWebhookGo(this.#channelId);
    this.busy = false;
    if (!answer.ok) return void (this.failure = answer.failure);
    this.stands = { kind: "letGo" };
    this.#changed();
  }

  #begin(): boolean {
    if (this.busy) return false;
    this.busy = true;
    this.failure = null;
    this.notSet = [];
    return true;
  }
}
