import type { TranslatedNamespace } from '../../catalogue';

export const signOut: TranslatedNamespace<'signOut'> = {
  title: 'Von {project} abmelden?',
  lead: 'Danach sind Sie in diesem Browser abgemeldet, auch bei den Anwendungen, die Sie von hier aus geöffnet haben.',
  leadFor:
    '{application} möchte Sie abmelden. Danach sind Sie in diesem Browser bei {project} abgemeldet, auch bei den Anwendungen, die Sie von hier aus geöffnet haben.',
  invalid:
    'Die Anfrage der Anwendung passt nicht zu dem, was für sie eingetragen ist, daher sind Sie noch angemeldet. Sie können sich hier abmelden; die Anwendung wird danach nicht geöffnet.',
  button: 'Abmelden',
  stay: 'Angemeldet bleiben',
  doneTitle: 'Sie sind abgemeldet',
  doneLead: 'Sie sind in diesem Browser nicht mehr bei {project} angemeldet.',
  back: 'Zurück zu {application}',
  signIn: 'Anmelden',
};
