import type { RequestView } from "../src/host";
import { appView, fails, ok, RESTAURANT, SIGNED_IN } from "./fake-host";
import type { Scene } from "./scenes";

const test = (name: string) => `[data-test="${name}"]`;
const app = appView({ session: SIGNED_IN });
const toPaste = [test("profile"), test("menu-request")];
const WELCOME = "https://www.blue-anchor.example/welcome";

export type Asks = Extract<RequestView, { kind: "asks" }>;

export const ASKS: Asks = {
  kind: "asks",
  asker: "theirs",
  partnerId: "pT77xPA",
  wrappedBy: null,
  numbers: [{ number: RESTAURANT.number ?? "", channelId: RESTAURANT.id }],
  notTold: 0,
  returnTo: WELCOME,
  returnsHere: false,
  canGoOn: true,
  given: 0,
  revoked: 0,
  answer: null,
};

export const ANSWERED: Asks = {
  ...ASKS,
  given: 1,
  answer: `${WELCOME}?client=Zx81kQw2CL&channels=[${RESTAURANT.id}]&state=s1`,
};

/** What is asked, and after the first change what can be told about it. */
export function asking(first: Asks = ASKS, then: Asks = ANSWERED) {
  let changed = false;
  return {
    request: async () => ok(changed ? then : first),
    changePermission: async (_: string, share: boolean) => {
      changed = true;
      const asked = share ? ("shared" as const) : ("missing" as const);
      return ok({ asked, now: asked, why: null, isOpen: false });
    },
  };
}

const toResult = [
  ...toPaste,
  `${test("pick")}[data-id="${RESTAURANT.id}"]`,
  test("give"),
  test("change-confirm"),
];
const strange = { number: "+49 40 5557123", channelId: null };
const refused = (view: RequestView): Scene => ({
  page: "request",
  app,
  host: { readRequest: async () => ok(view) },
  press: [...toPaste, [test("request-text"), "the link"], test("request-read")],
});

export const REQUEST_SCENES: Record<string, Scene> = {
  "request-paste": { page: "request", app, press: toPaste },
  "request-look-alike": refused({
    kind: "refused",
    why: "lookAlike",
    host: "hub.360dialog.com.evil.example",
  }),
  "request-could-be-key": refused({ kind: "refused", why: "couldBeKey", host: null }),
  "request-asks": { page: "request-card", app, host: asking(), press: toPaste },
  "request-asks-all": {
    page: "request-card",
    app,
    host: asking({ ...ASKS, asker: "notTold", numbers: [], returnTo: null }),
    press: toPaste,
  },
  "request-another": {
    page: "request-card",
    app,
    host: asking({ ...ASKS, asker: "another", canGoOn: false, numbers: [strange], notTold: 1 }),
    press: toPaste,
  },
  "request-none-yours": {
    page: "request-card",
    app,
    host: asking({ ...ASKS, numbers: [strange], notTold: 1 }),
    press: toPaste,
  },
  "request-answer": { page: "permission-done", app, host: asking(), press: toResult },
  "request-not-opened": {
    page: "permission-done",
    app,
    host: { ...asking(), tellPartner: async () => fails("browserNotOpened") },
    press: [...toResult, test("tell-partner")],
  },
};
