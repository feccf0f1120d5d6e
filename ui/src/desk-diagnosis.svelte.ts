import { nameOf } from "./channel-words";
import { CopyAction } from "./copying.svelte";
import type { Form, Host, Language, LineView } from "./host";

type Copied = { channel: string; form: Form; language: Language };

/** Which channel a person means, as it is called on screen. */
export type Meant = { id: string; name: string };

export const meant = (line: LineView): Meant => ({ id: line.id, name: nameOf(line) });

/** Copies the diagnosis of a channel, which Rust writes and puts on the clipboard. */
export class DeskDiagnosis extends CopyAction<Copied> {
  form = $state<Form>("text");
  language = $state<Language>("english");
  /** A keystroke meant no channel that is seen. */
  asksWhich = $state(false);

  readonly #host: Host;
  #started = false;

  constructor(host: Host) {
    super();
    this.#host = host;
  }

  /** The form and the language that were used last. */
  async start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    const answer = await this.#host.diagnosisChoice();
    if (answer.ok) ({ form: this.form, language: this.language } = answer.data);
  }

  askWhich(): void {
    this.copied = null;
    this.putAway();
    this.asksWhich = true;
  }

  /** `channel`: what it is called on screen. */
  copy(id: string, channel: string, form = this.form): Promise<void> {
    this.asksWhich = false;
    this.form = form;
    const language = this.language;
    return this.try({ channel, form, language }, (anyway) =>
      this.#host.copyDiagnosis(id, form, language, anyway),
    );
  }
}
