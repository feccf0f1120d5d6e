import type { AnyFailure, DeskView } from "./host";

/** What opened the desk does not open it any more: the session, or the partner's key. */
const isLockedOut = (failure: AnyFailure | null | undefined) =>
  failure?.code === "sessionEnded" || failure?.code === "wrongPartnerKey";

/** What is under way knows better than what ended before. */
const atRest = (view: DeskView) => view.reading === null && !view.checking.underWay;

/** The session is over, or 360dialog takes the key no longer. */
export const ended = (view: DeskView | null) =>
  view !== null && atRest(view) && [view.failed, view.checking.stopped].some(isLockedOut);
