import { expect, test } from 'vitest';
import { newUserCommand, userCommands } from './commands';

const ORIGIN = 'https://id.example.com';
const commands = userCommands(ORIGIN, 'ada');
const PASSKEY = `${ORIGIN}/admin/identities/ada/credentials/passkey/key`;
const IDENTITY = `${ORIGIN}/admin/identities/ada`;

/** Method, URL and body of a command. */
function read(command: string) {
  const [, method, url] = command.match(/^curl -X (\w+) '([^']+)'/) ?? [];
  const body = command.match(/ -d '(.+)'$/s)?.[1];
  return [method, url, ...(body === undefined ? [] : [JSON.parse(body)])];
}

test.each<[string, string, unknown[]]>([
  ['reading', commands.get(), ['GET', IDENTITY]],
  [
    'edits',
    commands.change([{ op: 'remove', path: '/external_id' }]),
    ['PATCH', IDENTITY, [{ op: 'remove', path: '/external_id' }]],
  ],
  [
    'a state',
    commands.setState('inactive'),
    ['PATCH', IDENTITY, [{ op: 'replace', path: '/state', value: 'inactive' }]],
  ],
  ['deletion', commands.remove(), ['DELETE', IDENTITY]],
  ['a recovery link', commands.issueRecoveryLink(), ['POST', `${ORIGIN}/admin/recovery/link`, { identity_id: 'ada' }]],
  ['a recovery code', commands.issueRecoveryCode(), ['POST', `${ORIGIN}/admin/recovery/code`, { identity_id: 'ada' }]],
  ['renaming a passkey', commands.renamePasskey('key', 'Work'), ['PATCH', PASSKEY, { name: 'Work' }]],
  ['deleting a passkey', commands.deletePasskey('key'), ['DELETE', PASSKEY]],
  ['revoking a session', commands.endSession('here'), ['DELETE', `${ORIGIN}/admin/sessions/here`]],
  ['revoking all sessions', commands.endSessions(), ['DELETE', `${IDENTITY}/sessions`]],
  [
    'a new user',
    newUserCommand(ORIGIN, { schema_id: 'default', traits: {} }),
    ['POST', `${ORIGIN}/admin/identities`, { schema_id: 'default', traits: {} }],
  ],
])('%s uses the admin API call for it', (_, command, expected) => {
  expect(read(command)).toEqual(expected);
});
