import type { TranslatedNamespace } from '../../catalogue';

export const reference: TranslatedNamespace<'reference'> = {
  title: 'API-Referenz',
  lead: 'Version {version}. Dasselbe als Dokument für Programme: <document>openapi.json</document>. Die Beschreibungen sind englisch.',
  contents: 'Inhalt',
  begin: {
    title: 'Für den Anfang',
    text: 'Ein Programm weist sich mit API-Zugangsdaten aus, bekommt für eine Stunde ein Zugriffstoken und sendet es bei jedem Aufruf der Admin-API mit. Fehler sagen, was nicht stimmt und wo; die Kennung in X-Request-Id steht auch im Protokoll.',
  },
  noToken: 'Braucht kein Token',
  client: 'Für API-Zugangsdaten',
  scope: 'Braucht den Scope {scope}',
  parameters: 'Parameter',
  body: 'Inhalt der Anfrage',
  answers: 'Antworten',
  answersOf: 'Antworten von {call}',
  headers: 'Header: {names}',
  required: 'erforderlich',
  exampleOf: 'Beispiel: {name}',
  copyRequest: 'Die Anfrage {call} kopieren',
  schemas: 'Datentypen',
  schemasHelp: 'Woraus Anfragen und Antworten bestehen.',
  place: { path: 'im Pfad', query: 'in der Abfrage', header: 'Header' },
};
