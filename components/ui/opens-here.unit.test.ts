import { beforeEach, expect, test, vi } from 'vitest';
import { opensHere } from './opens-here';

const CLICK = { button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false };

/** A link as far as the function looks at it. */
function link(more: { origin?: string; target?: string; isDownload?: boolean } = {}): HTMLAnchorElement {
  const { origin = 'https://id.example.com', target = '', isDownload = false } = more;
  return { origin, target, hasAttribute: (name: string) => isDownload && name === 'download' } as HTMLAnchorElement;
}

beforeEach(() => {
  vi.stubGlobal('location', { origin: 'https://id.example.com' });
});

test('a plain click on a link of this origin opens it here', () => {
  expect(opensHere(link(), CLICK)).toBe(true);
  expect(opensHere(link({ target: '_self' }), CLICK)).toBe(true);
});

test.each([
  ['another button', {}, { button: 1 }],
  ['Ctrl', {}, { ctrlKey: true }],
  ['the command key', {}, { metaKey: true }],
  ['Shift', {}, { shiftKey: true }],
  ['Alt', {}, { altKey: true }],
  ['a link to another tab', { target: '_blank' }, {}],
  ['a download', { isDownload: true }, {}],
  ['another origin', { origin: 'https://example.com' }, {}],
  ['a mail address', { origin: 'null' }, {}],
])('with %s it is the browser’s', (_, more, click) => {
  expect(opensHere(link(more), { ...CLICK, ...click })).toBe(false);
});
