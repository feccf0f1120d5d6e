import type { Host, LineView, LookView } from "./host";
import { LongList } from "./long-list.svelte";

/** A window on the board's lines. */
export class DeskLines extends LongList<LookView, LineView> {
  constructor(host: Host, look: LookView) {
    super((look, from, count) => host.deskLines(look, from, count), look);
  }
}
