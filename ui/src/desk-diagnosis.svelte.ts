import type { AnyFailure, Form, Host, Language } from "./host";

type Copied = { channel: string; form: Form; language: Language };

/** Copies the diagnosis of a channel, which Rust writes and puts on the clipboard. */
export class DeskDiagnosis {
  form = $state<Form>("text");
  language = $state<Language>("english");
  copied = $state.raw<Copied | null>(null);
  failure = $state.raw<AnyFailure | null>(null);
  /** Copies what was not copied, also in the place of a key. */
  anyway = $state.raw<(() => void) | undefined>(undefined);
  again = $state.raw<(() => void) | undefined>(undefined);

  readonly #host: Host;
  #started = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The form and the language that were used last. */
  async start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    const answer = await this.#host.diagnosisChoice();
    if (answer.ok) ({ form: this.form, language: this.language } = answer.data);
  }

  /** `channel`: what it is called on screen. */
  async copy(id: string, channel: string, form = this.form, anyway = false): Promise<void> {
    this.copied = null;
    this.failure = null;
    this.form = form;
    const language = this.language;
    const answer = await this.#host.copyDiagnosis(id, form, language, anyway);
    if (answer.ok) {
      this.copied = { channel, form, language };
      return;
    }
    this.failure = answer.failure;
    this.again = () => void this.copy(id, channel, form);
    this.anyway =
      answer.failure.code === "keyOnClipboard" ? () => void this.copy(id, channel, form, true) : undefined;
  }

  putAway(): void {
    this.failure = null;
  }
}
