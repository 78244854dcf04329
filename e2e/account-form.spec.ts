import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures';

/** "Account settings" of a schema with every kind of field. */
const own = (node: object, more: object = {}) => ({ ...node, 'x-signet': { selfService: 'write', ...more } });
const properties = {
  email: { type: 'string', format: 'email', title: 'Email', 'x-signet': { identifier: true } },
  nickname: own({ type: 'string', title: 'Nickname', minLength: 3, description: 'Shown beside your posts.' }),
  number: { type: 'string', title: 'Member number', 'x-signet': { selfService: 'writeOnce' } },
  desk: own({ type: 'integer', title: 'Desk', minimum: 1 }),
  height: own({ type: 'number', title: 'Height' }),
  born: own({ type: 'string', format: 'date', title: 'Born' }),
  homepage: own({ type: 'string', format: 'uri', title: 'Homepage' }),
  phone: own({ type: 'string', format: 'tel', title: 'Phone' }),
  newsletter: own({ type: 'boolean', title: 'Newsletter' }),
  size: own({
    title: 'Size',
    oneOf: [
      { const: 's', title: 'Small' },
      { const: 'l', title: 'Large' },
    ],
  }),
  languages: own({ type: 'array', title: 'Languages', items: { type: 'string', minLength: 2 } }),
  days: own({ type: 'array', title: 'Days', items: { enum: ['Monday', 'Tuesday'] } }),
  address: {
    type: 'object',
    title: 'Address',
    properties: { street: own({ type: 'string', title: 'Street' }), city: own({ $ref: '#/$defs/city' }) },
    required: ['city'],
  },
  grade: { type: 'string', title: 'Grade' },
};
const document = {
  properties: { traits: { type: 'object', properties, required: ['email'] } },
  $defs: { city: { type: 'string', title: 'City' } },
};

async function fillIn(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Nickname' }).fill('Ada');
  await page.getByRole('textbox', { name: 'Member number' }).fill('M-1');
  await page.getByRole('textbox', { name: 'Desk' }).fill('7');
  await page.getByRole('textbox', { name: 'Height' }).fill('1.7');
  await page.getByLabel('Born').fill('1815-12-10');
  await page.getByRole('textbox', { name: 'Homepage' }).fill('https://ada.example');
  await page.getByRole('textbox', { name: 'Phone' }).fill('+44 20 7946 0000');
  await page.getByRole('combobox', { name: 'Newsletter' }).selectOption('No');
  await page.getByRole('combobox', { name: 'Size' }).selectOption('Large');
  await page.getByRole('textbox', { name: 'Languages' }).fill('English\nFrançais');
  await page.getByRole('group', { name: 'Days' }).getByRole('checkbox', { name: 'Tuesday' }).check();
  const address = page.getByRole('group', { name: 'Address' });
  await address.getByRole('textbox', { name: 'City' }).fill('London');
}

const FILLED_IN = {
  nickname: 'Ada',
  number: 'M-1',
  desk: 7,
  height: 1.7,
  born: '1815-12-10',
  homepage: 'https://ada.example',
  phone: '+44 20 7946 0000',
  newsletter: false,
  size: 'l',
  languages: ['English', 'Français'],
  days: ['Tuesday'],
  address: { city: 'London' },
};

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('every kind of field can be filled in, says what it expects, and is kept', async ({
      page,
      person,
      enter,
      adminApi,
    }) => {
      const schemaId = `member-${randomUUID().slice(0, 8)}`;
      expect((await adminApi.call('POST', '/admin/schemas', { id: schemaId, schema: document })).status).toBe(201);
      const traits = { email: person.email, grade: 'A' };
      const moved = { schema_id: schemaId, traits };
      expect((await adminApi.call('PUT', `/admin/identities/${person.id}`, moved)).status).toBe(200);
      const stored = async () => (await (await adminApi.call('GET', `/admin/identities/${person.id}`)).json()).traits;
      await enter(page, person);
      await page.goto('/profile/settings');
      await expect(page.getByRole('textbox', { name: 'Grade' })).toHaveAttribute('readonly');
      await expect(page.getByRole('textbox', { name: 'Nickname' })).toHaveAccessibleDescription(
        'Shown beside your posts.',
      );
      await page.getByRole('textbox', { name: 'Nickname' }).fill('A');
      await page.getByRole('textbox', { name: 'Desk' }).fill('none');
      await page.getByRole('textbox', { name: 'Homepage' }).fill('ada');
      await page.getByRole('textbox', { name: 'Languages' }).fill('English\nx');
      await page.getByRole('button', { name: 'Save changes' }).click();
      const summary = page.getByRole('region', { name: 'Check 4 fields' });
      await expect(page.getByRole('textbox', { name: 'Desk' })).toHaveAccessibleDescription(
        /Enter a whole number in Desk\./,
      );
      await expect(summary).toContainText('Nickname: use at least 3 characters.');
      await expect(summary).toContainText('Enter a web address in Homepage, such as https://example.com.');
      await expect(summary).toContainText('Languages: use at least 2 characters.');
      await expect(page.getByRole('textbox', { name: 'Languages' })).toHaveValue('English\nx');
      await fillIn(page);
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.getByText('Your changes have been saved')).toBeVisible();
      expect(await stored()).toEqual({ ...traits, ...FILLED_IN });
      await page.goto('/profile/settings');
      await expect(page.getByRole('textbox', { name: 'Member number' })).toHaveAttribute('readonly');
      await expect(page.getByRole('combobox', { name: 'Size' })).toHaveValue('l');
      await page.getByRole('group', { name: 'Days' }).getByRole('checkbox', { name: 'Tuesday' }).uncheck();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.getByText('Your changes have been saved')).toBeVisible();
      expect((await stored()).days).toBeUndefined();
      if (javaScriptEnabled) await expectAccessible(page);
    });
  });
}
