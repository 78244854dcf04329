import * as lucide from 'lucide-react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import * as ours from './icons';

/** The content of the `<svg>`. */
const shapesOf = (html: string) => html.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '');
const expanded = (html: string) => html.replace(/<(\w+)([^>]*)\/>/g, '<$1$2></$1>');

test.each(Object.keys(ours))('%s equals the icon in lucide-react', (name) => {
  const draw = (icons: object) => {
    const icon = Object.entries(icons).find(([each]) => each === name)?.[1];
    return renderToStaticMarkup(createElement(icon));
  };
  expect(expanded(shapesOf(draw(ours)))).toBe(shapesOf(draw(lucide)));
});

test('an icon has the given size and classes', () => {
  const html = renderToStaticMarkup(ours.Plus({ size: 16, className: 'turn', 'aria-hidden': true }));
  expect(html).toMatch(/^<svg aria-hidden="true" class="icon turn" width="16" height="16" viewBox="0 0 24 24">/);
});
