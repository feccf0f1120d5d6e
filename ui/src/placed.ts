/**
 * Sets custom properties that only a script can know, such as where a row lies. Through the CSSOM: the content security
 * policy refuses style attributes in HTML.
 */
export function placed(properties: Record<string, string>) {
  return (element: HTMLElement) => {
    for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
  };
}
