import { createSubscriber } from "svelte/reactivity";

const EVERY = 3000;

const ticking = createSubscriber((tick) => {
  const interval = setInterval(tick, EVERY);
  return () => clearInterval(interval);
});

/** The time, for words like "12 s ago": whoever reads it is told again every few seconds. */
export function now(): number {
  ticking();
  return Date.now();
}
