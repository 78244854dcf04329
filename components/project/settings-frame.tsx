'use client';

import type { ComponentProps } from 'react';
import { EditFrame } from '@/components/edit/edit-frame';
import { useTranslations } from '@/lib/i18n/use-translations';
import { settingMessage } from './setting-message';

/** `EditFrame` for settings of an organization or project. */
export function SettingsFrame(props: Omit<ComponentProps<typeof EditFrame>, 'messageOf'>) {
  const t = useTranslations('consoleProjects.violation');
  return <EditFrame {...props} isOneOfMany messageOf={(violation) => settingMessage(t, violation)} />;
}
