import type { TranslatedNamespace } from '../../catalogue';

export const consoleUser: TranslatedNamespace<'consoleUser'> = {
  history: {
    help: 'Was dieser Person geschah, mit dem Stand vorher und nachher.',
    openLog: 'Im Audit-Log öffnen',
    allChanges: 'Alle {count, number} Felder zeigen',
  },
  raw: {
    command: 'Mit curl lesen',
    copyCommand: 'Befehl kopieren',
    commandHelp: 'In der Shell steht das Access-Token eines API-Zugangs als ACCESS_TOKEN.',
  },
  preview: {
    label: 'Vorschau',
    notice: 'Vorschau: Das sieht {name}. Hier lässt sich nichts auslösen.',
    inactive: 'Solange das Konto inaktiv ist, ist keine Anmeldung möglich, und {name} sieht nichts davon.',
    noSession: 'Hier steht jeder Browser, in dem die Person angemeldet ist. Zurzeit ist es keiner.',
  },
};
