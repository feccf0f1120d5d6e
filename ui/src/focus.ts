/** Moves the focus to an element when it appears. */
export function focusOnShow(element: HTMLElement): void {
  element.focus();
}
