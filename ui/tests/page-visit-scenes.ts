import {
  AFTER,
  appView,
  AWAY,
  failure,
  fails,
  FRONT_DESK,
  LISBON,
  ok,
  RESTAURANT,
  SETTINGS,
  SIGNED_IN,
  SPA,
} from "./fake-host";
import type { AfterPageView, Host } from "../src/host";
import type { Scene } from "./scenes";

const test = (name: string) => `[data-test="${name}"]`;
const app = appView({ session: SIGNED_IN });
const toPartner = [test("profile"), test("menu-partner")];
const toBefore = [...toPartner, test("to-own-page")];
const toWaiting = [...toBefore, test("own-page-open")];
const toAfter = [...toWaiting, test("away-check")];

/** Permissions are changed on 360dialog's page, as the person set. */
export const onOwnPage = (own: Partial<Host> = {}): Partial<Host> => ({
  settings: async () => ok({ ...SETTINGS, onOwnPage: true }),
  ...own,
});

const waiting = (own: Partial<Host>): Scene => ({
  page: "own-page-waiting",
  app,
  host: onOwnPage(own),
  press: toWaiting,
});

const after = (told: Partial<AfterPageView>): Scene => ({
  page: "own-page-after",
  app,
  host: onOwnPage({ afterPage: async () => ok({ ...AFTER, ...told }) }),
  press: toAfter,
});

/** Every way in which a number can end. */
export const ALL_ENDS: AfterPageView = {
  ...AFTER,
  rows: [
    { channelId: RESTAURANT.id, page: "shared", now: "shared", holds: "asSaid" },
    { channelId: FRONT_DESK.id, page: "missing", now: "shared", holds: "otherwise" },
    { channelId: LISBON.id, page: "shared", now: "notTold", holds: "pageOnly" },
    { channelId: SPA.id, page: "notTold", now: "shared", holds: "changed" },
  ],
  strangers: ["kX81yCH", "kX82yCH", "kX83yCH", "kX84yCH", "kX85yCH", "kX86yCH", "kX87yCH"],
  notTold: 1,
};

export const PAGE_VISIT_SCENES: Record<string, Scene> = {
  "own-page-chosen": { page: "partner-permissions", app, host: onOwnPage(), press: toPartner },
  "own-page-before": { page: "own-page", app, host: onOwnPage(), press: toBefore },
  "own-page-one": {
    page: "own-page",
    app,
    host: onOwnPage(),
    press: [`[data-test="channel-row"][data-id="${FRONT_DESK.id}"]`, test("next-step")],
  },
  "own-page-not-told": {
    page: "own-page",
    app,
    host: onOwnPage({ visitPage: async () => fails("partnerNotTold") }),
    press: toWaiting,
  },
  "own-page-waiting": waiting({}),
  "own-page-not-opened": waiting({ visitPage: async () => ok({ ...AWAY, opened: false, byLink: true }) }),
  "own-page-no-door": waiting({ visitPage: async () => ok({ ...AWAY, until: null }) }),
  "own-page-practice": waiting({
    visitPage: async () =>
      ok({
        ...AWAY,
        practice: { email: "maria@harbour-hotel.example", password: "the practice password" },
      }),
  }),
  "own-page-paste-refused": {
    page: "own-page-waiting",
    app,
    host: onOwnPage({ takePageReturn: async () => ok("noState" as const) }),
    press: [
      ...toWaiting,
      test("away-paste"),
      [test("away-paste-text"), "https://www.blue-anchor.example/welcome"],
      test("away-paste-read"),
    ],
  },
  "own-page-certain": after({}),
  "own-page-all-ends": after(ALL_ENDS),
  "own-page-by-hand": after({
    said: "nothing",
    rows: [
      { channelId: SPA.id, page: "notTold", now: "missing", holds: "hubAlone" },
      { channelId: LISBON.id, page: "notTold", now: "notTold", holds: "notTold" },
    ],
    notTold: 1,
  }),
  "own-page-nothing": after({ said: "unreadable", rows: [] }),
  "own-page-other-client": after({ said: "otherClient", otherClient: "kY12zCL", rows: [] }),
  "own-page-hub-out": after({
    rows: [{ channelId: RESTAURANT.id, page: "shared", now: "notTold", holds: "pageOnly" }],
    notTold: 4,
    askedAt: null,
    notAsked: failure("hubNoConnection"),
  }),
};
