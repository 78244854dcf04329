/** The reference of the API. The texts of each call come from the OpenAPI document, which is in English. */
export const reference = {
  title: 'API reference',
  lead: 'Version {version}. Also available as <document>openapi.json</document>.',
  contents: 'Contents',
  begin: {
    title: 'Getting started',
    text: 'Authenticate with an API credential to get an access token, which is valid for one hour, and send it with each request to the admin API. Error responses say what is wrong and where; X-Request-Id is also in the server log.',
  },
  noToken: 'No token required',
  client: 'Client authentication',
  scope: 'Requires scope {scope}',
  parameters: 'Parameters',
  body: 'Request body',
  answers: 'Responses',
  answersOf: 'Responses of {call}',
  headers: 'Headers: {names}',
  required: 'required',
  exampleOf: 'Example: {name}',
  copyRequest: 'Copy request {call}',
  schemas: 'Data types',
  schemasHelp: 'Types used in requests and responses.',
  place: { path: 'path', query: 'query', header: 'header' },
} as const;
