import { isCall, type Answer, type Host } from "./host";

/** Who asks for the password where a session is over. */
export type Asking = {
  /** How often it was given. */
  readonly times: number;
  /** Whether it is given. */
  ask: () => Promise<boolean>;
};

type Call = (...args: never[]) => Promise<Answer<unknown>>;

const NEVER_REPEATED = new Set([
  "signIn",
  "signInAgain",
  "practiceSignIn",
  "resume",
  "openDeskWithKey",
  "makeKey",
  "somebodyHere",
] satisfies (keyof Host)[] as string[]);

/** The same program; where a session is over it asks for the password, and makes the call once more. */
export function askingHost(host: Host, asking: Asking): Host {
  const calls = Object.entries(host).map(([name, call]) => [
    name,
    isCall(name) && !NEVER_REPEATED.has(name) ? repeating(call as Call, asking) : call,
  ]);
  return Object.fromEntries(calls) as Host;
}

function repeating(call: Call, asking: Asking): Call {
  return async (...args) => {
    const before = asking.times;
    const answer = await call(...args);
    if (answer.ok || answer.failure.code !== "sessionEnded") return answer;
    // It may have been given to another call while this one was on its way.
    return asking.times > before || (await asking.ask()) ? call(...args) : answer;
  };
}
