import type { TranslatedNamespace } from '../../catalogue';

export const signInAlert: TranslatedNamespace<'signInAlert'> = {
  title: 'Waren Sie das nicht?',
  lead: 'Damit beenden Sie die Anmeldung bei {project}, um die es in der E-Mail geht.',
  effect:
    'Danach melden Sie sich an und sehen Ihre Passkeys und Sitzungen. Löschen Sie Passkeys, die Sie nicht kennen.',
  button: 'Diese Anmeldung beenden',
  expiredTitle: 'Dieser Link funktioniert nicht mehr',
  expiredBody:
    'Der Link wurde bereits verwendet oder ist abgelaufen. Melden Sie sich an, um Ihre Passkeys und Sitzungen zu prüfen.',
  expiredAction: 'Anmelden',
};
