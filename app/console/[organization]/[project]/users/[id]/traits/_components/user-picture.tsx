'use client';

import { PictureField } from '@/components/picture/picture-field';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  id: string;
  /** The name without degree. */
  name: string;
  /** Null without a picture. */
  src: string | null;
  set: (input: { id: string; picture: { base64: string } }) => Promise<ActionResult<unknown>>;
  remove: (input: { id: string }) => Promise<ActionResult<unknown>>;
};

/** A user's picture, for operators who may change it. */
export function UserPicture({ id, name, src, set, remove }: Props) {
  const actions = {
    set: (picture: { base64: string }) => set({ id, picture }),
    remove: () => remove({ id }),
  };
  return <PictureField name={name} src={src} actions={actions} />;
}
