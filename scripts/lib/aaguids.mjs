// Merges the community's list of passkey providers into lib/credential/aaguids.json.
const AAGUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ZERO = '00000000-0000-0000-0000-000000000000';
const MAX_NAME_LENGTH = 64;

/** The source of what this script adds, as the data file names it. */
export const SOURCE = 'community';

/** The icon for a provider that is new to the list. */
export function kindOfName(name) {
  if (/\b(iOS|Android|iPhone)\b/.test(name)) return 'phone';
  return /Windows Hello| on Mac$|Browser$/.test(name) ? 'platform' : 'password-manager';
}

/**
 * The data file with the names of `list` ({ aaguid: { name } }, other members are ignored): known providers keep their
 * kind and take the list's name, new ones are added. Throws on an empty list, which is how its authors retire it, and
 * on an invalid entry.
 */
export function merge(data, list) {
  const entries = Object.entries(list).map(([id, { name } = {}]) => [id.toLowerCase(), toName(id, name)]);
  if (entries.length === 0) throw new Error('The list is empty; its authors have retired it');
  const groups = data.groups.map((group) => ({ ...group, names: { ...group.names } }));
  for (const [id, name] of entries) {
    if (id === ZERO) continue;
    const known = groups.find(({ names }) => Object.hasOwn(names, id));
    const target = known ?? groupFor(groups, kindOfName(name));
    target.names[id] = name;
  }
  return { ...data, groups };
}

function toName(id, name) {
  const isName =
    typeof name === 'string' && name.trim() !== '' && name.length <= MAX_NAME_LENGTH && !/\p{C}/u.test(name);
  if (!AAGUID.test(id.toLowerCase()) || !isName) throw new Error(`Not a provider entry: ${JSON.stringify(id)}`);
  return name.trim();
}

function groupFor(groups, kind) {
  const found = groups.find((group) => group.source === SOURCE && group.kind === kind);
  if (found) return found;
  const made = { kind, source: SOURCE, names: {} };
  groups.push(made);
  return made;
}
