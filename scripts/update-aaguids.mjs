// Updates lib/credential/aaguids.json: `node scripts/update-aaguids.mjs [aaguid.json]`, from the file or, without one,
// from where the community publishes it. Takes only AAGUIDs and names.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { merge } from './lib/aaguids.mjs';
import { root } from './lib/root.mjs';

const PUBLISHED = 'https://raw.githubusercontent.com/passkeydeveloper/passkey-authenticator-aaguids/main/aaguid.json';

const target = path.join(root, 'lib/credential/aaguids.json');
const [file] = process.argv.slice(2);
const list = file ? JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, '')) : await download();
const before = readFileSync(target, 'utf8');
const after = `${JSON.stringify(merge(JSON.parse(before), list), null, 2)}\n`;
writeFileSync(target, after);
console.log(before === after ? 'Nothing has changed.' : 'lib/credential/aaguids.json has changed; review the diff.');

async function download() {
  const response = await fetch(PUBLISHED);
  if (!response.ok) throw new Error(`${PUBLISHED} answered ${response.status}`);
  return response.json();
}
