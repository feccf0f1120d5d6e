import type { FactWord, NextWord, ReasonWord } from "./host";

export const VERDICTS: Record<ReasonWord, { title: string; body: string }> = {
  notRunning: { title: "verdict-not-running-title", body: "verdict-not-running" },
  partnerManages: { title: "verdict-partner-manages-title", body: "verdict-partner-manages" },
  partnerManagesAndPays: {
    title: "verdict-partner-manages-and-pays-title",
    body: "verdict-partner-manages-and-pays",
  },
  notShared: { title: "verdict-not-shared-title", body: "verdict-not-shared" },
  undocumented: { title: "verdict-undocumented-title", body: "verdict-undocumented" },
  clientManages: { title: "verdict-client-manages-title", body: "verdict-client-manages" },
  noPartner: { title: "verdict-no-partner-title", body: "verdict-no-partner" },
  sharedWithPartner: { title: "verdict-shared-with-partner-title", body: "verdict-shared-with-partner" },
  notTold: { title: "verdict-not-told-title", body: "verdict-not-told" },
};

export const NEXTS: Record<NextWord, string> = {
  makeKey: "next-make-key",
  takePermissionBack: "next-take-permission-back",
  askPartner: "next-ask-partner",
  clientGivesPermission: "next-client-gives",
  getItRunning: "next-get-running",
  tryIt: "next-try-it",
};

export const FACTS: Record<FactWord, string> = {
  running: "fact-running",
  hasPartner: "fact-has-partner",
  payer: "fact-payer",
  permission: "fact-permission",
};

/** Why the button is off; reasons that switch nothing off have none. */
export const OFF_BECAUSE: Partial<Record<ReasonWord, string>> = {
  notRunning: "off-not-running",
  partnerManages: "off-partner-manages",
  partnerManagesAndPays: "off-partner-manages-and-pays",
  notShared: "off-not-shared",
};

/** The step that switches the button on, by what comes next. */
export const HOW: Partial<Record<NextWord, { link: string }>> = {
  takePermissionBack: { link: "off-take-back" },
  askPartner: { link: "off-ask-partner" },
  getItRunning: { link: "off-get-running" },
  clientGivesPermission: { link: "off-client-gives" },
};
