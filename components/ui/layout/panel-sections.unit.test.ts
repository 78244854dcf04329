import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Panel } from './panel';
import { PanelSections } from './panel-sections';

test('lists the panels of a page in their order, and nothing else', () => {
  const content = { children: 'x' };
  const panel = (id: string, title: string) => createElement(Panel, { id, title, ...content, key: id });
  const children = [createElement('p', { key: 'note' }, 'Note'), panel('one', 'First'), false, panel('two', 'Second')];
  const html = renderToStaticMarkup(createElement(PanelSections, { label: 'Sections', children }));
  expect([...html.matchAll(/<a href="#([^"]+)"[^>]*>([^<]+)<\/a>/g)].map(([, id, text]) => [id, text])).toEqual([
    ['one', 'First'],
    ['two', 'Second'],
  ]);
});
