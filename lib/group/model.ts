import { nameFault } from '@/lib/platform/text';

export const MAX_NAME_LENGTH = 100;
export const MAX_DESCRIPTION_LENGTH = 300;

/** A named set of identities: who may use an application, and the claim `groups`. */
export type Group = {
  id: string;
  projectId: string;
  /** Its value in the claim; unique in the project, however it is written. */
  name: string;
  description: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

export type GroupSettings = Pick<Group, 'name' | 'description'>;

/** A member, since when. */
export type GroupMember = { identityId: string; createdAt: Date };

/** Two names that differ in case, width or spacing alone would be the same group to some applications. */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** A fault of settings: `keyword` has its words on the page, `message` is for programs. */
export type GroupFault = { field: keyof GroupSettings; keyword: string; message: string };

/** Every fault of the given settings; absent ones are not checked. Runs in browsers, too. */
export function groupFaults({ name, description }: Partial<GroupSettings>): GroupFault[] {
  return [...nameFaults(name), ...descriptionFaults(description)];
}

function nameFaults(name: string | undefined): GroupFault[] {
  if (name === undefined) return [];
  const found = nameFault(name);
  if (found === 'empty') return [{ field: 'name', keyword: 'required', message: 'A name is required' }];
  if (found)
    return [{ field: 'name', keyword: 'pattern', message: 'The name contains characters that cannot be displayed' }];
  const message = `The name must not exceed ${MAX_NAME_LENGTH} characters`;
  return name.length > MAX_NAME_LENGTH ? [{ field: 'name', keyword: 'maxLength', message }] : [];
}

function descriptionFaults(description: string | null | undefined): GroupFault[] {
  if (!description || description.length <= MAX_DESCRIPTION_LENGTH) return [];
  const message = `The description must not exceed ${MAX_DESCRIPTION_LENGTH} characters`;
  return [{ field: 'description', keyword: 'maxLength', message }];
}

/** RFC 9110 §8.8.3: a strong validator derived from the version, which every change of name or description increments. */
export function toEtag({ version }: Pick<Group, 'version'>): string {
  return `"${version}"`;
}
