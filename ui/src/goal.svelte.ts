import type { AnyFailure, Answer, GoalView, GoalWord, Host, StepWord } from "./host";

/** One number's goal, read anew after each step. */
export class GoalWork {
  goal = $state.raw<GoalView | null>(null);
  /** Another goal that was begun for the number. */
  other = $state.raw<GoalView | null>(null);
  failure = $state.raw<AnyFailure | null>(null);
  /** It is known whether a goal was begun. */
  known = $state(false);
  busy = $state(false);
  /** One call after the other, so that nothing that changes meanwhile is missed. */
  #last: Promise<void> = Promise.resolve();

  readonly #host: Host;
  readonly #kind: GoalWord;
  readonly #channelId: string;

  constructor(host: Host, kind: GoalWord, channelId: string) {
    this.#host = host;
    this.#kind = kind;
    this.#channelId = channelId;
  }

  read(): Promise<void> {
    return this.#take(() => this.#host.goal(this.#channelId));
  }

  begin(): Promise<void> {
    return this.#take(() => this.#host.beginGoal(this.#channelId, this.#kind));
  }

  mark(step: StepWord, byHand: boolean): Promise<void> {
    return this.#take(() => this.#host.markStep(this.#channelId, step, byHand));
  }

  /** Tells whether it is put away. */
  async putAway(): Promise<boolean> {
    this.failure = null;
    const answer = await this.#host.putGoalAway(this.#channelId);
    if (!answer.ok) this.failure = answer.failure;
    return answer.ok;
  }

  #take(ask: () => Promise<Answer<GoalView | null>>): Promise<void> {
    this.#last = this.#last.then(() => this.#answered(ask));
    return this.#last;
  }

  async #answered(ask: () => Promise<Answer<GoalView | null>>): Promise<void> {
    this.busy = true;
    this.failure = null;
    const answer = await ask();
    this.busy = false;
    if (!answer.ok) return void (this.failure = answer.failure);
    this.known = true;
    this.goal = answer.data?.goal === this.#kind ? answer.data : null;
    this.other = answer.data !== null && this.goal === null ? answer.data : null;
  }
}
