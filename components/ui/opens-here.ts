type Click = Pick<MouseEvent, 'button' | 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey'>;

/** Whether a click on a link opens a page of this origin in this tab, so that the router may do it. */
export function opensHere(link: HTMLAnchorElement, { button, metaKey, ctrlKey, shiftKey, altKey }: Click): boolean {
  const isPlain = button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
  const isPage = !link.hasAttribute('download') && ['', '_self'].includes(link.target);
  return isPlain && isPage && link.origin === location.origin;
}
