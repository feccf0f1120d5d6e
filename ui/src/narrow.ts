import { MediaQuery } from "svelte/reactivity";

/** Whether the window is too narrow for two columns. */
export function narrowWindow(): MediaQuery {
  return new MediaQuery("(max-width: 760px)");
}
