import { expect, test } from 'vitest';
import { requireSoundDriver } from './sqlite-driver';

test.each([
  ['20.19.0', '12.11.1'],
  ['22.20.0', '12.11.1'],
  ['24.18.1', '12.11.1'],
  ['24.19.0', '13.2.0'],
  ['26.0.0', '13.2.0'],
])('Node %s with better-sqlite3 %s is accepted', (node, driver) => {
  expect(() => requireSoundDriver(node, driver)).not.toThrow();
});

test.each(['24.19.0', '24.21.0', '25.0.0', '26.1.0'])(
  'Node %s with better-sqlite3 12 is refused, with the remedy',
  (node) => {
    expect(() => requireSoundDriver(node, '12.11.1')).toThrow(/crashes under load on Node .*npm start/);
  },
);

test('the driver that these tests use is accepted', () => {
  expect(() => requireSoundDriver()).not.toThrow();
});
