import { withMessages } from '../../../../../with-messages';

export default withMessages('consoleSchemaEditor', 'consoleSchemas.detail', 'settings');
