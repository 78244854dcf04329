import type { TranslatedNamespace } from '../../catalogue';

export const console: TranslatedNamespace<'console'> = {
  title: 'Konsole',
  menu: 'Menü',
  openMenu: 'Menü öffnen',
  closeMenu: 'Menü schließen',
  nav: {
    project: 'Projekt',
    overview: 'Übersicht',
    users: 'Benutzer',
    schemas: 'Schemas',
    audit: 'Audit-Log',
    settings: 'Einstellungen',
    organization: 'Organisation',
    projects: 'Projekte',
    operators: 'Operatoren',
    organizationSettings: 'Einstellungen',
  },
  switcher: {
    organization: 'Organisation: {name}',
    project: 'Projekt: {name}',
    newOrganization: 'Neue Organisation',
    newProject: 'Neues Projekt',
    allOrganizations: 'Alle Organisationen',
  },
  home: {
    title: 'Projekt wählen',
    help: 'Jedes Projekt hat seine eigene Domain, seine eigenen Personen, API-Zugangsdaten und Einstellungen.',
    noProjects: 'Noch kein Projekt',
  },
  roles: { owner: 'Inhaber', admin: 'Admin', viewer: 'Betrachter' },
  noPermission: {
    title: 'Dafür reicht Ihre Rolle nicht',
    body: 'Sie sind {role} von {organization}. Fragen Sie einen Inhaber oder Admin, wenn Sie mehr brauchen.',
  },
  copyAsCurl: 'Als curl kopieren',
};
