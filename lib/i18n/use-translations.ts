'use client';

import { useMemo } from 'react';
import type { useTranslations as Typed } from 'use-intl/react';
import { createFormatter, type MessageFormatter, messagesAt } from './message';
import { useProvidedMessages } from './provider';

/** The client-side counterpart of `translator`. */
export const useTranslations = ((scope: string) => {
  const { tag, messages, key } = useProvidedMessages();
  return useMemo(() => {
    const create = () => createFormatter(tag, scope, findScope(messages, scope));
    return typeof window === 'undefined' ? onServer(`${key} ${scope}`, create) : create();
  }, [tag, messages, key, scope]);
}) as unknown as typeof Typed;

/** Every request provides the same messages under the same key, so the server creates each translator once. */
function onServer(key: string, create: () => MessageFormatter): MessageFormatter {
  const say = created.get(key) ?? create();
  created.set(key, say);
  return say;
}

const created = new Map<string, MessageFormatter>();

/** `profile.passkeys` is provided by itself or within `profile`. */
function findScope(messages: ReturnType<typeof useProvidedMessages>['messages'], scope: string) {
  const name = Object.keys(messages).find((each) => each === scope || scope.startsWith(`${each}.`));
  const provided = name === undefined ? undefined : messages[name];
  return provided && name !== undefined && name !== scope
    ? messagesAt(provided, scope.slice(name.length + 1))
    : provided;
}
