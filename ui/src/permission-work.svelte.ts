import { FAILURES, NOT_REACHED } from "./failures";
import type { AnyCode, AnyFailure, ChannelRow, Host, PermissionWord } from "./host";

export type ChangeStep = "waiting" | "asking" | "done" | "other" | "open" | "failed" | "notAsked";

/** One number on its way: `now` is what the Hub said after it was asked. */
export type ChangeRow = {
  channel: ChannelRow;
  step: ChangeStep;
  now: PermissionWord | null;
  why: AnyFailure | null;
};

/** After one of these the next number would fare no better. */
const ENDS: ReadonlySet<AnyCode> = new Set<AnyCode>([
  ...NOT_REACHED,
  "hubTooMany",
  "hubNotOffered",
  "sessionEnded",
  "notSignedIn",
]);

const mayHelp = ({ code }: AnyFailure) => !["none", "openHub"].includes(FAILURES[code].next);

/** Whether asking for it could change anything. */
export function wouldChange(permission: PermissionWord, share: boolean): boolean {
  return permission === "notTold" || permission === (share ? "missing" : "shared");
}

/** Gives or removes the permission, one number after another. What the Hub says now wins over what was asked. */
export class PermissionWork {
  rows = $state.raw<ChangeRow[]>([]);
  running = $state(false);
  /** The number under way is the last one. */
  stopping = $state(false);

  readonly share: boolean;
  readonly #host: Host;

  constructor(host: Host, channels: ChannelRow[], share: boolean) {
    this.#host = host;
    this.share = share;
    this.rows = channels.map((channel) => ({ channel, step: "waiting", now: null, why: null }));
  }

  get done(): number {
    return this.rows.filter((row) => row.step === "done").length;
  }

  /** Of how many nobody can tell whether they changed. */
  get open(): number {
    return this.rows.filter((row) => row.step === "open").length;
  }

  /** Those that are not done and may be, if they are asked for once more. */
  get left(): ChangeRow[] {
    // The other numbers would hear the same.
    if (this.rows.some(({ why }) => why?.code === "hubNotOffered")) return [];
    return this.rows.filter(({ step, why }) => step !== "done" && (why === null || mayHelp(why)));
  }

  get asked(): number {
    return this.rows.filter((row) => row.step !== "waiting" && row.step !== "asking").length;
  }

  /** Asks for every number that is not done and may be. */
  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.stopping = false;
    const left = this.left;
    for (const { channel } of left) this.#set(channel.id, { step: "waiting", why: null });
    for (const { channel } of left) {
      if (this.stopping) break;
      this.#set(channel.id, { step: "asking" });
      const result = await this.#ask(channel.id);
      this.#set(channel.id, result);
      if (result.why && ENDS.has(result.why.code)) break;
    }
    this.rows = this.rows.map((row) => (row.step === "waiting" ? { ...row, step: "notAsked" } : row));
    this.running = false;
  }

  stop(): void {
    this.stopping = true;
  }

  async #ask(id: string): Promise<Pick<ChangeRow, "step" | "now" | "why">> {
    const answer = await this.#host.changePermission(id, this.share);
    // A call that broke on its way leaves open whether the Hub was asked.
    if (!answer.ok) {
      return { step: answer.failure.code === "program" ? "open" : "failed", now: null, why: answer.failure };
    }
    const { asked, now, why, isOpen } = answer.data;
    if (now === asked) return { step: "done", now, why: null };
    if (isOpen) return { step: "open", now, why };
    return { step: why ? "failed" : "other", now, why };
  }

  #set(id: string, facts: Partial<ChangeRow>): void {
    this.rows = this.rows.map((row) => (row.channel.id === id ? { ...row, ...facts } : row));
  }
}
