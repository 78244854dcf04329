import type { TranslatedNamespace } from '../../catalogue';

export const signInAlert: TranslatedNamespace<'signInAlert'> = {
  title: 'Diese Anmeldung beenden?',
  lead: 'Damit beenden Sie die Anmeldung bei {project}, um die es in der E-Mail geht.',
  effect:
    'Melden Sie sich danach an, prüfen Sie Ihre Sitzungen und löschen Sie Passkeys, die Sie nicht kennen. Wurde ein Wiederherstellungscode verwendet, erstellen Sie neue.',
  button: 'Diese Anmeldung beenden',
  expiredTitle: 'Dieser Link funktioniert nicht mehr',
  expiredBody:
    'Der Link wurde bereits verwendet oder ist abgelaufen. Melden Sie sich an, um Ihre Passkeys und Sitzungen zu prüfen.',
  expiredAction: 'Anmelden',
};
