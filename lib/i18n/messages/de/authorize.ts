import type { TranslatedNamespace } from '../../catalogue';

export const authorize: TranslatedNamespace<'authorize'> = {
  signInLead: 'um fortzufahren zu {application}',
  confirmTitle: 'Bestätigen Sie, dass Sie es sind',
  confirmLead: '{application} bittet Sie, sich erneut anzumelden.',
  notYou: 'Nicht Sie? Anderes Konto verwenden',
  ended: {
    title: 'Diese Anmeldung ist beendet',
    lead: 'Sie wurde bereits abgeschlossen oder hat länger als zehn Minuten gedauert. Gehen Sie zurück zur Anwendung und beginnen Sie neu.',
    open: '{application} öffnen',
  },
  other: {
    title: 'Sie sind angemeldet',
    lead: 'Gehen Sie zurück zum Fenster, in dem Sie die Anmeldung bei {application} begonnen haben.',
  },
  leave: {
    title: 'Sie sind angemeldet',
    lead: 'Sie werden zu {application} geleitet.',
    link: 'Weiter zu {application}',
  },
  consent: {
    title: 'Anmeldung bei {application} erlauben?',
    lead: 'Sie sind bei {project} als {name} angemeldet.',
    learns: 'Das erfährt {application} über Sie',
    identifier: 'Konto-ID',
    offline: 'Die Anwendung darf Ihre Anmeldung in Ihrer Abwesenheit erneuern, bis Sie ihr den Zugriff entziehen.',
    foreign: 'Diese Anwendung gehört nicht zu {project}. Sie werden zu {host} geleitet.',
    own: 'Sie werden zu {host} geleitet.',
    native:
      'Die Antwort geht an ein Programm auf diesem Gerät ({host}). Erlauben Sie es nur, wenn Sie es gerade selbst gestartet haben.',
    allow: 'Erlauben',
    cancel: 'Abbrechen',
    verified: '{email} (bestätigt)',
    unverified: '{email} (nicht bestätigt)',
  },
  refused: {
    title: 'Sie dürfen {application} nicht verwenden',
    lead: 'Sie sind als {name} angemeldet. Dieses Konto gehört nicht zu denen, die sie verwenden dürfen. Wenden Sie sich an Ihre Administration.',
    back: 'Zurück zu {application}',
  },
  claims: {
    name: 'Name',
    given_name: 'Vorname',
    family_name: 'Nachname',
    preferred_username: 'Benutzername',
    locale: 'Sprache',
    updated_at: 'Letzte Änderung Ihrer Angaben',
    email: 'E-Mail-Adresse',
    groups: 'Gruppen',
    picture: 'Bild',
  },
  faults: {
    unknown_application:
      'Die Anwendung, die Sie hierher geschickt hat, ist nicht registriert. Gehen Sie zurück und wenden Sie sich an deren Administration.',
    application_disabled: 'Diese Anwendung ist deaktiviert. Wenden Sie sich an deren Administration.',
    redirect_uri_missing:
      'Die Anwendung hat nicht angegeben, wohin Sie danach geleitet werden. Wenden Sie sich an deren Administration.',
    redirect_uri_unknown:
      'Die Anwendung wollte Sie an eine Adresse leiten, die für sie nicht registriert ist. Wenden Sie sich an deren Administration.',
    request_expired: 'Diese Anmeldung ist beendet. Gehen Sie zurück zur Anwendung und beginnen Sie neu.',
    other_browser:
      'Diese Anmeldung hat in einem anderen Browser begonnen. Gehen Sie zurück zur Anwendung und beginnen Sie neu.',
    notNavigated: 'Diese Adresse kann nur ein Browser öffnen.',
  },
};
