/** Commands have the Cmd key here, and not Ctrl. */
export const isMac = () => /mac/i.test(navigator.platform);
