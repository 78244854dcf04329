/** The reference of the API. What it says of each call comes from the API's document, which is English. */
export const reference = {
  title: 'API reference',
  lead: 'Version {version}. The same as a document for programs: <document>openapi.json</document>.',
  contents: 'Contents',
  begin: {
    title: 'To begin with',
    text: 'A program proves itself with an API credential, gets an access token for an hour, and sends it with each call of the admin API. Errors say what is wrong and where; the id in X-Request-Id is also in the log.',
  },
  noToken: 'Needs no token',
  client: 'For API credentials',
  scope: 'Needs the scope {scope}',
  parameters: 'Parameters',
  body: 'Body',
  answers: 'Answers',
  answersOf: 'Answers of {call}',
  headers: 'Headers: {names}',
  required: 'required',
  exampleOf: 'Example: {name}',
  copyRequest: 'Copy the request of {call}',
  schemas: 'Data types',
  schemasHelp: 'What requests and answers consist of.',
  place: { path: 'in the path', query: 'in the query', header: 'header' },
} as const;
