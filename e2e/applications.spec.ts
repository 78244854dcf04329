import {
  codeTo,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  givePasskey,
  headingOf,
  linkIn,
  mailTo,
  test,
  withoutAutofill,
} from './fixtures';
import { startRelyingParty } from './relying-party';

type Party = Awaited<ReturnType<typeof startRelyingParty>>;
const open: Party[] = [];
test.afterEach(() => {
  for (const party of open.splice(0)) party.close();
});

const start = async (...given: Parameters<typeof startRelyingParty>) => {
  const party = await startRelyingParty(...given);
  open.push(party);
  return party;
};

// ASVS 10.7.2, ASVS 10.7.3
test('a person signs in to an application by passkey, allows it once, and removes its access', async ({
  page,
  person,
  services,
  authenticator,
}) => {
  const party = await start(services, { name: 'Team wiki' });
  await withoutAutofill(page);
  await givePasskey(services, authenticator, person.id);
  await page.goto(party.url);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await expect(page.getByText('to continue to Team wiki')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();

  await expect(headingOf(page)).toHaveText('Allow Team wiki to sign you in?');
  const main = page.getByRole('main');
  for (const text of ['Ada Lovelace', person.email, person.id]) await expect(main).toContainText(text);
  await expect(main).toContainText(new URL(party.url).host);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Allow', exact: true }).click();

  await expect(headingOf(page)).toHaveText('Signed in');
  expect(party.answers).toHaveLength(1);
  expect(party.answers[0]).toMatchObject({ state: 'state-1', iss: process.env.SIGNET_ORIGIN ?? '' });
  expect(await party.redeem(party.answers[0]?.code)).toMatchObject({ token_type: 'Bearer' });

  await page.goto(party.authorizeUrl());
  await expect(headingOf(page)).toHaveText('Signed in');
  expect(party.answers).toHaveLength(2);

  await page.goto('/profile');
  const item = page.getByRole('list', { name: 'Applications' }).getByRole('listitem');
  await expect(item).toContainText('Team wiki');
  await expect(item.getByRole('link', { name: 'Open Team wiki' })).toHaveAttribute('href', party.url);
  await item.getByRole('button', { name: 'Remove the access of Team wiki' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove access' }).click();
  await expect(page.getByRole('list', { name: 'Applications' })).toHaveCount(0);
  await page.goto(party.authorizeUrl());
  await expect(headingOf(page)).toHaveText('Allow Team wiki to sign you in?');
});

test('a person who cancels goes back to the application without a code', async ({ page, person, services, enter }) => {
  const party = await start(services, { name: 'Forum' });
  await enter(page, person);
  await page.goto(party.authorizeUrl());
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(headingOf(page)).toHaveText('access_denied');
  expect(party.answers).toEqual([expect.objectContaining({ error: 'access_denied', state: 'state-1' })]);
});

test('a popup keeps its opener through sign-in and consent', async ({ page, person, services, enter }) => {
  const party = await start(services, { name: 'Popup' });
  await enter(page, person);
  await page.goto(party.url);
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Popup' }).click()]);
  await popup.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect(popup).toHaveTitle('has opener');
});

test('an application that wants a recent sign-in gets one from the same person or another', async ({
  page,
  person,
  services,
  signIn,
}) => {
  const party = await start(services, { name: 'Bank', isAsking: false });
  await signIn(page, person);
  await page.goto(party.authorizeUrl({ prompt: 'login' }));
  await expect(headingOf(page)).toHaveText('Confirm it’s you');
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(person.email);
  await page.getByRole('link', { name: 'Not you? Use another account' }).click();
  await expect(headingOf(page)).toHaveText('Sign in');
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue('');
  await page.goBack();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('textbox', { name: 'Code' }).fill(await codeTo(person.email, 1));
  await page.keyboard.press('Enter');
  await expect(headingOf(page)).toHaveText('Signed in');
  expect(party.answers).toHaveLength(1);
});

test('a mailed link opened in another browser says where to go on', async ({ page, browser, person, services }) => {
  const party = await start(services, { name: 'Notes', isAsking: false });
  await page.goto(party.authorizeUrl());
  await page.getByRole('textbox', { name: 'Email' }).fill(person.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('textbox', { name: 'Code' })).toBeVisible();
  const link = linkIn(await mailTo(person.email));
  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await elsewhere.goto(link);
  await elsewhere.getByRole('button', { name: 'Sign in' }).click();
  await expect(headingOf(elsewhere)).toHaveText('You are signed in');
  await expect(elsewhere.getByText('Go back to the window where you began to sign in to Notes.')).toBeVisible();
  await expect(elsewhere.getByRole('link', { name: 'Open Notes' })).toHaveAttribute('href', party.url);
  expect(party.answers).toEqual([]);
  await other.close();
});

test('a browser that signed out in the middle signs in again, and the request continues', async ({
  page,
  person,
  services,
  enter,
}) => {
  const party = await start(services, { name: 'Tickets' });
  await enter(page, person);
  await page.goto(party.authorizeUrl());
  await expect(headingOf(page)).toHaveText('Allow Tickets to sign you in?');
  await services.endSessions(person.id);
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect(page.getByText('to continue to Tickets')).toBeVisible();
  await page.getByRole('textbox', { name: 'Email' }).fill(person.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('textbox', { name: 'Code' }).fill(await codeTo(person.email));
  await page.keyboard.press('Enter');
  await expect(headingOf(page)).toHaveText('Allow Tickets to sign you in?');
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect(headingOf(page)).toHaveText('Signed in');
  expect(party.answers).toHaveLength(1);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a person signs in by code, allows, and arrives once', async ({ page, person, services }) => {
    const party = await start(services, { name: 'Wiki' });
    await page.goto(party.authorizeUrl());
    await page.getByRole('textbox', { name: 'Email' }).fill(person.email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill(await codeTo(person.email));
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(headingOf(page)).toHaveText('Allow Wiki to sign you in?');
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await expect(headingOf(page)).toHaveText('Signed in');
    expect(party.answers).toEqual([expect.objectContaining({ state: 'state-1', code: expect.any(String) })]);
  });
});
