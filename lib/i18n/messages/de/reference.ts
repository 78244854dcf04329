import type { TranslatedNamespace } from '../../catalogue';

export const reference: TranslatedNamespace<'reference'> = {
  title: 'API-Referenz',
  lead: 'Version {version}. Auch als <document>openapi.json</document> verfügbar. Die Beschreibungen sind auf Englisch.',
  contents: 'Inhalt',
  begin: {
    title: 'Erste Schritte',
    text: 'Ein Programm authentifiziert sich mit einem API-Zugang, erhält ein Zugriffstoken mit einer Stunde Gültigkeit und sendet es mit jeder Anfrage an die Admin-API. Fehlerantworten nennen Ursache und Stelle; die X-Request-Id steht auch im Serverprotokoll.',
  },
  noToken: 'Kein Token erforderlich',
  personToken: 'Ein Zugriffstoken einer Person',
  client: 'Client-Authentifizierung',
  scope: 'Erfordert den Scope {scope}',
  parameters: 'Parameter',
  body: 'Inhalt der Anfrage',
  answers: 'Antworten',
  answersOf: 'Antworten von {call}',
  headers: 'Header: {names}',
  required: 'erforderlich',
  exampleOf: 'Beispiel: {name}',
  copyRequest: 'Anfrage {call} kopieren',
  schemas: 'Datentypen',
  schemasHelp: 'Datentypen der Anfragen und Antworten.',
  place: { path: 'Pfad', query: 'Query', header: 'Header' },
};
