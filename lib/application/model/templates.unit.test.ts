import { describe, expect, test } from 'vitest';
import { findTemplate, TEMPLATES, urisAt } from './templates';
import { settingsFaults } from './validate';

const CONNECTION = {
  issuer: 'https://id.example.com',
  address: 'https://app.example.com',
  clientId: 'app_5Yc1nQd0u9wqT3xkZbVf2A',
  clientSecret: 'signet_sk_secret',
};

describe.each(TEMPLATES.map((template) => [template.id, template] as const))('%s', (id, template) => {
  test('makes valid settings, without doubled slashes', () => {
    for (const address of ['https://app.example.com', ' https://app.example.com/path// ']) {
      const uris = urisAt(template, address);
      const { requiresPkce, scopes, kind } = template;
      expect(settingsFaults(kind, { name: id, ...uris, requiresPkce, scopes })).toEqual([]);
      for (const uri of uris.redirectUris) expect(uri.replace('://', '')).not.toContain('//');
    }
  });

  test('fills every placeholder of its settings', () => {
    const text = template.settings?.text(CONNECTION) ?? '';
    expect(text).not.toMatch(/undefined|null|\$\{/);
    if (!template.settings) return;
    for (const value of [CONNECTION.issuer, CONNECTION.clientId, CONNECTION.clientSecret])
      expect(text).toContain(value);
    expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  test('names the documentation it was read in', () => {
    if (template.name === null) return;
    expect(template.source?.url).toMatch(/^https:\/\//);
    expect(template.source?.read).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

test('each has an ID of its own', () => {
  expect(new Set(TEMPLATES.map(({ id }) => id)).size).toBe(TEMPLATES.length);
  expect(findTemplate('grafana')?.name).toBe('Grafana');
  expect(findTemplate('unknown')).toBeNull();
  expect(findTemplate(null)).toBeNull();
});
