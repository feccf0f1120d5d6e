/** The least height of a menu, so that something of it can be read. */
const LEAST = 160;
const GAP = 8;

/** Gives what opens over the page no more height than the window has below its upper end: the rest scrolls. */
export function fitsWindow(menu: HTMLElement): () => void {
  const fit = () => {
    const room = innerHeight - menu.getBoundingClientRect().top - GAP;
    menu.style.setProperty("--room", `${Math.max(LEAST, room)}px`);
  };
  fit();
  menu.scrollIntoView?.({ block: "nearest" });
  window.addEventListener("resize", fit);
  return () => window.removeEventListener("resize", fit);
}
