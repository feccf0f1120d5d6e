import { appView, fails, FRONT_DESK, HARBOUR, HERE, ok, SIGNED_IN } from "./fake-host";
import { BOOKING, DESK, keeping, REFUSED } from "./key-fixtures";
import type { Scene } from "./scenes";

const test = (name: string) => `[data-test="${name}"]`;
const app = appView({ session: SIGNED_IN });
const here = appView({ session: HERE });
const toChanging = [test("nav-help"), test("help-changing")];
const toComputer = [test("nav-help"), test("help-computer")];
const lies = keeping(BOOKING, REFUSED, DESK);

export const MOVING_SCENES: Record<string, Scene> = {
  "changing-partner": { page: "changing-partner", app, host: lies, press: toChanging },
  "changing-partner-copied": {
    page: "changing-partner",
    app,
    host: lies,
    press: [...toChanging, test("copy-moving")],
  },
  "changing-partner-here": { page: "changing-partner", app: here, host: lies, press: toChanging },
  "changing-partner-not-told": {
    page: "changing-partner",
    app,
    host: {
      channels: async () =>
        ok({
          ...HARBOUR,
          partner: "notTold",
          partnerName: null,
          channels: [{ ...FRONT_DESK, permission: "notTold", payer: "notTold" }],
        }),
      keys: async () => fails("recordsOut"),
    },
    press: toChanging,
  },
  "new-computer": { page: "new-computer", app, host: lies, press: toComputer },
  "new-computer-empty": { page: "new-computer", app, press: toComputer },
};
