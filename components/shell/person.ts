import { emailOf, type Identity } from '@/lib/identity/model';
import { displayName, plainName } from '@/lib/identity/model/name';
import { toPicturePath } from '@/lib/picture/model';

/** The signed-in person in menus. Initials come from `plainName`, the name without the degree. */
export type Person = {
  /** "" for one without a name, whose address stands for it. */
  name: string;
  plainName: string;
  email: string;
  /** The picture's path, or null. */
  picture: string | null;
};

export function toPerson(identity: Pick<Identity, 'traits' | 'verifiableAddresses' | 'pictureId'>): Person {
  const email = emailOf(identity) ?? '';
  const name = displayName(identity);
  return {
    name: name === email ? '' : name,
    plainName: plainName(identity),
    email,
    picture: toPicturePath(identity.pictureId),
  };
}
