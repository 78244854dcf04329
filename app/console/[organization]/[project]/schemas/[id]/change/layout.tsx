import { withMessages } from '../../../../../with-messages';

export default withMessages(
  'consoleSchemaChange.edit',
  'consoleSchemaChange.impact',
  'consoleSchemaChange.jobs',
  'consoleSchemaEditor',
  'consoleSchemas.detail',
  'settings',
);
