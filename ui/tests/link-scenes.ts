import type { LinkView } from "../src/host";
import { deskCalls, PARTNER, practiceDesk } from "./fake-desk";
import { appView, LOCKED, ok, RESTAURANT, SIGNED_IN } from "./fake-host";
import type { Scene } from "./scenes";

const SOON = Math.floor(Date.now() / 1000) + 900;
const to = { channelId: RESTAURANT.id, notice: false };
const link = (view: LinkView) => ({ link: async () => ok(view) });
const signedIn = appView({ session: SIGNED_IN });
const atDesk = appView({ session: PARTNER });
const desk = deskCalls(practiceDesk(12));

export const LINK_SCENES: Record<string, Scene> = {
  "link-waits": {
    page: "sign-in",
    host: link({ kind: "waits", ...to, whatFor: "signIn", until: SOON }),
  },
  "link-waits-locked": {
    page: "locked",
    app: appView({ session: LOCKED }),
    host: link({ kind: "waits", ...to, whatFor: "unlock", until: SOON }),
  },
  "link-opened": { page: "channel", app: signedIn, host: link({ kind: "opens", ...to, several: false }) },
  "link-opened-desk": {
    page: "desk-channel",
    app: atDesk,
    host: { ...desk, ...link({ kind: "opens", channelId: "c1CH", notice: false, several: false }) },
  },
  "notice-opened-desk": {
    page: "desk-channel",
    app: atDesk,
    host: { ...desk, ...link({ kind: "opens", channelId: "c1CH", notice: true, several: false }) },
  },
  "link-not-listed": {
    page: "desk",
    app: atDesk,
    host: { ...desk, ...link({ kind: "notListed", channelId: "nOtH3rCH", notice: false }) },
  },
  "link-refused": { page: "channels", app: signedIn, host: link({ kind: "refused", why: "couldBeKey" }) },
  "link-refused-sign-in": { page: "sign-in", host: link({ kind: "refused", why: "notKnown" }) },
};
