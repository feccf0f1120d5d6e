/** Moves the focus to an element when it appears. */
export function focusOnShow(element: HTMLElement): void {
  element.focus();
}

/** The same for what lies at a page's end: the page opens at its top all the same. */
export function focusInPlace(element: HTMLElement): void {
  element.focus({ preventScroll: true });
}

/** For a button that goes while it asks whether one is sure: where the answer was no, it has the focus again. */
export function comesBack(): (button: HTMLElement) => void {
  let was = false;
  return (button) => {
    if (was) button.focus();
    was = true;
  };
}

const MODAL = '[aria-modal="true"]';
const HEADINGS = "h1, h2, h3, h4";
/** What may take an element away, or out of sight. */
const CHANGES = {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ["class", "inert", "open"],
};

/**
 * Keeps the focus from being lost to the body, as docs/focus.md tells: a new page's heading takes it, what a dialog lay
 * over gets it back, and where the element that had it is gone, the nearest part that is still there takes it. What a
 * page decides by itself goes before.
 */
export function keepFocus(): () => void {
  /** What had the focus last, and all that it lay in, from the inside out; and the same below a dialog. */
  let trail: Element[] = [];
  let below: Element[] = [];
  let page: Element | null = null;
  /** The page is new, and nobody has chosen what has the focus there. */
  let isNew = false;
  let waits = 0;

  function focusin({ target }: FocusEvent) {
    if (!(target instanceof Element)) return;
    isNew = false;
    trail = [];
    for (let at: Element | null = target; at; at = at.parentElement) trail.push(at);
    if (!target.closest(MODAL)) below = trail;
  }

  /** The person left it, with a press on the paper: nothing is lost. */
  function focusout({ target, relatedTarget }: FocusEvent) {
    const left = relatedTarget === null && document.hasFocus();
    if (left && target instanceof Element && isThere(target)) trail = below = [];
  }

  function look() {
    waits = 0;
    const at = document.activeElement;
    const modal = document.querySelector(MODAL);
    if (at && at !== document.body && isThere(at)) {
      if (isNew && !page?.contains(at) && !at.closest(`${MODAL}, [role="alert"]`)) take(headOf(page));
    } else if (modal) take(nearest(trail, modal));
    else if (isNew) take(headOf(page));
    else if (below[0]) take(isThere(below[0]) ? below[0] : nearest(below, page));
    isNew = false;
  }

  // What moves the focus by itself does so before the next frame.
  function later() {
    const now = document.querySelector('[data-test="page"]');
    isNew ||= now !== page;
    page = now;
    waits ||= requestAnimationFrame(look);
  }

  const changes = new MutationObserver(later);
  changes.observe(document.body, CHANGES);
  document.addEventListener("focusin", focusin);
  document.addEventListener("focusout", focusout);
  window.addEventListener("resize", later);
  later();
  return () => {
    changes.disconnect();
    cancelAnimationFrame(waits);
    document.removeEventListener("focusin", focusin);
    document.removeEventListener("focusout", focusout);
    window.removeEventListener("resize", later);
  };
}

function isThere(element: Element): boolean {
  if (!element.isConnected || element.closest("[inert]")) return false;
  return element.checkVisibility?.({ visibilityProperty: true }) ?? true;
}

/** The nearest of what is left that has a name: what names it takes the focus, or it does so itself. */
function nearest(trail: Element[], end: Element | null): Element | null {
  for (const at of trail.slice(1)) {
    if (at === end) break;
    if (!isThere(at)) continue;
    const label = document.getElementById(at.getAttribute("aria-labelledby") ?? "");
    if (label && isThere(label)) return label;
    const heading = at.matches("article, aside, li, nav, section") && at.querySelector(HEADINGS);
    if (heading && isThere(heading)) return heading;
    if (at.matches('[aria-label]:not([role="status"])') && at.textContent?.trim()) return at;
  }
  return headOf(end);
}

function headOf(part: Element | null): Element | null {
  const headings = [...(part?.querySelectorAll(HEADINGS) ?? [])].filter(isThere);
  return headings.find((heading) => heading.matches("h1")) ?? headings[0] ?? part;
}

function take(element: Element | null): void {
  if (!(element instanceof HTMLElement)) return;
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus();
}
